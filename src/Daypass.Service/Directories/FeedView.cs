using System.Security.Cryptography;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// How old this node's view is, and the one shared look at the feed that makes it new (docs/decisions/0011). Owns: the view time, whether
/// the store is away, the rhythm of looks. Does not own: what is read. Called by: the directory cache.
/// </summary>
internal sealed class FeedView
{
    /// <summary>How often the feed is looked at when nothing hints at news.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>A view older than this serves nobody while the store answers.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    /// <summary>How long the store has to be away before refusals rest on what this node knows.</summary>
    public static readonly TimeSpan Hiccup = TimeSpan.FromSeconds(5);

    /// <summary>How long a request waits for a look at the feed that makes progress.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly bool _isExclusive;
    private readonly TimeSpan _maxStaleness;
    private readonly Func<FeedRound, Task> _read;
    private FeedRound? _running;
    private FeedRound? _next;
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastStarted;
    private long _viewTime;
    private long _viewUtcTicks;
    private long _hints;
    private long _hintsSeen;
    private long _awaySince;
    private int _failures;
    private volatile bool _isValid;
    private volatile bool _isAway;
    private volatile Exception? _failure;

    /// <param name="read">Reads the feed to its end; throws when the store does not let it.</param>
    public FeedView(TimeProvider time, bool isExclusive, TimeSpan maxStaleness, Func<FeedRound, Task> read)
    {
        (_time, _isExclusive, _maxStaleness, _read) = (time, isExclusive, maxStaleness, read);
        _lastStarted = _viewTime = time.GetTimestamp();
    }

    /// <summary>Whether the last look at the feed failed or got no answer.</summary>
    public bool IsAway => _isAway && !_isExclusive;

    /// <summary>
    /// Whether the store has been away for longer than a slow moment or a failover takes. Until then what was granted at another node may be
    /// what this one has not heard of, so nobody is told no for want of it.
    /// </summary>
    public bool IsOut => IsAway && _time.GetElapsedTime(Volatile.Read(ref _awaySince)) >= Hiccup;

    /// <summary>Why the last look failed; null while the store answers.</summary>
    public Exception? Failure => _failure;

    /// <summary>Whether what is in memory is of the life that the store leads now, as far as this node knows.</summary>
    public bool IsValid => _isValid;

    /// <summary>How long ago the view was true everywhere; zero when nobody else can write.</summary>
    public TimeSpan Age => _isExclusive ? TimeSpan.Zero : AgeAt(_time.GetTimestamp(), _time.GetUtcNow());

    /// <summary>Whether all that was written anywhere before a moment (a timestamp of the time provider) is in memory here.</summary>
    public bool IsCurrentSince(long timestamp) => _isValid && (_isExclusive || Volatile.Read(ref _viewTime) >= timestamp);

    /// <summary>Whether the feed was read to its end by a look that began after a moment.</summary>
    public bool IsReadSince(long timestamp) => _isValid && Volatile.Read(ref _viewTime) >= timestamp;

    /// <summary>Whether a decision may rest on the view: it is young, or the store is away and it is not too old.</summary>
    public bool Serves(long now, DateTimeOffset utcNow)
    {
        if (!_isValid || _isExclusive)
            return _isValid;
        var age = AgeAt(now, utcNow);
        return age <= MaxAge || (_isAway && age <= _maxStaleness);
    }

    /// <summary>
    /// Waits, a bounded time, until a decision may rest on the view. Costs two reads of memory when it may at once.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It may not: the store has been away for too long, or the node cannot keep up with it.</exception>
    public ValueTask ReadyAsync(long now, DateTimeOffset utcNow) =>
        Serves(now, utcNow) && (_isAway || !HasNews) ? ValueTask.CompletedTask : WaitUntilReadyAsync(now, utcNow);

    /// <summary>Waits, a bounded time, for a look at the feed that began after a moment; false when the store is away.</summary>
    public async ValueTask<bool> CatchUpSinceAsync(long timestamp)
    {
        if (IsCurrentSince(timestamp))
            return true;
        return !_isAway && await CanReadAsync(timestamp);
    }

