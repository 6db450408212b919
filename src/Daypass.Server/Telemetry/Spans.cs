using System.Diagnostics;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Telemetry;

/// <summary>
/// Where traces begin. Spans say what was asked and how it ended; never who asked, with what, or about whom. Without an exporter nobody
/// listens, and none is made.
/// </summary>
internal static class Spans
{
    public const string SourceName = "Daypass";

    public static readonly ActivitySource Source = new(SourceName);

    public static void Describe(Activity span, ApiAction? action, ApiError? error, string requestId)
    {
        span.DisplayName = action?.Name ?? "unknown";
        span.SetTag("rpc.system", action?.Service.Dialect is null ? "aws-api" : "ucloud-api").SetTag("rpc.service", action?.Service.Name ?? "unknown").SetTag("rpc.method", span.DisplayName);
        span.SetTag("daypass.request_id", requestId).SetTag("daypass.outcome", RequestMetrics.NameOf(RequestMetrics.OutcomeOf(error)));
        if (error is null)
            return;
        span.SetTag("error.type", error.Code);
        if (error.IsReceiver)
            span.SetStatus(ActivityStatusCode.Error);
    }
}
