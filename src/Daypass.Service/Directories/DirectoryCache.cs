using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// The document sets that this node holds in memory: loaded on first use, kept current by the change feed alone (own commits come back
/// through it too, so changes are applied in the feed's order and none is skipped), dropped when they are not needed. How old what is here
/// may be, and who waits for what, is written down in docs/decisions/0011. Called by: the pipeline and the jobs.
/// </summary>
internal sealed class DirectoryCache : IDisposable
{
    /// <summary>How long a request waits for its account to load. The load goes on, for whoever comes next.</summary>
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReadBackPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly IStore _store;
    private readonly TimeProvider _time;
    private readonly DirectoryOptions _options;
    private readonly SetLoader _loader;
    private readonly CommitSender _commits;
    private readonly long _started;
    private Life? _life;
    private volatile int _tick = 1;

    public DirectoryCache(IStore store, TimeProvider time, DirectoryOptions? options = null)
    {
        (_store, _time, _options) = (store, time, options ?? new DirectoryOptions());
        _loader = new SetLoader(store, time);
        _commits = new CommitSender(store, time);
        _started = time.GetTimestamp();
        View = new FeedView(time, store.IsExclusive, _options.MaxStaleness, ReadFeedAsync);
        Writers = new WriterTurns(time);
        store.News += View.NoteNews;
    }

    /// <summary>A change to a set in memory was applied. Handlers hold up the feed: they note it and return.</summary>
    public event Action<Change>? Applied;

    /// <summary>
    /// The store leads another life (it was restored, or a failover lost commits): all sets were dropped and the installation's was read
    /// again. Raised before anybody can see the new one. Handlers hold up every request: they note it and return.
    /// </summary>
    public event Action? Reset;

    /// <summary>How old what is here is.</summary>
    public FeedView View { get; }

    /// <summary>The lines of this node's writers.</summary>
    public WriterTurns Writers { get; }

    /// <summary>What belongs to no account. Available after <see cref="StartAsync"/>.</summary>
    public InstallationDirectory Installation => Life.Installation.Installation!;

    /// <summary>The life of the store that what is here belongs to; compared by reference.</summary>
    public Life Life => Volatile.Read(ref _life) ?? throw new InvalidOperationException("The directory cache has not been started.");

    /// <summary>The feed's sequence up to which changes are in memory.</summary>
    public long AppliedSequence => Life.Sequence;

    /// <summary>How many document sets are in memory.</summary>
    public int Count => Life.Count;

    /// <summary>What the accounts in memory take, in estimated bytes.</summary>
    public long Bytes => Life.Accounts.Sum(set => set.Value.Bytes);

    /// <summary>How many accounts were dropped from memory since the start.</summary>
    public long Evicted { get; private set; }