    /// <summary>
    /// The same for those who have proven nothing: they wait for a look that is due anyway, so however many they are and whatever they ask,
    /// the store is asked no oftener than it would be without them.
    /// </summary>
    public async ValueTask<bool> CatchUpWhenDueAsync(long timestamp)
    {
        while (!IsCurrentSince(timestamp))
        {
            if (_isAway)
                return false;
            if (JoinWhenDue(timestamp) is not { } round)
                await PauseAsync(UntilDue());
            else if (!await IsToldAsync(round.Outcome))
                return false;
        }
        return true;
    }

    /// <summary>Waits, a bounded time, for a look at the feed, also when the store was away just now; false when it did not succeed.</summary>
    public ValueTask<bool> CanReadAsync(long since, long hints = 0) => IsToldAsync(ReadSinceAsync(since, hints));

    /// <summary>
    /// Waits, a bounded time, for a look at the feed that began after a moment, for those who cannot go on by what is in memory: a store that
    /// is slow and not away gets its time. False when the look failed, or took too long.
    /// </summary>
    public ValueTask<bool> InsistSinceAsync(long timestamp) =>
        IsCurrentSince(timestamp) ? ValueTask.FromResult(true) : IsToldAsync(Join(timestamp).End);

    /// <summary>
    /// The same for those who are shown what is in memory when it fails. That the store was away when it was asked last says nothing of now:
    /// another node may have found it again, and may have written. So it is asked, and in an outage only a store that is silent is not waited for.
    /// </summary>
    public async ValueTask<bool> LookSinceAsync(long timestamp)
    {
        // Twice, as a look that failed may have begun before.
        for (var tries = 0; tries < 2 && !(IsSilent && (IsOut || tries > 0)); tries++)
        {
            if (await (IsOut ? CanReadAsync(timestamp) : InsistSinceAsync(timestamp)))
                return true;
        }
        return IsCurrentSince(timestamp);
    }

    /// <summary>
    /// Starts a look at the feed, or joins one that began after a moment and after so many hints. Tries also when the store was away just now.
    /// </summary>
    public Task<bool> ReadSinceAsync(long timestamp, long hints = 0) => Join(timestamp, hints).Outcome;

    /// <summary>The first look. False when the store failed, or said nothing for as long as a call may take.</summary>
    public Task<bool> BeginAsync() => Join(_time.GetTimestamp()).End;

