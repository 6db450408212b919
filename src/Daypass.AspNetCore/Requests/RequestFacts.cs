using System.Globalization;
using System.Net;
using Daypass.Policies;

namespace Daypass.AspNetCore.Requests;

/// <summary>What the connection says of a request, seen through the trusted proxies.</summary>
/// <param name="SourceIp">The client's address, IPv4 in its own form; null when there is none (a Unix socket).</param>
/// <param name="IsSecure">Whether the client's connection was encrypted.</param>
/// <param name="UserAgent">As the client says; empty if it does not.</param>
/// <param name="Referer">As the client says; empty if it does not.</param>
internal sealed record RequestFacts(IPAddress? SourceIp, bool IsSecure, string UserAgent, string Referer)
{
    public static RequestFacts Of(HttpContext context, IList<IPNetwork> trustedProxies)
    {
        var headers = context.Request.Headers;
        var peer = Plain(context.Connection.RemoteIpAddress);
        var isProxied = IsTrusted(peer, trustedProxies);
        return new RequestFacts(
            isProxied ? ClientOf(peer!, headers["X-Forwarded-For"].ToString(), trustedProxies) : peer,
            isProxied && headers.ContainsKey("X-Forwarded-Proto") ? IsSecureAllTheWay(headers["X-Forwarded-Proto"].ToString()) : context.Request.IsHttps,
            headers.UserAgent.ToString(),
            headers.Referer.ToString());
    }

    /// <summary>Fills the global condition keys that a request brings along.</summary>
    public void AddTo(RequestContext context, DateTimeOffset policyTime, string region)
    {
        context.Set("aws:CurrentTime", policyTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        context.Set("aws:EpochTime", policyTime.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        context.Set("aws:SecureTransport", IsSecure ? "true" : "false");
        context.Set("aws:RequestedRegion", region);
        context.Set("aws:ViaAWSService", "false");
        if (SourceIp is not null)
            context.Set("aws:SourceIp", SourceIp.ToString());
        if (UserAgent.Length > 0)
            context.Set("aws:UserAgent", UserAgent);
        if (Referer.Length > 0)
            context.Set("aws:referer", Referer);
    }

    // Each proxy adds who spoke to it at the end. From there back, the first address that is no proxy of ours is the client; what stands
    // before it the client may have written itself.
    private static IPAddress ClientOf(IPAddress peer, string forwardedFor, IList<IPNetwork> trustedProxies)
    {
        var client = peer;
        foreach (var entry in forwardedFor.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (!IPEndPoint.TryParse(entry, out var address))
                break;
            client = Plain(address.Address)!;
            if (!IsTrusted(client, trustedProxies))
                break;
        }
        return client;
    }

    // With several proxies, one leg in the clear is enough for an eavesdropper.
    private static bool IsSecureAllTheWay(string protocols) =>
        protocols.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } legs
        && Array.TrueForAll(legs, leg => leg.Equals("https", StringComparison.OrdinalIgnoreCase));

    private static bool IsTrusted(IPAddress? address, IList<IPNetwork> trustedProxies)
    {
        if (address is null)
            return false;
        for (var i = 0; i < trustedProxies.Count; i++)
        {
            if (trustedProxies[i].Contains(address))
                return true;
        }
        return false;
    }

    // A dual-stack socket shows IPv4 callers as ::ffff:a.b.c.d; policies are written for a.b.c.d.
    private static IPAddress? Plain(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };
}
