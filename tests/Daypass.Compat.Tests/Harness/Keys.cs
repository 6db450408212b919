using System.Text.Json;

namespace Daypass.Compat.Tests.Harness;

/// <summary>Long-term keys, or temporary ones when there is a token.</summary>
public sealed record Keys(string AccessKeyId, string Secret, string? Token = null)
{
    /// <summary>From the member AccessKey of CreateAccessKey, or Credentials of STS.</summary>
    public static Keys From(JsonElement credentials) => new(
        credentials.GetProperty("AccessKeyId").GetString()!,
        credentials.GetProperty("SecretAccessKey").GetString()!,
        credentials.TryGetProperty("SessionToken", out var token) ? token.GetString() : null);

    /// <summary>As every client of AWS reads them from its environment.</summary>
    public Dictionary<string, string> ToEnvironment()
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = Secret,
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
        };
        if (Token is not null)
            environment["AWS_SESSION_TOKEN"] = Token;
        return environment;
    }
}
