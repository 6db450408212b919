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
            {
                if (guard.IsProxy(context))
                    context.Features.Set(FromProxy.Instance);
                await next(context);
                return;
            }
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("Plain http is for the proxies that --behind-proxy names; use the proxy's address, or https.\n", context.RequestAborted);
        });
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            options.KnownIPNetworks.Add(proxy);
        app.UseForwardedHeaders(options);
    }
}
