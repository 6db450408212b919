namespace Daypass.Server.Telemetry;

/// <summary>
/// Metrics, and all of the address that <c>--metrics-url</c> names, stand before everything else: whether a peer may look is decided before
/// forwarded headers are believed, and the guard of plain http is not for them.
/// </summary>
internal static class Watching
{
    public static void UseWatching(this WebApplication app, Wiring wiring) => app.Use((context, next) =>
    {
        if (context.Request.Path == "/metrics")
            return wiring.Metrics.HandleAsync(context);
        // No API there: whoever may watch need not be able to call.
        return MetricsAddress.Is(context) ? wiring.Health.HandleAsync(context) : next(context);
    });
}
