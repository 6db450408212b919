using System.Text.Json.Nodes;
using Daypass.Cli.Credentials;

namespace Daypass.Cli.Printing;

/// <summary>The credentials inside a result, if it has any: of STS's calls, or a new access key of IAM's.</summary>
internal static class IssuedKey
{
    public static AccessKey? Find(JsonObject? result)
    {
        var issued = MemberOf(result);
        return issued?["AccessKeyId"]?.ToString() is { } id && issued["SecretAccessKey"]?.ToString() is { } secret
            ? new AccessKey(id, secret, issued["SessionToken"]?.ToString(), "the answer")
            : null;
    }

    /// <summary>The result with other words where its secrets were.</summary>
    public static JsonObject WithoutSecrets(JsonObject result, string instead)
    {
        var copy = (JsonObject)result.DeepClone();
        foreach (var secret in new[] { "SecretAccessKey", "SessionToken" })
        {
            if (MemberOf(copy) is JsonObject issued && issued.ContainsKey(secret))
                issued[secret] = instead;
        }
        return copy;
    }

    /// <summary>Lines for <c>eval "$(...)"</c>. A key without a session also takes the token of an earlier session away.</summary>
    public static string AsShell(AccessKey key) =>
        $"export AWS_ACCESS_KEY_ID={Shell.Quote(key.Id)}\nexport AWS_SECRET_ACCESS_KEY={Shell.Quote(key.Secret)}\n"
        + (key.SessionToken is null ? "unset AWS_SESSION_TOKEN" : $"export AWS_SESSION_TOKEN={Shell.Quote(key.SessionToken)}");

    private static JsonNode? MemberOf(JsonObject? result) => result?["Credentials"] ?? result?["AccessKey"];
}
