using Microsoft.AspNetCore.HttpOverrides;

namespace Daypass.Server.Http;

/// <summary>Believes X-Forwarded-For and X-Forwarded-Proto from the proxies' networks and from nowhere else.</summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this WebApplication app, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var guard = new ProxyGuard(proxies);
        app.Use(async (context, next) =>
        {
            if (guard.Allows(context))
                await next(context);
            else
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
        });
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }
}
