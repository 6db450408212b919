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
    public static SigV4Authorization? TryParse(in SignableRequest request, out SigningError? error)
    {
        error = CheckTarget(request);
        if (error is not null)
            return null;
        var headers = request.Headers.Count(HeaderNames.Authorization);
        var algorithm = QueryString.First(request.Query, SigV4QueryForm.Algorithm);
        if (headers + (algorithm is null ? 0 : 1) > 1)
            error = SigningErrors.TwoSignatures;
        else if (headers == 1)
            return SigV4HeaderForm.Parse(request, out error);
        else if (algorithm is SigV4.Algorithm)
            return SigV4QueryForm.Parse(request, out error);
        else
            error = SigningErrors.Missing;
        return null;
    }

    /// <summary>The last steps, which both forms share: host signed, time readable, credential of five parts.</summary>
    internal static SigV4Authorization? Complete(SignatureParts parts, out SigningError? error)
    {
        error = null;
        if (!HeaderNames.Lists(parts.SignedHeaders, HeaderNames.Host))
            error = SigningErrors.HostNotSigned;
        else if (!SigV4Timestamp.TryParse(parts.Date, allowExtended: !parts.IsQuery, out var signedAt))
            error = SigningErrors.BadDate(parts.Date);
        else if (parts.Credential.Split('/') is not [var keyId, var date, var region, var service, var terminator])
            error = SigningErrors.BadCredential(parts.Credential);
        else
            return new SigV4Authorization
            {
                AccessKeyId = keyId,
                Date = date,
                Region = region,
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

    internal sealed record SignatureParts(string Credential, string SignedHeaders, string Signature, string Date, string? SessionToken, bool IsQuery, int? Expires = null);

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
