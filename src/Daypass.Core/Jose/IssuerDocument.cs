using System.Text.Json;

namespace Daypass.Jose;

/// <summary>What is used of a discovery document (OpenID Connect Discovery 1.0, section 3), and nothing more.</summary>
/// <param name="Issuer">Whose document it says it is. The caller compares it with the issuer that it asked.</param>
/// <param name="JwksUri">Where the keys are, as written; unchecked.</param>
public sealed record IssuerDocument(string Issuer, string JwksUri)
{
    /// <summary>The largest document, in bytes.</summary>
    public const int MaxSize = 256 * 1024;

    /// <summary>Reads a document: one JSON object, no name twice, with both members as texts. Null for anything else.</summary>
    /// <param name="utf8">The document.</param>
    public static IssuerDocument? TryParse(ReadOnlyMemory<byte> utf8) =>
        utf8.Length <= MaxSize && StrictJson.ReadObject(utf8) is { } root
            && root.TryGetProperty("issuer", out var issuer) && issuer.ValueKind == JsonValueKind.String
            && root.TryGetProperty("jwks_uri", out var keys) && keys.ValueKind == JsonValueKind.String
                ? new IssuerDocument(issuer.GetString()!, keys.GetString()!)
                : null;
}
