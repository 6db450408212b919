namespace Daypass.Signing;

/// <summary>
/// Finds the signature of a request and takes it apart: its form only, in AWS's order and with AWS's texts. Which key, when, for
/// which service and whether it is right are <see cref="SigV4"/>'s to say.
/// </summary>
public static class SigV4Parser
{
    /// <summary>
    /// What the request says about its signature, or null and the reason. <see cref="SigningErrorCode.MissingAuthenticationToken"/>
    /// means that it says nothing: the request is unsigned.
    /// </summary>
    /// <remarks>Exactly one proof is accepted: two Authorization headers, or one and a signed query, are refused as a pair.</remarks>
    public static SigV4Authorization? TryParse(in SignableRequest request, out SigningError? error) =>
        Parse(request, Symmetric, out error);

    /// <summary>
    /// As <see cref="TryParse"/>, but a <see cref="SigV4a"/> signature is taken apart, too: for those who have what verifies it.
    /// <see cref="SigV4Authorization.Algorithm"/> says which of the two it is.
    /// </summary>
    public static SigV4Authorization? TryParseEither(in SignableRequest request, out SigningError? error) =>
        Parse(request, Either, out error);

    private static readonly string[] Symmetric = [SigV4.Algorithm];
    private static readonly string[] Either = [SigV4.Algorithm, SigV4a.Algorithm];

    /// <summary>The same for any algorithms; those of certificates never stand in a query.</summary>
    internal static SigV4Authorization? Parse(in SignableRequest request, ReadOnlySpan<string> accepted, out SigningError? error)
    {
        error = CheckTarget(request);
        if (error is not null)
            return null;
        var headers = request.Headers.Count(HeaderNames.Authorization);
        var algorithm = QueryString.First(request.Query, SigV4QueryForm.Algorithm);
        if (headers + (algorithm is null ? 0 : 1) > 1)
            error = SigningErrors.TwoSignatures;
        else if (headers == 1)
            return SigV4HeaderForm.Parse(request, accepted, out error);
        else if (algorithm is SigV4.Algorithm or SigV4a.Algorithm && accepted.Contains(algorithm))
            return SigV4QueryForm.Parse(request, algorithm, out error);
        else if (algorithm is SigV4a.Algorithm)
            error = SigningErrors.UnsupportedAlgorithm(algorithm);
        else
            error = SigningErrors.Missing;
        return null;
    }

    /// <summary>The last steps, which both forms share: host signed, time readable, credential of five parts (four and a region set in SigV4a).</summary>
    internal static SigV4Authorization? Complete(SignatureParts parts, out SigningError? error)
    {
        error = null;
        if (!HeaderNames.Lists(parts.SignedHeaders, HeaderNames.Host))
            error = SigningErrors.HostNotSigned;
        else if (!SigV4Timestamp.TryParse(parts.Date, allowExtended: !parts.IsQuery, out var signedAt))
            error = SigningErrors.BadDate(parts.Date);
        else if (parts.IsEcdsa && string.IsNullOrWhiteSpace(parts.RegionSet))
            error = SigningErrors.NoRegionSet;
        else if (Scope(parts) is not [var keyId, var date, var region, var service, var terminator])
            error = SigningErrors.BadCredential(parts.Credential, parts.IsEcdsa);
        else
            return new SigV4Authorization
            {
                Algorithm = parts.Algorithm,
                AccessKeyId = keyId,
                Date = date,
                Region = region,
                RegionSet = parts.RegionSet,
                Service = service,
                Terminator = terminator,
                SignedHeaders = parts.SignedHeaders,
                Signature = parts.Signature,
                Timestamp = SigV4Timestamp.Basic(parts.Date, signedAt),
                SignedAt = signedAt,
                SessionToken = parts.SessionToken,
                IsQuery = parts.IsQuery,
                Expires = parts.Expires,
            };
        return null;
    }

    internal sealed record SignatureParts(
        string Algorithm, string Credential, string SignedHeaders, string Signature, string Date, string? SessionToken, string? RegionSet, bool IsQuery, int? Expires = null)
    {
        public bool IsEcdsa => Algorithm == SigV4a.Algorithm;
    }

    // A SigV4a scope has no region: one less, and an empty one in its place.
    private static string[] Scope(SignatureParts parts) => (parts.IsEcdsa, parts.Credential.Split('/')) switch
    {
        (true, [var keyId, var date, var service, var terminator]) => [keyId, date, "", service, terminator],
        (true, _) => [],
        (false, var scope) => scope,
    };

    private static SigningError? CheckTarget(in SignableRequest request)
    {
        var path = request.Path;
        if (path.IsEmpty || path[0] != '/' || !UriEscaping.BrokenEscape(path).IsEmpty || ClimbsAboveRoot(path))
            return SigningErrors.BadPath;
        var escape = QueryString.BrokenEscape(request.Query);
        return escape.IsEmpty ? null : SigningErrors.BadEscape(escape);
    }

    private static bool ClimbsAboveRoot(ReadOnlySpan<char> path)
    {
        var depth = 0;
        foreach (var range in path.Split('/'))
        {
            depth += path[range] switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return true;
        }
        return false;
    }
}
