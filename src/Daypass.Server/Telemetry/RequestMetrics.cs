using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Daypass.Leases;
using Daypass.Service.Actions.Daypass;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Telemetry;

/// <summary>How a request ended.</summary>
internal enum RequestOutcome
{
    Ok,

    /// <summary>Not allowed, or not proven to be who it said.</summary>
    Denied,

    /// <summary>It could not be carried out as it was asked: a wrong parameter, something that is not there, a conflict.</summary>
    Invalid,
    Throttled,

    /// <summary>503: the store or the journal could not be used.</summary>
    Unavailable,

    /// <summary>A fault of ours.</summary>
    Failed,
}

/// <summary>Counts requests by action and outcome, and how long they took. Called by: the API endpoint, once for each request.</summary>
internal sealed class RequestMetrics
{
    private static readonly string[] OutcomeNames = [.. Enum.GetNames<RequestOutcome>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] LeaseResults = ["granted", "unchanged", "refused"];
    private readonly FrozenDictionary<ApiAction, Series> _actions;
    private readonly Series _unknown;
    private readonly long[] _leases = new long[LeaseResults.Length];

    public RequestMetrics(Meter meter, ActionCatalog catalog)
    {
        Durations = new LatencyFamily(meter, "daypass_request_duration_seconds", "Time from a request's last byte to its answer, by action.");
        _actions = catalog.Everything.ToFrozenDictionary(action => action, action => new Series(Durations, action.Service.MetricName, action.Name));
        _unknown = new Series(Durations, "unknown", "unknown");
    }

    public LatencyFamily Durations { get; }

    public IEnumerable<Metric> All =>
    [
        new("daypass_requests_total", MetricKind.Counter, "Requests by action and outcome.", () => _actions.Values.Append(_unknown).SelectMany(series => series.Samples())),
        new("daypass_leases_total", MetricKind.Counter, "Leases asked for by protected services: granted, unchanged (used on), or refused.",
            () => _leases.Select((count, i) => Sample.Of(Volatile.Read(ref _leases[i]), ("result", LeaseResults[i])))),
    ];

    public static string NameOf(RequestOutcome outcome) => OutcomeNames[(int)outcome];

    public static RequestOutcome OutcomeOf(ApiError? error) => error switch
    {
        null => RequestOutcome.Ok,
        { Code: "Throttling" } => RequestOutcome.Throttled,
        { Status: 503 } => RequestOutcome.Unavailable,
        { Status: >= 500 } => RequestOutcome.Failed,
        { Status: 401 or 403 } => RequestOutcome.Denied,
        _ => RequestOutcome.Invalid,
    };

    /// <param name="action">Null for a request that named none.</param>
    public void Count(ApiAction? action, in ApiAnswer answer, TimeSpan elapsed)
    {
        (action is null ? _unknown : _actions[action]).Count(OutcomeOf(answer.Error), elapsed);
        if (answer.Response is AcquireLeases.Response leases)
            CountLeases(leases);
    }

    private void CountLeases(AcquireLeases.Response leases)
    {
        for (var i = 0; i < leases.Leases.Count; i++)
            Interlocked.Increment(ref _leases[leases.Leases[i].Status switch { LeaseProtocol.Granted => 0, LeaseProtocol.Unchanged => 1, _ => 2 }]);
    }

    private sealed class Series
    {
        private readonly long[] _outcomes = new long[OutcomeNames.Length];
        private readonly Latency _latency;

        public Series(LatencyFamily durations, string service, string action) => _latency = durations.Add(new("service", service), new("action", action));

        public void Count(RequestOutcome outcome, TimeSpan elapsed)
        {
            Interlocked.Increment(ref _outcomes[(int)outcome]);
            _latency.Record(elapsed);
        }

        // Actions that nobody has called have no lines: there are about a hundred.
        public IEnumerable<Sample> Samples() => _outcomes.Any(count => count > 0)
            ? _outcomes.Select((_, i) => new Sample(Volatile.Read(ref _outcomes[i]), [.. _latency.Labels, new("outcome", OutcomeNames[i])]))
            : [];
    }
}
