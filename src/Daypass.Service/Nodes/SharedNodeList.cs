using Daypass.Service.Stores;

namespace Daypass.Service.Nodes;

/// <summary>
/// The registry, asked for once at a time however many want it: lookups that wait for a node would else ask the store twenty times a second
/// each. Whoever asks gets an answer that was asked for after that, and may wait a moment for it.
/// </summary>
internal sealed class SharedNodeList(IStore store, TimeProvider time)
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(10);
    private readonly Lock _lock = new();
    private Task<NodeList>? _running;
    private Task<NodeList>? _next;
    private long _asked = long.MinValue;

    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public Task<NodeList> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return Join().WaitAsync(cancellationToken);
    }

    // No caller's cancellation ends what others wait for.
    private Task<NodeList> Join()
    {
        if (_next is not null)
            return _next;
        return _running is null or { IsCompleted: true } && UntilDue <= TimeSpan.Zero ? _running = Task.Run(AskAsync) : _next = FollowAsync(_running);
    }

    private async Task<NodeList> FollowAsync(Task? before)
    {
        await (before ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (UntilDue is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, time, CancellationToken.None).ConfigureAwait(false);
        lock (_lock)
            (_running, _next) = (_next, null);
        return await AskAsync().ConfigureAwait(false);
    }

    private Task<NodeList> AskAsync()
    {
        Volatile.Write(ref _asked, time.GetTimestamp());
        return store.NodesAsync(CancellationToken.None).AsTask();
    }

    private TimeSpan UntilDue => Volatile.Read(ref _asked) is var asked and not long.MinValue ? Rhythm - time.GetElapsedTime(asked) : TimeSpan.Zero;
}
