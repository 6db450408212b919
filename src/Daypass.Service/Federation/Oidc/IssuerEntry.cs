using Daypass.Jose;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Oidc;

/// <summary>
/// One issuer's keys and the fetching of them: one fetch at a time whoever waits, never inside the lock, and never for a key that was asked for in vain a
/// moment ago. Ages go by the clock that only runs forward.
/// </summary>
internal sealed class IssuerEntry(Func<CancellationToken, Task<JsonWebKeySet>> fetch, Action<FetchException> reportFailure, TimeProvider time, IssuerKeyOptions options)
{
    private static readonly TimeSpan StalePatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly MissingKeys _missing = new(time, options);
    private volatile Held? _held;
    private Task<JsonWebKeySet>? _flight;
    private FetchException? _failure;
    private TimeSpan _backoff;
    private long _failedAt;
    private int _waiting;
    private long _lastUsed = time.GetTimestamp();

    private sealed record Held(JsonWebKeySet Keys, long FetchedAt);

    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>The keys, if they have the token's and are young enough to use without waiting; else null.</summary>
    public JsonWebKeySet? TryGet(JsonWebToken token)
    {
        Volatile.Write(ref _lastUsed, time.GetTimestamp());
        if (_held is not { } held || AgeOf(held) is var age && age >= options.WaitAfter || held.Keys.Find(token, out _) is null)
            return null;
        if (age >= options.RefreshAfter)
            _ = Fly();
        return held.Keys;
    }

    /// <summary>The keys after asking the issuer, where it may be asked.</summary>
    /// <exception cref="ApiException">There are none to be had.</exception>
    public async Task<JsonWebKeySet> GetAsync(JsonWebToken token)
    {
        if (Interlocked.Increment(ref _waiting) > options.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Errors.ProviderAway("too many calls wait for it");
        }
        try
        {
            return UsableKeys() is not { } held ? await AskAsync() : held.Find(token, out _) is not null ? await RenewAsync(held) : await SeekAsync(token, held);
        }
        catch (FetchException failure)
        {
            throw ErrorOf(failure);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>There are no keys that may be used: whoever comes waits for them.</summary>
    private Task<JsonWebKeySet> AskAsync() => Fly() ?? throw LastFailure();

    /// <summary>The key is there, but old: it serves on if the issuer does not say otherwise in a moment.</summary>
    private async Task<JsonWebKeySet> RenewAsync(JsonWebKeySet held)
    {
        try
        {
            return Fly() is { } flight ? await flight.WaitAsync(StalePatience, time) : held;
        }
        catch (Exception failure) when (failure is FetchException or TimeoutException)
        {
            return held;
        }
    }

    /// <summary>The key is not among those held: perhaps the issuer has a new one.</summary>
    private async Task<JsonWebKeySet> SeekAsync(JsonWebToken token, JsonWebKeySet held)
    {
        if (!_missing.MayAsk(token))
            return held;
        var keys = await (Fly() ?? throw LastFailure());
        if (keys.Find(token, out _) is null)
            _missing.Note(token);
        return keys;
    }

    private JsonWebKeySet? UsableKeys() => _held is { } held && AgeOf(held) < options.FreshFor ? held.Keys : null;

    private TimeSpan AgeOf(Held held) => time.GetElapsedTime(held.FetchedAt);

    /// <summary>The fetch that is on its way, begun now if there is none; null while the last failure is too near.</summary>
    private Task<JsonWebKeySet>? Fly()
    {
        lock (_lock)
        {
            if (_flight is { IsCompleted: false } flight)
                return flight;
            if (_failure is not null && time.GetElapsedTime(_failedAt) < _backoff)
                return null;
            _flight = Task.Run(FetchAsync);
            // In the background nobody waits for it, and its failure is in the entry.
            _ = _flight.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _flight;
        }
    }

    private FetchException LastFailure()
    {
        lock (_lock)
            return _failure ?? new FetchException(FetchFault.Unreachable, "the last fetch has just failed");
    }

    private async Task<JsonWebKeySet> FetchAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(options.FetchPatience, time);
            // A fetcher that does not heed its token must not keep the entry busy for ever.
            var keys = await fetch(patience.Token).WaitAsync(patience.Token);
            Settle(new Held(keys, time.GetTimestamp()), null);
            return keys;
        }
        catch (Exception failure)
        {
            var told = failure as FetchException ?? new FetchException(FetchFault.Unreachable, failure is OperationCanceledException ? "it did not answer in time" : failure.GetType().Name);
            Settle(null, told);
            reportFailure(told);
            throw told;
        }
    }

    private void Settle(Held? held, FetchException? failure)
    {
        lock (_lock)
        {
            _failure = failure;
            _failedAt = time.GetTimestamp();
            _backoff = failure is null ? TimeSpan.Zero : _backoff == TimeSpan.Zero ? options.RetryAfter : _backoff * 2 is var twice && twice < LongestRetry ? twice : LongestRetry;
            _held = held ?? _held;
        }
    }

    private static ApiException ErrorOf(FetchException failure) => failure.Fault switch
    {
        FetchFault.Untrusted => Errors.ProviderNotTrusted(failure.Message),
        FetchFault.Unusable => Errors.NoVerificationKey(failure.Message),
        _ => Errors.ProviderAway(failure.Message),
    };
}
