using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Commands;
using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>A digest as the server has it: its number, the bytes that were signed, and the signature.</summary>
internal sealed record SealedDigest(long Number, string Name, byte[] Content, string Signature);

/// <summary>The calls that export and verification are made of.</summary>
internal sealed class TrailApi(ApiClient client, Host host)
{
    private const int MostPauses = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Seals what was done up to now, and returns how many nodes' newest events may be missing.</summary>
    public async Task<long> SealAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await CallAsync("daypass", ["SealTrail"], cancellationToken);
            if (result["HasMore"]?.GetValue<bool>() != true)
                return Number(result["MissingNodes"]);
        }
    }

    /// <summary>The numbers and spans of the digests behind a number; a page.</summary>
    public async Task<IReadOnlyList<DigestEntry>> ListAsync(long after, CancellationToken cancellationToken)
    {
        var result = await CallAsync("daypass", ["ListDigests", $"After={after}"], cancellationToken);
        return [.. (result["Digests"] as JsonArray ?? []).Select(entry => new DigestEntry(Number(entry!["Number"]), Time(entry["StartTime"]), Time(entry["EndTime"])!.Value, entry["Signature"]!.ToString()))];
    }

    public async Task<SealedDigest> DigestAsync(long number, CancellationToken cancellationToken)
    {
        var digest = (await CallAsync("daypass", ["GetDigest", $"Number={number}"], cancellationToken))["Digest"]!;
        return new SealedDigest(number, digest["Key"]?.ToString() ?? $"digest {number}", Convert.FromBase64String(digest["Content"]!.ToString()), digest["Signature"]!.ToString());
    }

    /// <summary>A log file's content before compression, as the server's events make it now; null when none of them is there.</summary>
    public async Task<byte[]?> LogFileAsync(long number, int index, CancellationToken cancellationToken) =>
        (await CallAsync("daypass", ["GetLogFile", $"Number={number}", $"Index={index}"], cancellationToken))["Content"]?.ToString() is { } content
            ? Gzip.Open(Convert.FromBase64String(content))
            : null;

    /// <summary>Every public key there ever was, as ListPublicKeys answers.</summary>
    public Task<JsonObject> KeysAsync(CancellationToken cancellationToken) =>
        CallAsync("cloudtrail", ["ListPublicKeys", "StartTime=0", $"EndTime={host.Clock.GetUtcNow().AddYears(10).ToUnixTimeSeconds()}"], cancellationToken);

    private async Task<JsonObject> CallAsync(string service, string[] words, CancellationToken cancellationToken)
    {
        var call = ApiCall.Read(ApiCommand.FindService(service), CommandLine.OfPositionals(words), "", new ValueReader(host));
        var reply = await client.CallAsync(call, cancellationToken);
        // Reading a trail has a rate, and a whole one takes many calls.
        for (var pauses = 0; pauses < MostPauses && reply.Fault is { Code: "Throttling" or "ThrottlingException" }; pauses++)
        {
            await Task.Delay(Pause, host.Clock, cancellationToken);
            reply = await client.CallAsync(call, cancellationToken);
        }
        return reply.Fault is { } fault ? throw CommandException.Refused(call.Action, fault) : reply.Result ?? [];
    }

    private static long Number(JsonNode? node) => node is null ? 0 : long.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(JsonNode? node) => node is null ? null : DateTimeOffset.FromUnixTimeSeconds(long.Parse(node.ToString(), CultureInfo.InvariantCulture));
}

/// <summary>A digest in a list. Start is null when the digest cannot be read any more.</summary>
internal readonly record struct DigestEntry(long Number, DateTimeOffset? Start, DateTimeOffset End, string Signature);
