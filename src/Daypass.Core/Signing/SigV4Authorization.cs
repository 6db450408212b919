namespace Daypass.Signing;

/// <summary>
/// What a request says about its signature: well formed, and nothing more. Made by <see cref="SigV4Parser"/> only; no key has
/// been looked up and nothing is proven.
/// </summary>
public sealed class SigV4Authorization
{
    internal SigV4Authorization()
    {
    }

    /// <summary>How it is signed: <see cref="SigV4.Algorithm"/> or <see cref="SigV4a.Algorithm"/>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The access key id of the credential, unchecked: any text without a slash.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The date of the credential scope, as sent; yyyyMMdd once <see cref="SigV4.CheckTimeAndScope"/> has passed.</summary>
    public required string Date { get; init; }

    /// <summary>The region of the credential scope; empty in a SigV4a scope, which has none.</summary>
    public required string Region { get; init; }

    /// <summary>X-Amz-Region-Set of a SigV4a signature, from the place that the signature is in, unchecked; null for all others.</summary>
    public string? RegionSet { get; init; }

    /// <summary>The service of the credential scope.</summary>
    public required string Service { get; init; }

    /// <summary>The end of the credential scope, which should be <c>aws4_request</c>.</summary>
    public required string Terminator { get; init; }

    /// <summary>The names of the signed headers, separated by semicolons, as sent.</summary>
    public required string SignedHeaders { get; init; }

    /// <summary>The signature as sent; good ones have 64 lower-case hex digits (SigV4a: 16 to 144).</summary>
    public required string Signature { get; init; }

    /// <summary>The time in the string to sign: yyyyMMddTHHmmssZ, whatever form the header had.</summary>
    public required string Timestamp { get; init; }

    /// <summary><see cref="Timestamp"/> as a time.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>X-Amz-Security-Token from the place that the signature is in (header or query), or null. Unchecked.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Whether the signature is in the query string (a presigned URL) instead of the Authorization header.</summary>
    public bool IsQuery { get; init; }

    /// <summary>X-Amz-Expires of a presigned URL in seconds, 1 to 604,800; null when it has none.</summary>
    public int? Expires { get; init; }

    /// <summary>The second to last part of the string to sign: <c>date/region/service/aws4_request</c>, in SigV4a without the region.</summary>
    public string CredentialScope => _scope ??= RegionSet is null ? $"{Date}/{Region}/{Service}/{Terminator}" : $"{Date}/{Service}/{Terminator}";

    internal string[] SignedHeaderNames => _names ??= HeaderNames.Split(SignedHeaders);

    private string? _scope;
    private string[]? _names;
}
