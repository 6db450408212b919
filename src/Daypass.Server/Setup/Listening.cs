using System.Net;
using System.Net.Security;
using Daypass.Server.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Daypass.Server.Setup;

/// <summary>Kestrel's addresses, certificate and limits.</summary>
internal static class Listening
{
    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = Http.RequestBody.MaxLength;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;
        // A presigned URL carries its token in the target.
        limits.MaxRequestLineSize = 16 * 1024;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Nearly every body comes in one piece within the grace; one that trickles would hold its memory and its connection for an hour.
        limits.MinRequestBodyDataRate = new MinDataRate(4096, TimeSpan.FromSeconds(5));
        var certificate = options.Certificate is { } path ? new ReloadingCertificate(path, options.CertificateKey, TimeProvider.System) : null;
        foreach (var url in options.Urls)
            Listen(kestrel, url, certificate, isForMetrics: false);
        // Behind the others: the banner names those.
        if (options.MetricsUrl is { } metrics)
            Listen(kestrel, metrics, certificate, isForMetrics: true);
    }

    private static void Listen(KestrelServerOptions kestrel, Uri url, ReloadingCertificate? certificate, bool isForMetrics)
    {
        void Configure(ListenOptions listen)
        {
            if (isForMetrics)
                listen.Use(next => connection =>
                {
                    connection.Features.Set(MetricsAddress.Mark);
                    return next(connection);
                });
            listen.Protocols = url.Scheme == Uri.UriSchemeHttps ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
            if (url.Scheme == Uri.UriSchemeHttps)
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate!.Current }),
                });
        }

        if (url.Host == "localhost" && url.Port != 0)
            kestrel.ListenLocalhost(url.Port, Configure);
        else
            kestrel.Listen(url.Host == "localhost" ? IPAddress.Loopback : AddressOf(url), url.Port, Configure);
    }

    private static IPAddress AddressOf(Uri url) =>
        IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)
            ? address
            : throw new StartException($"The address {url} must name an IP address or localhost; names of hosts are for clients.");
}

