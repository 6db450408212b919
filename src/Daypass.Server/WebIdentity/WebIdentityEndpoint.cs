using System.Globalization;
using Daypass.Server.Setup;
using Daypass.Service.Keys;
using Daypass.Service.Outbound;

namespace Daypass.Server.WebIdentity;

/// <summary>
/// Publishes what verifiers of web identity tokens need, to anybody, with no signature: one document that says where, one with the public keys. Both
/// come out of memory. Nothing is looked up for a stranger, every account number gets the same answer, and what does not exist is 404 without a body.
/// </summary>
internal sealed class WebIdentityEndpoint(PublicAddress address, KeyKeeper keys, int maxAge)
{
    // With the rings that they are of: while those stay, so does the document.
    private volatile Published? _published;

    private sealed record Published(Rings Of, byte[] KeySet, bool IsEmpty);

    /// <summary>Whether a path is one of these, so that no dialect reads it.</summary>
    public static bool Owns(PathString path) => path.Value?.StartsWith(OutboundIssuer.PathPrefix, StringComparison.Ordinal) == true;

    public Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }
        if (OutboundIssuer.Find(request.Path.Value!) is not var (account, document) || address.Current is not { } url)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        if (document == OutboundIssuer.DiscoveryPath)
            return WriteAsync(context, PublicKeySet.Discovery(url, account), isKept: true);
        var published = Current();
        // Before there is a key there is nothing to keep: the first one must be found at once.
        return WriteAsync(context, published.KeySet, isKept: !published.IsEmpty);
    }

    private Published Current()
    {
        var rings = keys.Current;
        if (_published is { } published && ReferenceEquals(published.Of, rings))
            return published;
        return _published = new Published(rings, PublicKeySet.Of(rings.SigningKeys), OutboundFederation.Keys.All(purpose => rings.SigningKeys(purpose).Count == 0));
    }

    private async Task WriteAsync(HttpContext context, byte[] document, bool isKept)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        response.Headers.CacheControl = isKept ? string.Create(CultureInfo.InvariantCulture, $"public, max-age={maxAge}") : "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(document, context.RequestAborted);
    }
}
