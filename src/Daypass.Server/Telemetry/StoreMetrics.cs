using System.Diagnostics;
using System.Diagnostics.Metrics;
using Daypass.Service.Stores;

namespace Daypass.Server.Telemetry;

/// <summary>What the calls to the store came to. Called by: <see cref="MeasuredStore"/>.</summary>
internal sealed class StoreMetrics
{
    private static readonly string[] CommitNames = ["committed", "conflict", "claim_taken", "unknown"];
    private readonly long[] _commits = new long[CommitNames.Length];
    private readonly List<StoreCall> _calls = [];

    public StoreMetrics(Meter meter, TimeProvider time, ILogger logger)
    {
        Durations = new LatencyFamily(meter, "daypass_store_call_duration_seconds", "Time of calls to the store, by call.");
        (Reading, Writing) = (new StoreState("read", time, logger), new StoreState("write", time, logger));
    }

    public LatencyFamily Durations { get; }

    public StoreState Reading { get; }

    public StoreState Writing { get; }

    public IEnumerable<Metric> All =>
    [
        new("daypass_store_up", MetricKind.Gauge, "Whether the store answered the last call (1) or is away (0), for reading and for writing.",
            () => [Up(Reading), Up(Writing)]),
        new("daypass_store_calls_total", MetricKind.Counter, "Calls to the store by how they ended: ok, away, or error.", () => _calls.SelectMany(call => call.Samples())),
        new("daypass_commits_total", MetricKind.Counter, "Writes by how they ended; of unknown ones the store went away before it answered.",
            () => _commits.Select((_, i) => Sample.Of(Volatile.Read(ref _commits[i]), ("outcome", CommitNames[i])))),
    ];

    public StoreCall Call(string name, StoreState state)
    {
        var call = new StoreCall(name, state, Durations.Add(new KeyValuePair<string, string>("call", name)));
        _calls.Add(call);
        return call;
    }

    /// <param name="outcome">Null when the store did not say.</param>
    public void CountCommit(CommitOutcome? outcome) => Interlocked.Increment(ref _commits[outcome is { } known ? (int)known : CommitNames.Length - 1]);

    private static Sample Up(StoreState state) => Sample.Of(state.AwayFor is null ? 1 : 0, ("for", state.Side));
}

/// <summary>One kind of call to the store.</summary>
internal sealed class StoreCall(string name, StoreState state, Latency latency)
{
    private long _ok;
    private long _away;
    private long _errors;

    /// <summary>A span under the request's, if requests are traced; work beside the requests makes none.</summary>
    public Activity? StartSpan() => Activity.Current is null ? null : Spans.Source.StartActivity("store " + name, ActivityKind.Client);

    public void Succeeded(long started)
    {
        Interlocked.Increment(ref _ok);
        latency.Record(Stopwatch.GetElapsedTime(started));
        state.Answered(started);
    }

    public void Failed(Exception reason, long started)
    {
        latency.Record(Stopwatch.GetElapsedTime(started));
        if (reason is StoreUnavailableException)
        {
            Interlocked.Increment(ref _away);
            state.Failed(reason);
        }
        else if (reason is not OperationCanceledException)
        {
            Interlocked.Increment(ref _errors);
        }
    }

    public IEnumerable<Sample> Samples() =>
    [
        Sample.Of(Volatile.Read(ref _ok), ("call", name), ("result", "ok")),
        Sample.Of(Volatile.Read(ref _away), ("call", name), ("result", "away")),
        Sample.Of(Volatile.Read(ref _errors), ("call", name), ("result", "error")),
    ];
}
