using Daypass.Signing;

namespace Daypass.AspNetCore.Requests;

/// <summary>
/// Puts a verifying stream in place of the request's body, so that the service reads plain, proven bytes, and never the last of them
/// before all are proven.
/// </summary>
internal static class PayloadGuard
{
    private const string ContentSha256 = "x-amz-content-sha256";
    private const string ChunkedEncoding = "aws-chunked";

    /// <summary>
    /// The last line of the canonical request. May read the body into memory, for requests that do not say its hash.
    /// </summary>
    public static async ValueTask<(string? Hash, DaypassRefusal? Refusal)> HashOfAsync(HttpContext context, RawHeaders headers, bool isQuery, DaypassOptions options)
    {
        if (headers.Count(ContentSha256) > 1)
            return (null, Refusals.NoMatch);
        if (headers.Get(ContentSha256, 0)?.Trim() is { } declared)
            return IsAllowed(declared, options) ? (declared, null) : (null, Refusals.NoMatch);
        if (options.IsS3)
            return isQuery ? (SigV4Chunks.UnsignedPayload, null) : (null, Refusals.MissingContentHash);
        return await ReadWholeAsync(context, options.MaxBodyLength) is { } hash ? (hash, null) : (null, Refusals.BodyTooLong);
    }

    /// <summary>Installs the stream that a payload hash asks for.</summary>
    /// <exception cref="PayloadException">The body is announced in a way that is malformed or not supported.</exception>
    public static void Install(HttpContext context, RawHeaders headers, SigV4Authorization? authorization, byte[]? signingKey)
    {
        var declared = headers.Get(ContentSha256, 0)?.Trim();
        if (declared is null or SigV4Chunks.UnsignedPayload)
            return;
        if (SigV4Chunks.IsStreaming(declared))
            InstallChunked(context, headers, authorization, signingKey);
        else
            Replace(context, new HashedPayloadStream(context.Request.Body, declared), context.Request.ContentLength);
    }

    // Only S3 lets a body go unsigned: elsewhere the signature always covers it.
    private static bool IsAllowed(string declared, DaypassOptions options) =>
        options.IsS3 || (declared != SigV4Chunks.UnsignedPayload && !SigV4Chunks.IsStreaming(declared));

    private static void InstallChunked(HttpContext context, RawHeaders headers, SigV4Authorization? authorization, byte[]? signingKey)
    {
        var payload = AwsChunkedPayload.Read(headers);
        if (authorization is null && SigV4Chunks.HasSignedChunks(payload.Kind))
            throw new PayloadException(PayloadErrorCode.InvalidRequest, "Signed chunks need a signed request.");
        Replace(context, new AwsChunkedStream(context.Request.Body, payload, authorization!, signingKey), payload.DecodedLength);
        context.Request.ContentLength = payload.DecodedLength;
        RemoveFraming(context.Request.Headers);
    }

    // The framing is gone, and the object that is stored must not say otherwise.
    private static void RemoveFraming(IHeaderDictionary headers)
    {
        var encodings = headers.ContentEncoding.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var left = Array.FindAll(encodings, encoding => !encoding.Equals(ChunkedEncoding, StringComparison.OrdinalIgnoreCase));
        headers.ContentEncoding = left.Length == 0 ? default : string.Join(',', left);
    }

    private static void Replace(HttpContext context, Stream verified, long? length)
    {
        var body = new ProvenBodyStream(verified, length);
        context.Request.Body = body;
        context.Response.RegisterForDispose(body);
    }

    private static async ValueTask<string?> ReadWholeAsync(HttpContext context, long longest)
    {
        if (context.Request.ContentLength > longest)
            return null;
        var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var count and > 0)
        {
            if (whole.Length + count > longest)
                return null;
            whole.Write(buffer, 0, count);
        }
        whole.Position = 0;
        context.Request.Body = whole;
        return SigV4.PayloadHash(whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }
}
