using System.Diagnostics.Metrics;
using Daypass.Server.Health;
using Daypass.Server.Setup;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Daypass.Server.Telemetry;

/// <summary>
/// Sends the metrics of <c>/metrics</c> and a trace of each request to an OpenTelemetry collector. Only where one is named: otherwise nothing
/// listens, and neither spans nor instruments cost anything. OpenTelemetry's own variables say the rest (protocol, headers, sampling, interval).
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private OtlpExport(Uri collector, OtlpExportProtocol protocol, string instance)
    {
        var resource = ResourceBuilder.CreateEmpty()
            .AddService("daypass", serviceVersion: HealthEndpoint.Version, autoGenerateServiceInstanceId: false, serviceInstanceId: instance)
            .AddTelemetrySdk()
            // The last word: OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Spans.SourceName)
            .AddOtlpExporter(exporter => Configure(exporter, collector, protocol, "v1/metrics")).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Spans.SourceName)
            .AddOtlpExporter(exporter => Configure(exporter, collector, protocol, "v1/traces")).Build();
    }

    /// <summary>Begins to send, if a collector is named; else null.</summary>
    /// <exception cref="StartException">What names it is not usable.</exception>
    public static OtlpExport? Start(ServerOptions options, Func<string, string?> environment, Meter meter, IEnumerable<Metric> metrics, string instance)
    {
        var named = environment(EndpointVariable);
        if (options.Otlp is null && string.IsNullOrEmpty(named))
            return null;
        if (!Uri.TryCreate(options.Otlp?.ToString() ?? named, UriKind.Absolute, out var collector))
            throw new StartException($"The variable {EndpointVariable} is not an address: '{named}'.");
        foreach (var metric in metrics)
            Publish(meter, metric);
        return new OtlpExport(collector, environment(ProtocolVariable) == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf, instance);
    }

    /// <summary>Sends what is left, and stops.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void Configure(OtlpExporterOptions exporter, Uri collector, OtlpExportProtocol protocol, string path)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? collector : new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}");
    }

    private static void Publish(Meter meter, Metric metric)
    {
        IEnumerable<Measurement<double>> Observe() =>
            metric.Read().Select(sample => new Measurement<double>(sample.Value, sample.Labels.Select(label => new KeyValuePair<string, object?>(label.Key, label.Value))));
        if (metric.Kind == MetricKind.Counter)
            meter.CreateObservableCounter(metric.Name, Observe, description: metric.Help);
        else
            meter.CreateObservableGauge(metric.Name, Observe, description: metric.Help);
    }
}
