using System.Net;
using System.Text;

namespace Daypass.Server.Telemetry;

/// <summary>
/// <c>/metrics</c>. Rates tell what an installation does, so strangers get none: with <c>--metrics-url</c> they are served there and nowhere
/// else; without it to this machine's own callers, and not where a proxy may stand between (<c>--behind-proxy</c>, or a request that a proxy
/// has marked, or one for another name than this machine's: a proxy that marks nothing passes its own name on, and so does a browser that was
/// led here by a name that means another address since). Whoever may not look is told that there is nothing.
/// </summary>
internal sealed class MetricsEndpoint(ServerOptions options, IReadOnlyList<Metric> metrics, IReadOnlyList<LatencyFamily> latencies)
{
    private static readonly string[] MarksOfProxies = ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"];

    /// <summary>Before any forwarded header is believed: the peer of the connection counts.</summary>
    public bool MayRead(HttpContext context)
    {
        if (options.MetricsUrl is not null)
            return MetricsAddress.Is(context);
        return options.BehindProxy.Count == 0
            && context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
            && IsOwnName(context.Request.Host.Host)
            && !MarksOfProxies.Any(context.Request.Headers.ContainsKey);
    }

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    public async Task HandleAsync(HttpContext context)
    {
        if (!MayRead(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = MetricsPage.ContentType;
        await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(MetricsPage.Write(metrics, latencies)), context.RequestAborted);
    }
}
