using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Service.Nodes;

/// <summary>
/// Keeps this node's row in the registry: that it lives, and up to which moment of the store's clock everything that it answered is in the
/// store. The order makes the second true: the store tells its time, then the journal is looked at, then all that is in it is shipped, and only
/// then that time is reported. Called by: the server, before it serves (a node must not answer what no registry knows of), while it runs, and
/// at its end.
/// </summary>
internal sealed class NodeReporter(IStore store, AuditJournal journal, AuditShipper shipper, Func<long> applied, string name, string version, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(5);

    // Shorter than what makes a node missing: one with a long backlog is late, and lives.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private string? _reportedAs;
    private (DateTimeOffset Moment, long Sequence)? _pending;
    private DateTimeOffset? _shippedUntil;

    /// <summary>For people: machine, port and process. The port is known when the server listens.</summary>
    public string Name { get; set; } = name;

    public NodeReport Describe(DateTimeOffset? shippedUntil) => new(journal.Node, Name, version, applied(), shippedUntil);

    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        if (!store.IsExclusive)
            await ReportAsync(null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports until cancelled; a report that fails is made again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!store.IsExclusive && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReportOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is StoreUnavailableException or OperationCanceledException)
            {
                // The next one comes soon; meanwhile the others see this node go missing.
            }
            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Takes the row away when the journal is empty and will stay so: what the node has answered is in the store. Otherwise it stays, and
    /// lookups say that something may be missing.
    /// </summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (!store.IsExclusive && journal.ShippedSequence >= journal.LastSequence)
            await store.RemoveNodeAsync(journal.Node, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One round: asks the time, ships, reports.</summary>
    public async Task ReportOnceAsync(CancellationToken cancellationToken)
    {
        var now = await ReportAsync(_shippedUntil, cancellationToken).ConfigureAwait(false);
        // Only now: whatever was answered before the store's clock stood there is in the journal by now.
        var pending = _pending ??= (now, journal.DurableSequence);
        if (!await IsShippedAsync(pending.Sequence, cancellationToken).ConfigureAwait(false))
            return;
        (_pending, _shippedUntil) = (null, pending.Moment);
        await ReportAsync(_shippedUntil, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsShippedAsync(long sequence, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await shipper.WaitForAsync(sequence, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        // A store that was put back from a backup has lost what this node shipped before.
        var stored = await store.AuditWatermarkAsync(journal.Node, limit.Token).ConfigureAwait(false);
        if (Math.Max(stored, journal.Floor) >= sequence)
            return true;
        shipper.Doubt();
        return false;
    }

    private async Task<DateTimeOffset> ReportAsync(DateTimeOffset? shippedUntil, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestCall, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var report = Describe(shippedUntil);
        var now = await store.ReportNodeAsync(report, limit.Token).ConfigureAwait(false);
        // The journal took another id (it was put back from a backup): under the old one nothing will come any more, and all is there.
        if (_reportedAs is { } old && old != report.Node)
            await store.RemoveNodeAsync(old, limit.Token).ConfigureAwait(false);
        if (_reportedAs != report.Node)
            (_reportedAs, _pending, _shippedUntil) = (report.Node, null, null);
        return now;
    }
}
