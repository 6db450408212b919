namespace Daypass.Server.Telemetry;

/// <summary>What the process itself uses, under the names that Prometheus' clients have for it.</summary>
internal static class ProcessMetrics
{
    public static IEnumerable<Metric> All(DateTimeOffset started) =>
    [
        Metric.Of("process_start_time_seconds", MetricKind.Gauge, "When the process started, in seconds since 1970.", () => started.ToUnixTimeMilliseconds() / 1000.0),
        Metric.Of("process_cpu_seconds_total", MetricKind.Counter, "Processor time used, user and system.", () => Environment.CpuUsage.TotalTime.TotalSeconds),
        Metric.Of("process_resident_memory_bytes", MetricKind.Gauge, "Memory in use, as the operating system counts it.", () => Environment.WorkingSet),
        Metric.Of("dotnet_gc_heap_bytes", MetricKind.Gauge, "Memory that managed objects take.", () => GC.GetTotalMemory(forceFullCollection: false)),
        Metric.Of("dotnet_gc_allocated_bytes_total", MetricKind.Counter, "Memory that managed objects have taken since the start.", () => GC.GetTotalAllocatedBytes()),
        Metric.Of("dotnet_gc_pause_seconds_total", MetricKind.Counter, "Time that the garbage collector has held all threads.", () => GC.GetTotalPauseDuration().TotalSeconds),
        new("dotnet_gc_collections_total", MetricKind.Counter, "Garbage collections by generation.", () =>
            Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => Sample.Of(Collections(generation), ("generation", generation switch { 0 => "0", 1 => "1", _ => "2" })))),
        Metric.Of("dotnet_threadpool_threads", MetricKind.Gauge, "Threads of the pool.", () => ThreadPool.ThreadCount),
        Metric.Of("dotnet_threadpool_queue_length", MetricKind.Gauge, "Work that waits for a thread of the pool.", () => ThreadPool.PendingWorkItemCount),
    ];

    // A collection of a generation is one of the younger ones too, as the runtime counts.
    private static int Collections(int generation) =>
        GC.CollectionCount(generation) - (generation < GC.MaxGeneration ? GC.CollectionCount(generation + 1) : 0);
}
