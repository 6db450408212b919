using System.Net;
using System.Net.Security;
using Daypass.Jose;
using Daypass.Service.Federation;

namespace Daypass.Server.Federation;

/// <summary>
/// Gets the public documents of identity providers, trusting nobody on the way: https only, no proxy, no redirect, no cookie, no compression, bounded in
/// size, and only from addresses that may be called (<see cref="PublicSockets"/>). A connection serves one document.
/// </summary>
internal sealed class HttpDocumentFetcher(IReadOnlyList<IPNetwork> allowed, Func<string, IPAddress[]>? resolve = null) : IDocumentFetcher
{
    private const int MaxSize = JsonWebKeySet.MaxSize;
    private const int MaxHeaderKilobytes = 16;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);
    private readonly PublicSockets _sockets = new(allowed, resolve);

    public async Task<byte[]> GetAsync(Uri address, ServerTrust trust, CancellationToken cancellationToken)
    {
        var isTrusted = true;
        using var handler = Handler((sender, certificate, chain, errors) => isTrusted = TlsTrust.Accepts(trust, certificate, chain, errors));
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = MaxSize, Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "Daypass");
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new FetchException((int)response.StatusCode >= 500 ? FetchFault.Unreachable : FetchFault.Unusable, $"{address} answered with status {(int)response.StatusCode}");
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw Told(address, failure, isTrusted);
        }
    }

    private SocketsHttpHandler Handler(RemoteCertificateValidationCallback accepts) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        ConnectTimeout = ConnectPatience,
        ConnectCallback = (context, cancellationToken) => _sockets.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = accepts, CertificateChainPolicy = TlsTrust.NewPolicy() },
    };

    private static FetchException Told(Uri address, HttpRequestException failure, bool isTrusted) => failure.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError when !isTrusted => new FetchException(FetchFault.Untrusted, $"the certificate of {address} is not trusted"),
        HttpRequestError.ConfigurationLimitExceeded => new FetchException(FetchFault.Unusable, $"{address} answered with more than {MaxSize} bytes, or too many headers"),
        HttpRequestError.InvalidResponse => new FetchException(FetchFault.Unusable, $"{address} did not answer in HTTP"),
        _ => new FetchException(FetchFault.Unreachable, $"{address} could not be reached: {failure.HttpRequestError}, {failure.InnerException?.Message ?? failure.Message}"),
    };
}