    /// <summary>Reads the feed's position and the installation's set.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Nobody is served yet who could go on by what is in memory: a big installation or a busy machine gets as long as a call may take, not only
        // the silence by which a running node takes a store for away.
        if (!await View.BeginAsync().WaitAsync(cancellationToken) && !await View.BeginAsync().WaitAsync(cancellationToken))
            throw View.Failure ?? new StoreUnavailableException("The store does not answer.");
    }

    /// <summary>Follows the feed and drops what is not needed, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_store.IsExclusive ? Task.CompletedTask : View.FollowAsync(cancellationToken), SweepAsync(cancellationToken));

    /// <summary>An account's directory, from memory if it is there; null when the account does not exist.</summary>
    public ValueTask<AccountDirectory?> GetAsync(AccountId account, CancellationToken cancellationToken) =>
        Life.Find(account)?.View is { } view ? ValueTask.FromResult<AccountDirectory?>(view) : LoadAccountAsync(account, cancellationToken);

    /// <summary>Whether an account is in memory, or on its way.</summary>
    public bool Knows(AccountId account) => Life.Find(account) is not null;

    /// <summary>Notes that a proven caller needs an account: such accounts stay in memory longer.</summary>
    public void MarkUsed(AccountId account) => Life.Find(account)?.MarkUsed(_tick);

    /// <summary>Whether a decision may still rest on what was found in a life: nothing of it has been replaced or grown too old meanwhile.</summary>
    public bool Serves(Life life, long now, DateTimeOffset utcNow) => Volatile.Read(ref _life) == life && View.Serves(now, utcNow);

    /// <summary>Commits what rests on what is in memory now.</summary>
    public ValueTask<CommitResult> CommitAsync(Commit commit, CancellationToken cancellationToken) => CommitAsync(commit, Life, CommitPatience);

    /// <summary>
    /// Commits, and when that succeeded returns only after the change is in memory here: a write is readable at once. After a conflict, what
    /// got in the way is in memory, and the next try sees it. What began is carried through: no request's cancellation ends it.
    /// </summary>
    /// <param name="commit">What to write.</param>
    /// <param name="life">The life of the store that it rests on.</param>
    /// <param name="patience">How long to try when the outcome is not known at once.</param>
    /// <exception cref="StoreUnavailableException">The outcome is not known, or not in memory: it may have happened.</exception>
    public async ValueTask<CommitResult> CommitAsync(Commit commit, Life life, TimeSpan patience)
    {
        if (!IsLed(life))
            return new CommitResult(CommitOutcome.Conflict, default);
        var result = await SendAsync(commit, life, patience);
        await ReadBackAsync(life, result.Outcome == CommitOutcome.Committed ? result.Position.Sequence : long.MaxValue);
        return result;
    }

    /// <summary>Applies the feed up to its end, for jobs. Callers that only need a certain sequence return at once when it is there.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async ValueTask CatchUpAsync(long neededSequence, CancellationToken cancellationToken)
    {
        if (!(View.IsValid && Life.Sequence >= neededSequence) && !await View.ReadSinceAsync(_time.GetTimestamp()).WaitAsync(cancellationToken))
            throw new StoreUnavailableException("The feed cannot be read.", View.Failure);
    }

    /// <summary>Drops the sets that are not needed. Never while the store is away: what is dropped could not come back.</summary>
    public void Sweep()
    {
        _tick = 1 + (int)_time.GetElapsedTime(_started).TotalSeconds;
        if (View.IsAway || !View.IsValid)
            return;
        foreach (var (account, set) in SetEviction.Choose(Life.Accounts, _options.MemoryBudget, _tick))
        {
            if (Life.Remove(account, set))
                Evicted++;
        }
    }

    public void Dispose()
    {
        _store.News -= View.NoteNews;
        _loader.Dispose();
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            Sweep();
    }

    private async ValueTask<AccountDirectory?> LoadAccountAsync(AccountId account, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            // A stranger's number costs no I/O: every account there is stands in the installation's set.
            if (Installation.FindAccount(account) is null)
                return null;
            if (View.IsAway)
                throw new StoreUnavailableException("The account is not in memory, and the store is away.");
            if (await LoadAsync(Life, account, cancellationToken) is { } view)
                return view;
            // The store leads another life, or seems to: the feed tells.
            await View.CatchUpSinceAsync(_time.GetTimestamp());
        }
        throw new StoreUnavailableException("The store does not agree with itself on which life it leads.");
    }

    /// <summary>The account's directory; null when the store led another life than this by then.</summary>
    private async ValueTask<AccountDirectory?> LoadAsync(Life life, AccountId account, CancellationToken cancellationToken)
    {
        var set = life.Add(account);
        try
        {
            await set.LoadOnceAsync(id => _loader.LoadAsync(id, life), _tick).WaitAsync(LoadPatience, _time, cancellationToken);
            return IsLed(life) ? set.View : null;
        }
        catch (TimeoutException)
        {
            throw new StoreUnavailableException("The account is still being loaded.");
        }
        catch (Exception failure) when (set.HasFailed)
        {
            // A failed load must not stay: the next request tries again.
            life.Remove(account, set);
            if (failure is EpochChangedException)
                return null;
            throw;
        }
    }

    private bool IsLed(Life life) => Volatile.Read(ref _life) == life && View.IsValid;

    private async Task<CommitResult> SendAsync(Commit commit, Life life, TimeSpan patience)
    {
        try
        {
            return await _commits.SendAsync(commit, patience, () => IsLedStillAsync(life));
        }
        catch (EpochChangedException)
        {
            // What the commit rests on is of another life, so it is decided again.
            return new CommitResult(CommitOutcome.Conflict, default);
        }
    }

    private async Task<bool> IsLedStillAsync(Life life)
    {
        if (!await View.CanReadAsync(_time.GetTimestamp()))
            throw new StoreUnavailableException("The store does not answer.");
        return IsLed(life);
    }

    // Until the feed has been read up to a commit, or to its end. In a new life the end will do: what was committed to it is there.
    private async Task ReadBackAsync(Life life, long sequence)
    {
        var since = _time.GetTimestamp();
        while (!(IsLed(life) && life.Sequence >= sequence) && !View.IsReadSince(since))
        {
            if (await View.CanReadAsync(since))
                return;
            if (_time.GetElapsedTime(since) > ReadBackPatience)
                throw new StoreUnavailableException("A change was stored, but the store was lost before this node could read it back.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, CancellationToken.None);
        }
    }

    // The one look at the feed that is under way.
    private async Task ReadFeedAsync(FeedRound round)
    {
        if (_life is not { } life || !View.IsValid)
        {
            await BeginLifeAsync(round);
            return;
        }
        try
        {
            await ApplyFeedAsync(life, round);
        }
        catch (EpochChangedException)
        {
            View.Invalidate();
            await BeginLifeAsync(round);
        }
    }

    private async Task ApplyFeedAsync(Life life, FeedRound round)
    {
        var ahead = life.Ahead.End;
        var changes = _store.ChangesAfterAsync(life.Position, round.Abandoned).GetAsyncEnumerator(round.Abandoned);
        var isAnswered = false;
        try
        {
            while (await round.AnswerAsync(changes.MoveNextAsync().AsTask()))
            {
                if (life.Apply(changes.Current))
                    Applied?.Invoke(changes.Current);
            }
            isAnswered = true;
            if (life.Sequence < ahead)
                throw new EpochChangedException("The store has lost commits that a load had seen.");
        }
        finally
        {
            // An enumerator that still waits for the store cannot be ended: it ends with its cancellation.
            if (isAnswered || !round.IsAbandoned)
                await changes.DisposeAsync();
        }
    }

    private async Task BeginLifeAsync(FeedRound round)
    {
        var life = new Life(await round.AnswerAsync(_store.HeadAsync(round.Abandoned).AsTask()));
        await round.AnswerAsync(LoadInstallationAsync(life));
        var isFirst = _life is null;
        Volatile.Write(ref _life, life);
        if (!isFirst)
            Reset?.Invoke();
    }

    private async Task<bool> LoadInstallationAsync(Life life)
    {
        await life.Installation.LoadOnceAsync(id => _loader.LoadAsync(id, life), _tick);
        return true;
    }
}
