using System.Security.Cryptography;
using System.Text;

namespace Daypass.Signing;

/// <summary>
/// AWS Signature Version 4, checked. The order of a check is AWS's: <see cref="SigV4Parser.TryParse"/>,
/// <see cref="CheckTimeAndScope"/>, <see cref="CheckSignedHeaders"/>, then the key is looked up, and last
/// <see cref="StringToSign"/> and <see cref="Matches"/>. A key that is not found should take the same steps with a made-up one.
/// </summary>
/// <remarks>Within the window a captured request can be sent again: so it is at AWS. TLS is what hides it.</remarks>
public static class SigV4
{
    /// <summary>The name of the algorithm in headers, queries and strings to sign.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The end of every credential scope.</summary>
    public const string Terminator = "aws4_request";

    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>
    /// Whether the request was signed about now and for this service: AWS's steps 10, 11 and 13. Null when it was. A time exactly
    /// at the edge of the window is inside. Needs no key, and so comes before any is looked up.
    /// </summary>
    public static SigningError? CheckTimeAndScope(SigV4Authorization authorization, DateTimeOffset now, SigV4Rules rules) =>
        SigV4Window.Check(authorization, now, rules) ?? SigV4Scope.Check(authorization, rules);

    /// <summary>
    /// Whether the signature covers what it must: SignedHeaders is lower-case, sorted and names each header once, all of them are
    /// present, <c>Host</c> once, and every x-amz-* header that is present is among them. Null when it does. The one exception is
    /// X-Amz-Security-Token beside an Authorization header: some clients add it after signing, and the token proves itself.
    /// </summary>
    public static SigningError? CheckSignedHeaders(SigV4Authorization authorization, in SignableRequest request, SigV4Rules? rules = null)
    {
        var signed = authorization.SignedHeaderNames;
        for (var i = 0; i < signed.Length; i++)
        {
            if (!HeaderNames.IsCanonical(signed[i]) || (i > 0 && string.CompareOrdinal(signed[i - 1], signed[i]) >= 0))
                return SigningErrors.NotSorted(authorization.SignedHeaders);
            if (!request.Headers.Contains(signed[i]))
                return SigningErrors.HeaderAbsent(signed[i]);
        }
        if (request.Headers.Count(HeaderNames.Host) != 1)
            return SigningErrors.HostNotSigned;
        // Not in the scope as a region is, so only this binds it; whatever a proxy may add.
        if (authorization is { RegionSet: not null, IsQuery: false } && !HeaderNames.IsNamed(signed, HeaderNames.RegionSet))
            return SigningErrors.HeaderNotSigned(HeaderNames.RegionSet);
        return rules is { RequireSignedAmzHeaders: false } ? null : CheckAmzHeaders(authorization, request.Headers);
    }

    /// <summary>
    /// Whether X-Amz-Content-Sha256, where it is sent, is the hash of the body that came. For services that read whole bodies; null
    /// when it is, or when there is no such header. A body that is declared unsigned or streaming is refused with the rest.
    /// </summary>
    public static SigningError? CheckPayload(in SignableRequest request, string payloadHash, SigV4Rules rules)
    {
        for (int i = 0, count = request.Headers.Count(HeaderNames.ContentSha256); i < count; i++)
        {
            if (request.Headers.Get(HeaderNames.ContentSha256, i)?.Trim() != payloadHash)
                return rules.IsS3 ? SigningErrors.BodyHashMismatch : SigningErrors.NoMatch;
        }
        return null;
    }

    /// <summary>
    /// The four lines that are signed: algorithm, time, scope, and the hash of the canonical request.
    /// </summary>
    /// <param name="authorization">What the request says about its signature.</param>
    /// <param name="request">The request as received.</param>
    /// <param name="payloadHash">The last line of the canonical request: the body's SHA-256 in lower-case hex, or a word such as <see cref="SigV4Chunks.UnsignedPayload"/>.</param>
    /// <param name="rules">How this service writes canonical requests.</param>
    public static string StringToSign(SigV4Authorization authorization, in SignableRequest request, ReadOnlySpan<char> payloadHash, SigV4Rules rules)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        CanonicalRequest.Hash(authorization, request, payloadHash, rules, hash);
        Span<char> hex = stackalloc char[HashLength * 2];
        Convert.TryToHexStringLower(hash, hex, out _);
        return string.Concat($"{authorization.Algorithm}\n{authorization.Timestamp}\n{authorization.CredentialScope}\n", hex);
    }

    /// <summary>
    /// The 32 bytes that sign for one date (yyyyMMdd), region and service. They cannot be turned back into the secret, nor into
    /// the key of another scope.
    /// </summary>
    /// <exception cref="ArgumentException">The secret is empty: HMAC would take it, and anybody could sign.</exception>
    public static byte[] SigningKey(string secretAccessKey, string date, string region, string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        Span<byte> step = stackalloc byte[HashLength];
        Hmac(key, date, step);
        CryptographicOperations.ZeroMemory(key);
        Hmac(step, region, step);
        Hmac(step, service, step);
        var signingKey = new byte[HashLength];
        Hmac(step, Terminator, signingKey);
        CryptographicOperations.ZeroMemory(step);
        return signingKey;
    }

    /// <summary>
    /// Whether a signature is the one that the key gives. Only 64 lower-case hex digits can be; anything else costs the same
    /// time. Compares in constant time.
    /// </summary>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static bool Matches(ReadOnlySpan<byte> signingKey, string stringToSign, string signatureHex)
    {
        Span<byte> expected = stackalloc byte[HashLength];
        Sign(signingKey, stringToSign, expected);
        Span<byte> given = stackalloc byte[HashLength];
        var isWellFormed = LowerHex.TryDecode(signatureHex, given);
        return CryptographicOperations.FixedTimeEquals(expected, given) & isWellFormed;
    }

    /// <summary>The SHA-256 of a whole body in lower-case hex: the payload hash of every service that is not S3.</summary>
    public static string PayloadHash(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        SHA256.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }

    internal static string Sign(ReadOnlySpan<byte> signingKey, string stringToSign)
    {
        Span<byte> signature = stackalloc byte[HashLength];
        Sign(signingKey, stringToSign, signature);
        return Convert.ToHexStringLower(signature);
    }

    private static void Sign(ReadOnlySpan<byte> signingKey, string stringToSign, Span<byte> signature)
    {
        if (signingKey.Length != HashLength)
            throw new ArgumentException("A signing key has 32 bytes.", nameof(signingKey));
        Hmac(signingKey, stringToSign, signature);
    }

    private static void Hmac(ReadOnlySpan<byte> key, string text, Span<byte> mac)
    {
        var message = new Utf8Buffer(stackalloc byte[512]);
        message.Add(text);
        HMACSHA256.HashData(key, message.Written, mac);
        message.Dispose();
    }

    private static SigningError? CheckAmzHeaders(SigV4Authorization authorization, IRequestHeaders headers)
    {
        foreach (var name in headers.Names)
        {
            if (HeaderNames.IsAmz(name) && !HeaderNames.IsNamed(authorization.SignedHeaderNames, name) && !MayBeAppended(authorization, name))
                return SigningErrors.HeaderNotSigned(name);
        }
        return null;
    }

    private static bool MayBeAppended(SigV4Authorization authorization, string name) =>
        !authorization.IsQuery && Ascii.EqualsIgnoreCase(name, HeaderNames.SecurityToken);
}
