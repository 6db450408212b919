using System.Text;
using System.Text.Json;

namespace Daypass.Jose;

/// <summary>
/// A signed JWT as somebody sent it: well-formed, and nothing more. Whose it is and whether it is true says only <see cref="JwtVerifier"/>; until then its
/// claims are good for finding the issuer's keys and for refusing early.
/// </summary>
public sealed class JsonWebToken
{
    /// <summary>The longest token, in characters: AWS's limit for <c>WebIdentityToken</c>.</summary>
    public const int MaxLength = 20_000;

    /// <summary>The longest key id, in characters.</summary>
    public const int MaxKeyIdLength = 256;

    // RFC 8725, section 3.11: a token that says that it is something else (a log-out token, a security event, an access token) is not an identity.
    private static readonly string[] Types = ["JWT", "application/jwt", "JOSE"];

    // Of an encrypted, compressed or otherwise different form. Headers that bring keys along (jwk, jku, x5c, x5u) are not here: they are never looked at.
    private static readonly string[] Foreign = ["crit", "enc", "zip", "b64"];

    private JsonWebToken(JwtAlgorithm algorithm, string? keyId, JwtClaims claims, byte[] signed, byte[] signature)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Claims = claims;
        Signed = signed;
        Signature = signature;
    }

    /// <summary>The algorithm that the header names. It is one of the table.</summary>
    public JwtAlgorithm Algorithm { get; }

    /// <summary>The key that the header names; null if it names none.</summary>
    public string? KeyId { get; }

    /// <summary>What the token says, unproven.</summary>
    public JwtClaims Claims { get; }

    /// <summary>What was signed: header and claims as they were sent.</summary>
    internal byte[] Signed { get; }

    internal byte[] Signature { get; }

    /// <summary>Takes a token apart: sizes first, then the three parts, then header and claims.</summary>
    /// <param name="text">The compact form (RFC 7515, section 3.1), at most <see cref="MaxLength"/> characters.</param>
    /// <param name="fault">What is wrong, if it cannot be taken.</param>
    /// <returns>The token, or null.</returns>
    public static JsonWebToken? TryParse(string text, out JwtFault? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength || Split(text) is not var (header, claims, signature, signed))
        {
            fault = new JwtFault(JwtFaultCode.Malformed, $"It is not three parts in base64url of {MaxLength} characters at most.");
            return null;
        }
        if (StrictJson.ReadObject(header) is not { } head || StrictJson.ReadObject(claims) is not { } body)
        {
            fault = new JwtFault(JwtFaultCode.Malformed, "Its header and its claims are not each one JSON object with no name twice.");
            return null;
        }
        if ((fault = CheckHeader(head, out var algorithm, out var keyId)) is not null)
            return null;
        return new JsonWebToken(algorithm!, keyId, new JwtClaims(body), signed, signature);
    }

    private static (byte[] Header, byte[] Claims, byte[] Signature, byte[] Signed)? Split(string text)
    {
        var first = text.IndexOf('.', StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf('.', first + 1);
        if (second < 0)
            return null;
        // A fourth part leaves a dot in the third, which is no base64url.
        return StrictBase64Url.Decode(text.AsSpan(0, first)) is { } header
            && StrictBase64Url.Decode(text.AsSpan(first + 1, second - first - 1)) is { } claims
            && StrictBase64Url.Decode(text.AsSpan(second + 1)) is { } signature
                ? (header, claims, signature, Encoding.ASCII.GetBytes(text, 0, second))
                : null;
    }

    private static JwtFault? CheckHeader(JsonElement header, out JwtAlgorithm? algorithm, out string? keyId)
    {
        algorithm = null;
        keyId = null;
        if (Array.Find(Foreign, name => header.TryGetProperty(name, out _)) is { } foreign)
            return Unsupported($"Its header has '{foreign}', which is not taken.");
        if (!JwtAlgorithm.TryFind(TextOf(header, "alg"), out algorithm))
            return Unsupported($"Its header does not name one of the algorithms {string.Join(", ", JwtAlgorithm.All.Select(each => each.Name).Order())}.");
        if (header.TryGetProperty("typ", out _) && !Types.Contains(TextOf(header, "typ"), StringComparer.OrdinalIgnoreCase))
            return Unsupported("Its header says by 'typ' that it is no JWT of identity, but something else.");
        if (!header.TryGetProperty("kid", out _))
            return null;
        keyId = TextOf(header, "kid");
        return keyId is { Length: <= MaxKeyIdLength } ? null : Unsupported($"Its header's 'kid' is no text of {MaxKeyIdLength} characters at most.");
    }

    private static string? TextOf(JsonElement header, string name) =>
        header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JwtFault Unsupported(string message) => new(JwtFaultCode.Unsupported, message);
}
