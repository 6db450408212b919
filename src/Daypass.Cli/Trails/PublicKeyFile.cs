using System.Globalization;
using System.Text.Json.Nodes;
using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>Public keys as ListPublicKeys answers them, which is also the form of the file that they are kept in.</summary>
internal static class PublicKeyFile
{
    public static IReadOnlyDictionary<string, TrailPublicKey> Read(Host host, string path)
    {
        try
        {
            return Of(JsonNode.Parse(File.ReadAllText(host.FullPath(path))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The file of public keys '{path}' cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            throw new CommandException($"'{path}' is not what 'daypass cloudtrail list-public-keys' prints.");
        }
    }

    /// <summary>By their fingerprints, which are computed and not believed.</summary>
    public static IReadOnlyDictionary<string, TrailPublicKey> Of(JsonNode? answer) =>
        (answer?["PublicKeyList"] as JsonArray ?? throw new FormatException("There is no list of keys."))
            .Select(key => new TrailPublicKey(Convert.FromBase64String(key!["Value"]!.ToString()), Time(key["ValidityStartTime"])!.Value, Time(key["ValidityEndTime"])))
            .ToDictionary(key => key.Fingerprint, StringComparer.Ordinal);

    // Seconds since 1970 from the server; aws prints them as text.
    private static DateTimeOffset? Time(JsonNode? node) =>
        node is null ? null
        : decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
        : DateTimeOffset.Parse(node.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
