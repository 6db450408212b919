using System.Text.Encodings.Web;
using System.Text.Json;
using Daypass.Server.WebIdentity;
using Daypass.Service.Actions.Sts;

namespace Daypass.Server.OAuth;

/// <summary>What a token endpoint answers, as JSON.</summary>
internal static class TokenAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>RFC 8693, section 2.2.1: a token that is shown to others as it is.</summary>
    public static byte[] Of(GetWebIdentityToken.Response issued, DateTimeOffset now) => Write(json =>
    {
        json.WriteString("access_token", issued.Token);
        json.WriteString("issued_token_type", TokenRequest.Jwt);
        json.WriteString("token_type", "Bearer");
        json.WriteNumber("expires_in", Left(issued.Expiration, now));
    });

    /// <summary>
    /// Credentials are no token that is shown, so <c>N_A</c>. All of them are in the one member that every client keeps, in the form that
    /// <c>credential_process</c> of the AWS CLI and the SDKs reads.
    /// </summary>
    public static byte[] Of(Credentials credentials, DateTimeOffset now) => Write(json =>
    {
        json.WriteString("access_token", System.Text.Encoding.UTF8.GetString(Write(inner =>
        {
            inner.WriteNumber("Version", 1);
            inner.WriteString("AccessKeyId", credentials.AccessKeyId);
            inner.WriteString("SecretAccessKey", credentials.SecretAccessKey);
            inner.WriteString("SessionToken", credentials.SessionToken);
            inner.WriteString("Expiration", credentials.Expiration.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        })));
        json.WriteString("issued_token_type", TokenRequest.AwsCredentials);
        json.WriteString("token_type", "N_A");
        json.WriteNumber("expires_in", Left(credentials.Expiration, now));
    });

    public static byte[] Of(OAuthException refusal) => Write(json =>
    {
        json.WriteString("error", refusal.Error);
        json.WriteString("error_description", refusal.Description);
    });

    /// <summary>RFC 8414, section 2.</summary>
    public static byte[] Metadata(string publicUrl) => Write(json =>
    {
        json.WriteString("issuer", publicUrl);
        json.WriteString("token_endpoint", publicUrl + TokenEndpoint.Path);
        WriteTexts(json, "grant_types_supported", TokenRequest.Grant);
        WriteTexts(json, "token_endpoint_auth_methods_supported", "none");
        // There is no authorization endpoint.
        WriteTexts(json, "response_types_supported");
    });

    private static long Left(DateTimeOffset end, DateTimeOffset now) => Math.Max(0, (long)(end - now).TotalSeconds);

    private static void WriteTexts(Utf8JsonWriter json, string name, params ReadOnlySpan<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
