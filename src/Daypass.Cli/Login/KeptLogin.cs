using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Cli.Credentials;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Login;

/// <summary>What a sign-in left: the terms, the session that it gave, and what renews it. In a file of its owner's alone.</summary>
/// <param name="Terms">How it was signed in.</param>
/// <param name="Session">The session.</param>
/// <param name="IssuedAt">When the session was got, by this machine's clock.</param>
internal sealed record KeptLogin(LoginTerms Terms, IssuedSession Session, DateTimeOffset IssuedAt)
{
    // Clients ask again this long before a session ends; of a short session, a part of it.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(15);
    private const int PartOfShort = 4;

    /// <summary>What a session is still good for at least, when it is handed out.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);

    /// <summary>Gets the next ID token without anybody at a browser; null where the provider gave none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Whom the provider vouched for: the next ID token must be the same person's.</summary>
    public string? Subject { get; init; }

    public bool IsFresh(DateTimeOffset now) => now < Session.Expiration - (Early < Lifetime / PartOfShort ? Early : Lifetime / PartOfShort);

    public bool IsUsable(DateTimeOffset now) => now < Session.Expiration - Least;

    private TimeSpan Lifetime => Session.Expiration - IssuedAt;

    public override string ToString() => $"{Terms.Profile}: {Session}";

    /// <summary>The file of a profile. The same name in another config file is another profile.</summary>
    public static string FileOf(Host host, string configFile, string profile) => Path.Combine(
        CacheFolder.Of(host), "logins", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{configFile}\n{profile}"))) + ".json");

    public void Save(string path)
    {
        var json = new JsonObject
        {
            ["Terms"] = JsonSerializer.SerializeToNode(Terms), ["Session"] = Session.ToProcessOutput(), ["RoleArn"] = Session.RoleArn, ["IssuedAt"] = IssuedAt.ToUnixTimeSeconds(),
            ["RefreshToken"] = RefreshToken, ["Subject"] = Subject,
        };
        PrivateFile.Replace("kept sign-in", path, json.ToJsonString());
    }

    /// <summary>Null when there is none, when it is of another form, or when others could have written it.</summary>
    public static KeptLogin? TryRead(string path)
    {
        try
        {
            return PrivateFile.TryRead(path) is { } text && JsonNode.Parse(text) is JsonObject json && json["Terms"].Deserialize<LoginTerms>() is { } terms
                && IssuedSession.TryReadProcessOutput(json["Session"]?.ToJsonString() ?? "") is { } session && json["IssuedAt"] is JsonValue issued
                    ? new KeptLogin(terms, session with { RoleArn = json["RoleArn"]?.ToString() }, DateTimeOffset.FromUnixTimeSeconds(issued.GetValue<long>()))
                    {
                        RefreshToken = json["RefreshToken"]?.ToString(), Subject = json["Subject"]?.ToString(),
                    }
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
