namespace Daypass.Server.Telemetry;

/// <summary>Marks the connections of <c>--metrics-url</c>: they get metrics and health, and no API.</summary>
internal sealed class MetricsAddress
{
    public static readonly MetricsAddress Mark = new();

    public static bool Is(HttpContext context) => context.Features.Get<MetricsAddress>() is not null;
}