    /// <summary>Somebody may have written: who comes from now on waits until it is known what.</summary>
    public void NoteNews()
    {
        Interlocked.Increment(ref _hints);
        Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>What is in memory is of another life of the store: nothing may rest on it until a look at the feed succeeds.</summary>
    public void Invalidate() => _isValid = false;

    /// <summary>Looks at the feed at every interval and at every hint, and later and later while the store is away. Runs until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wake = Volatile.Read(ref _wake).Task;
            if (!HasNews && !_isAway && UntilDue() is var early && early > TimeSpan.Zero)
            {
                await WaitAsync(wake, early, cancellationToken);
                continue;
            }
            if (NextRound() is { } round && !await round.Outcome.WaitAsync(cancellationToken))
                await WaitAsync(wake, Backoff(), cancellationToken);
        }
    }

    private bool HasNews => !_isExclusive && Volatile.Read(ref _hints) != Volatile.Read(ref _hintsSeen);

    // The clock that counts does not run while the machine sleeps, and the other one may be set: the view is as old as the older says.
    private TimeSpan AgeAt(long now, DateTimeOffset utcNow)
    {
        var elapsed = _time.GetElapsedTime(Volatile.Read(ref _viewTime), now).Ticks;
        return TimeSpan.FromTicks(Math.Max(elapsed, utcNow.UtcTicks - Volatile.Read(ref _viewUtcTicks)));
    }

    // Whether a look is under way that has had no answer for too long.
    private bool IsSilent
    {
        get
        {
            lock (_lock)
                return _running is { Outcome.IsCompleted: true };
        }
    }

    // A hint asks for what was committed before it, and a look that began after it may be under way already.
    private FeedRound? NextRound() =>
        HasNews ? Join(long.MinValue, Volatile.Read(ref _hints)) : _isAway ? Join(_time.GetTimestamp()) : JoinWhenDue(_time.GetTimestamp());

    private TimeSpan UntilDue() => Interval - _time.GetElapsedTime(Volatile.Read(ref _lastStarted));

    private async ValueTask WaitUntilReadyAsync(long now, DateTimeOffset utcNow)
    {
        // A hint asks for what was committed before it; an old view (the process was paused, the job stuck) for all until now.
        var since = Serves(now, utcNow) ? long.MinValue : now;
        do
        {
            if (!_isAway && await CanReadAsync(since, Volatile.Read(ref _hints)))
                return;
            if (Serves(_time.GetTimestamp(), _time.GetUtcNow()))
                return;
            // The store was silent, and has answered before this went on: away it is no more, and the view is as old as the look that it kept waiting.
        }
        while (!_isAway && _time.GetElapsedTime(now) < Patience);
        throw new StoreUnavailableException("What this node knows is too old to decide by, and the store does not tell it more.", _failure);
    }

    private FeedRound Join(long timestamp, long hints = 0)
    {
        lock (_lock)
        {
            if (_running is null)
                return Start(NewRound());
            return _running.Started >= timestamp && _running.Hints >= hints ? _running : _next ??= NewRound();
        }
    }

    // Null when none is due. Found out under the lock: of all who see at one moment that one is due, each would begin one after the other.
    private FeedRound? JoinWhenDue(long timestamp)
    {
        lock (_lock)
            return UntilDue() > TimeSpan.Zero && !(_running?.Started >= timestamp) ? null : Join(timestamp);
    }

    private FeedRound NewRound() => new(_time, OnSilence);

    // Called under the lock.
    private FeedRound Start(FeedRound round)
    {
        round.Begin(Volatile.Read(ref _hints));
        Volatile.Write(ref _lastStarted, round.Started);
        _running = round;
        _ = Task.Run(() => RunAsync(round), CancellationToken.None);
        return round;
    }

    private async Task RunAsync(FeedRound round)
    {
        // A store that was there until now is asked twice: after a failover every connection of a pool fails once.
        var failure = await TryAsync(round);
        if (failure is not null && !_isAway)
            failure = await TryAsync(round);
        lock (_lock)
        {
            var next = _next;
            (_running, _next) = (null, null);
            if (failure is null)
                Succeed(round);
            else
                Fail(failure);
            round.Finish(failure is null);
            if (next is not null && failure is null)
                Start(next);
            else
                next?.Finish(false);
        }
    }

    private async Task<Exception?> TryAsync(FeedRound round)
    {
        try
        {
            await _read(round);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private void Succeed(FeedRound round)
    {
        Volatile.Write(ref _hintsSeen, round.Hints);
        Volatile.Write(ref _viewUtcTicks, round.StartedAt.UtcTicks);
        Volatile.Write(ref _viewTime, round.Started);
        (_isAway, _failure, _failures, _isValid) = (false, null, 0, true);
    }

    private void Fail(Exception failure)
    {
        _failures++;
        _failure = failure;
        BeAway();
    }

    private void BeAway()
    {
        if (!_isAway)
            Volatile.Write(ref _awaySince, _time.GetTimestamp());
        _isAway = true;
    }

    // Those who wait go on by what they have; the look itself still may get its answer.
    private void OnSilence(FeedRound round)
    {
        lock (_lock)
        {
            if (_running != round)
                return;
            BeAway();
            _failure ??= new StoreUnavailableException("The store does not answer.");
            round.Tell(false);
            _next?.Tell(false);
            _next = _next?.Again();
        }
    }

    private async Task WaitAsync(Task wake, TimeSpan limit, CancellationToken cancellationToken)
    {
        await wake.WaitAsync(limit, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (wake.IsCompleted)
            Volatile.Write(ref _wake, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private Task PauseAsync(TimeSpan length) => length > TimeSpan.Zero ? Task.Delay(length, _time, CancellationToken.None) : Task.CompletedTask;

    private async ValueTask<bool> IsToldAsync(Task<bool> look)
    {
        try
        {
            return await look.WaitAsync(Patience, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Spread by up to half, so that nodes do not come back to a store all at once.
    private TimeSpan Backoff()
    {
        var whole = Math.Min(LongestBackoff.TotalMilliseconds, 25 * Math.Pow(2, Math.Min(10, Volatile.Read(ref _failures))));
        return TimeSpan.FromMilliseconds(whole * (0.5 + RandomNumberGenerator.GetInt32(500) / 1000.0));
    }
}
