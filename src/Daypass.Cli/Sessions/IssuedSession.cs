using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Sessions;

/// <summary>
/// Temporary credentials, and until when they last by this machine's clock. Printed only where a client asked for them: <see cref="ToString"/>
/// says whose they are.
/// </summary>
internal sealed record IssuedSession(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration, string? RoleArn)
{
    // As AWS writes it; some clients take no other form.
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public string ExpirationText => Expiration.ToUniversalTime().ToString(TimeForm, CultureInfo.InvariantCulture);

    /// <param name="result">What AssumeRole or GetSessionToken answered.</param>
    /// <param name="atMost">When the session is over whatever the answer says: a server whose clock is ahead, or was moved, means an earlier moment than it names.</param>
    /// <exception cref="CommandException">The answer holds no credentials.</exception>
    public static IssuedSession Read(JsonObject? result, DateTimeOffset atMost, string? roleArn)
    {
        if (IssuedKey.Find(result) is not { SessionToken: { } token } key || result!["Credentials"]?["Expiration"] is not JsonValue time || !time.TryGetValue<double>(out var seconds))
            throw new CommandException("The server's answer holds no temporary credentials.");
        var expiration = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return new(key.Id, key.Secret, token, expiration < atMost ? expiration : atMost, roleArn);
    }

    /// <summary>The same of what CreateSession answered.</summary>
    /// <exception cref="CommandException">The answer holds no credentials.</exception>
    public static IssuedSession ReadSet(JsonObject? result, DateTimeOffset atMost, string? roleArn) =>
        result?["credentialSet"] is JsonArray { Count: > 0 } set && set[0]?["credentials"] is JsonObject credentials
        && credentials["accessKeyId"]?.ToString() is { } id && credentials["secretAccessKey"]?.ToString() is { } secret && credentials["sessionToken"]?.ToString() is { } token
        && DateTimeOffset.TryParseExact(credentials["expiration"]?.ToString(), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration)
            ? new(id, secret, token, expiration < atMost ? expiration : atMost, roleArn)
            : throw new CommandException("The server's answer holds no temporary credentials.");

    /// <summary>The contract of <c>credential_process</c>, version 1.</summary>
    public JsonObject ToProcessOutput() => new()
    {
        ["Version"] = 1, ["AccessKeyId"] = AccessKeyId, ["SecretAccessKey"] = SecretAccessKey, ["SessionToken"] = SessionToken, ["Expiration"] = ExpirationText,
    };

    /// <summary>The answer of a container's credentials endpoint.</summary>
    public JsonObject ToContainerAnswer()
    {
        var answer = new JsonObject { ["AccessKeyId"] = AccessKeyId, ["SecretAccessKey"] = SecretAccessKey, ["Token"] = SessionToken, ["Expiration"] = ExpirationText };
        if (RoleArn is not null)
            answer.Insert(0, "RoleArn", RoleArn);
        return answer;
    }

    public static IssuedSession? TryReadProcessOutput(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject json && json["AccessKeyId"]?.ToString() is { } id && json["SecretAccessKey"]?.ToString() is { } secret
                && json["SessionToken"]?.ToString() is { } token
                && DateTimeOffset.TryParseExact(json["Expiration"]?.ToString(), TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration)
                ? new(id, secret, token, expiration, null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => $"{AccessKeyId} until {ExpirationText}";
}
