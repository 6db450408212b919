using System.Text;

namespace Daypass.Server.Dialects;

/// <summary>
/// Tells, on the path that both share, a request of the uproject dialect from AWS's: AWS's are signed in a header or in <c>X-Amz-</c> parameters,
/// or have a version; uproject's have its parameters, or a JSON body. What has neither is AWS's. Nobody is trusted by the answer: each
/// dialect proves its callers itself.
/// </summary>
internal static class UprojectMarks
{
    // Go's and Python's SDKs, and what is built on them, put the time there; it is not signed. Nobody of AWS's does.
    private const string TimeHeader = "U-Timestamp-Ms";

    /// <param name="request">The request.</param>
    /// <param name="body">Its body; empty as long as it is not read, and then the rest decides.</param>
    public static bool AreOn(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var query = QueryOf(request);
        if (AreOfAws(request, query))
            return false;
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true)
            return true;
        var form = AwsQuery.IsForm(request) ? body : default;
        return !HasEither(query, form, "Version"u8) && (request.Headers.ContainsKey(TimeHeader) || HasEither(query, form, "PublicKey"u8) || HasEither(query, form, "Signature"u8) || HasEither(query, form, "RoleUrn"u8));
    }

    /// <summary>Whether a form that is not read yet could have them: nothing says that it is AWS's.</summary>
    public static bool MayComeWithBody(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && AwsQuery.IsForm(request) && QueryOf(request) is var query && !AreOfAws(request, query) && !Has(query, "Version"u8);

    // The headers first, because nearly every call of AWS's dialects ends there.
    private static bool AreOfAws(HttpRequest request, byte[] query) =>
        request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey("X-Amz-Target") || Has(query, "X-Amz-Algorithm"u8) || Has(query, "X-Amz-Signature"u8);

    private static byte[] QueryOf(HttpRequest request) => request.QueryString.Value is { Length: > 1 } text ? Encoding.UTF8.GetBytes(text, 1, text.Length - 1) : [];

    private static bool HasEither(ReadOnlySpan<byte> query, ReadOnlySpan<byte> form, ReadOnlySpan<byte> name) => Has(query, name) || Has(form, name);

    private static bool Has(ReadOnlySpan<byte> form, ReadOnlySpan<byte> name)
    {
        for (var rest = form; rest.IndexOf(name) is >= 0 and var at; rest = rest[(at + name.Length)..])
        {
            var end = at + name.Length;
            var begins = at == 0 ? rest.Length == form.Length : rest[at - 1] == '&';
            if (begins && (end == rest.Length || rest[end] is (byte)'=' or (byte)'&'))
                return true;
        }
        return false;
    }
}
