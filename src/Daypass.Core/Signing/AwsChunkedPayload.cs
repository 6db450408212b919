using System.Globalization;

namespace Daypass.Signing;

/// <summary>What a request announces about its aws-chunked body.</summary>
/// <param name="Kind">X-Amz-Content-Sha256: one of the streaming words of <see cref="SigV4Chunks"/>.</param>
/// <param name="DecodedLength">X-Amz-Decoded-Content-Length: bytes without the framing.</param>
/// <param name="TrailerNames">X-Amz-Trailer: names in lower case.</param>
public sealed record AwsChunkedPayload(string Kind, long DecodedLength, IReadOnlyList<string> TrailerNames)
{
    private const int MostTrailers = 8;

    /// <summary>Reads the announcement from the headers.</summary>
    /// <exception cref="PayloadException">The kind is not a streaming one or not supported, the length is missing, or trailers are declared where none can be.</exception>
    public static AwsChunkedPayload Read(IRequestHeaders headers)
    {
        var kind = headers.Get(HeaderNames.ContentSha256, 0)?.Trim() ?? "";
        if (kind is SigV4Chunks.EcdsaPayload or SigV4Chunks.EcdsaPayloadTrailer)
            throw new PayloadException(PayloadErrorCode.NotImplemented, $"Bodies of the kind {kind} are not supported.");
        if (headers.Count(HeaderNames.ContentSha256) != 1 || !SigV4Chunks.IsStreaming(kind))
            throw ChunkSource.Malformed("x-amz-content-sha256 does not announce an aws-chunked body.");
        var trailers = TrailersOf(headers);
        if (trailers.Length > 0 && !SigV4Chunks.HasTrailers(kind))
            throw ChunkSource.Malformed("x-amz-trailer needs an x-amz-content-sha256 that ends with -TRAILER.");
        return new AwsChunkedPayload(kind, LengthOf(headers), trailers);
    }

    private static long LengthOf(IRequestHeaders headers)
    {
        var text = headers.Get("x-amz-decoded-content-length", 0);
        return headers.Count("x-amz-decoded-content-length") == 1 && long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new PayloadException(PayloadErrorCode.MissingContentLength, "You must provide the X-Amz-Decoded-Content-Length HTTP header.");
    }

    private static string[] TrailersOf(IRequestHeaders headers)
    {
        var lines = new string?[headers.Count("x-amz-trailer")];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = headers.Get("x-amz-trailer", i);
        var names = string.Join(',', lines).ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length <= MostTrailers ? names : throw ChunkSource.Malformed("x-amz-trailer names too many trailers.");
    }
}
