using System.Buffers;

namespace Daypass.Server.Http;

/// <summary>Reads whole bodies up to a limit. Kestrel's own limit ends longer ones with 413 before this can grow.</summary>
internal static class RequestBody
{
    /// <summary>The largest body that any API takes: a SAML assertion or a policy document with room around it.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>What of a body has come along with the headers, and is there without waiting. Whoever is refused for coming too often makes nobody wait.</summary>
    public static byte[] Arrived(HttpRequest request)
    {
        try
        {
            // Who asks first whether to send sends nothing before he is told.
            if (request.ContentLength is null or 0 || request.Headers.Expect.Count > 0 || !request.BodyReader.TryRead(out var result))
                return [];
            var start = result.Buffer.ToArray();
            request.BodyReader.AdvanceTo(result.Buffer.Start);
            return start;
        }
        catch (IOException)
        {
            return [];
        }
    }

    public static async ValueTask<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && HttpMethods.IsGet(request.Method)))
            return [];
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }
            // Nothing is consumed until all is there; the reader keeps what has come so far.
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
