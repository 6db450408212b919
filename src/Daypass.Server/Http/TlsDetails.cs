using System.Collections.Frozen;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections.Features;

namespace Daypass.Server.Http;

/// <summary>
/// How the connection of a request is encrypted, under the names that CloudTrail writes: OpenSSL's, which for TLS 1.3 are those of the RFC. What a
/// client says of it never counts.
/// </summary>
internal static class TlsDetails
{
    private static readonly FrozenDictionary<TlsCipherSuite, string> OpenSslNames = new Dictionary<TlsCipherSuite, string>
    {
        [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256] = "ECDHE-ECDSA-AES128-GCM-SHA256",
        [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384] = "ECDHE-ECDSA-AES256-GCM-SHA384",
        [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256] = "ECDHE-ECDSA-CHACHA20-POLY1305",
        [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256] = "ECDHE-ECDSA-AES128-SHA256",
        [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384] = "ECDHE-ECDSA-AES256-SHA384",
        [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256] = "ECDHE-RSA-AES128-GCM-SHA256",
        [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384] = "ECDHE-RSA-AES256-GCM-SHA384",
        [TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256] = "ECDHE-RSA-CHACHA20-POLY1305",
        [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256] = "ECDHE-RSA-AES128-SHA256",
        [TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384] = "ECDHE-RSA-AES256-SHA384",
        [TlsCipherSuite.TLS_AES_128_GCM_SHA256] = "TLS_AES_128_GCM_SHA256",
        [TlsCipherSuite.TLS_AES_256_GCM_SHA384] = "TLS_AES_256_GCM_SHA384",
        [TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256] = "TLS_CHACHA20_POLY1305_SHA256",
    }.ToFrozenDictionary();

    /// <summary>Null on plain http, and from a proxy: its connection to us says nothing of the client's to it.</summary>
    public static (string Version, string CipherSuite)? Of(HttpContext context) =>
        context.Features.Get<FromProxy>() is null && context.Features.Get<ITlsHandshakeFeature>() is { NegotiatedCipherSuite: { } suite } tls
            ? (NameOf(tls.Protocol), NameOf(suite))
            : null;

    public static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        var other => other.ToString(),
    };

    public static string NameOf(TlsCipherSuite suite) => OpenSslNames.TryGetValue(suite, out var name) ? name : suite.ToString();
}

/// <summary>The mark of a request that a trusted proxy sent.</summary>
internal sealed class FromProxy
{
    public static readonly FromProxy Instance = new();
}
