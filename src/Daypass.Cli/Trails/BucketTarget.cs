using System.Net;
using Daypass.Cli.Http;
using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>Exports to a bucket over S3, with the metadata that CloudTrail gives its digests.</summary>
internal sealed class BucketTarget(SignedSender sender, Uri endpoint, string bucket) : ITrailTarget
{
    private const string Signature = "x-amz-meta-signature";
    private const string Algorithm = "x-amz-meta-signature-algorithm";

    public async Task<bool> HasAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new OutgoingRequest("HEAD", AddressOf(name), []), HttpStatusCode.NotFound, cancellationToken);
        return response.StatusCode == HttpStatusCode.OK;
    }

    public async Task<string?> SignatureOfAsync(string name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new OutgoingRequest("HEAD", AddressOf(name), []), HttpStatusCode.NotFound, cancellationToken);
        return response.Headers.TryGetValues(Signature, out var values) ? values.First() : response.StatusCode == HttpStatusCode.OK ? "" : null;
    }

    public async Task WriteAsync(string name, byte[] content, string? signature, CancellationToken cancellationToken)
    {
        var request = new OutgoingRequest("PUT", AddressOf(name), content) { Headers = { ["Content-Type"] = "application/json", ["Content-Encoding"] = "gzip" } };
        if (signature is not null)
            (request.Headers[Signature], request.Headers[Algorithm]) = (signature, Digest.SignatureAlgorithm);
        using var response = await SendAsync(request, HttpStatusCode.OK, cancellationToken);
    }

    private Uri AddressOf(string name) => new(endpoint, $"/{bucket}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}");

    private async Task<HttpResponseMessage> SendAsync(OutgoingRequest request, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        var response = await sender.SendAsync(request, "s3", cancellationToken);
        if (response.IsSuccessStatusCode || response.StatusCode == expected)
            return response;
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new CommandException($"{request.Method} {request.Address.AbsolutePath} was refused ({(int)response.StatusCode}): {(text.Length == 0 ? response.ReasonPhrase : text)}");
        }
    }
}
