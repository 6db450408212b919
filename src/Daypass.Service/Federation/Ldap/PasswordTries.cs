using System.Collections.Concurrent;
using System.Net;
using Daypass.Names;
using Daypass.Service.Guessing;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// How often wrong passwords may be shown (docs/decisions/0040 and 0050). From one source for one user: five, then one after waits that double up to a quarter of an
/// hour; a right one ends that. From one source for whomever: sixty, and one more every five seconds. These two are each node's own. For one user from
/// everywhere he was not in from before: a hundred, and ten more every ten minutes, at all nodes together; so who knows many addresses neither guesses more
/// often than that nor locks the owner out of where he works, which has as many of its own.
/// </summary>
internal sealed class PasswordTries(ITryClaims claims, TimeProvider time)
{
    public const int Free = 5;
    public const int FreeForSource = 60;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>For one user.</summary>
    public static readonly TryRule OfUser = new("ldap", OnCredit: 10, CreditBack: TimeSpan.FromMinutes(10), Slots: 9, Slot: TimeSpan.FromMinutes(10), InSlot: 10);

    private const int RememberedHomes = 100_000;
    private readonly SharedTries _users = new(OfUser, claims, time);
    private readonly TryCounts _pairs = new(LongestWait, time);
    private readonly TryCounts _sources = new(TimeSpan.FromSeconds(5), time);

    // Where a user was in from: only right passwords put anything here. Its count is its own, so that nobody's wrong ones anywhere are taken for his.
    private readonly ConcurrentDictionary<string, TryCounts> _homes = new(StringComparer.Ordinal);

    /// <summary>A guess at a user's password, counted before it is one; it ends right, wrong, or as none at all.</summary>
    /// <exception cref="ApiException">Throttling: not now.</exception>
    /// <exception cref="Stores.StoreUnavailableException">Tries of all nodes are needed, and the store is away.</exception>
    public async ValueTask<PasswordGuess> BeginAsync(AccountId account, IPAddress source, string user)
    {
        var network = NetworkOf(source);
        if (_sources.Add(network, FreeForSource) is var wait && wait > TimeSpan.Zero)
            throw Errors.TooManyPasswords(wait);
        var guess = new PasswordGuess(this, account, network);
        var isCounted = false;
        try
        {
            wait = await guess.CountAsync(user);
            isCounted = wait <= TimeSpan.Zero;
        }
        finally
        {
            if (!isCounted)
                guess.Dispose();
        }
        return isCounted ? guess : throw Errors.TooManyPasswords(wait);
    }

    internal async ValueTask<(TimeSpan Wait, TakenTry Taken)> TakeAsync(AccountId account, string network, string user)
    {
        var pair = $"{network}|{user}";
        // Those that are on the way at this moment may be right and do not count yet; of one source there are a few (LdapPlaces).
        if (Counts(pair).Wait(pair, After) is var wait && wait > TimeSpan.Zero)
            return (wait, default);
        var counted = _homes.ContainsKey(pair) ? pair : user;
        var taken = await _users.TakeAsync(account, counted);
        return taken.IsNone ? (taken.Wait, default) : (TimeSpan.Zero, new TakenTry(pair, counted, taken));
    }

    internal void BeWrong(TakenTry taken) => Counts(taken.Pair).Add(taken.Pair);

    internal void GiveBack(TakenTry taken) => _users.GiveBack(taken.Counted, taken.Shared);

    internal void GiveBackSource(string network) => _sources.TakeBack(network);

    internal void BeIn(TakenTry taken)
    {
        _users.GiveBack(taken.Counted, taken.Shared);
        // Whoever has so many addresses, and right passwords, is a stranger at some of them again.
        if (_homes.Count >= RememberedHomes)
            _homes.Clear();
        _homes[taken.Pair] = new TryCounts(LongestWait, time, width: 1);
    }

    private TryCounts Counts(string pair) => _homes.GetValueOrDefault(pair) ?? _pairs;

    private static TimeSpan After(double wrong) =>
        Math.Ceiling(wrong) is var count && count < Free ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, count - Free), LongestWait.TotalSeconds));

    // An IPv6 caller has a whole /64 to choose addresses from.
    private static string NetworkOf(IPAddress source)
    {
        var bytes = source.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 16 && !source.IsIPv4MappedToIPv6 ? 8 : bytes.Length));
    }
}

/// <param name="Pair">The source and the user.</param>
/// <param name="Counted">What the try is one of.</param>
/// <param name="Shared">The try itself.</param>
internal readonly record struct TakenTry(string Pair, string Counted, SharedTry Shared);

/// <summary>A guess, under each of the names that the user is counted by. Until it is known to be wrong or right, it is neither.</summary>
internal sealed class PasswordGuess(PasswordTries tries, AccountId account, string network) : IDisposable
{
    private readonly List<TakenTry> _taken = [];
    private bool _isOver;

    /// <summary>How long until the user may be guessed at under this name; zero or less, and it is counted, if now.</summary>
    public async ValueTask<TimeSpan> CountAsync(string user)
    {
        var (wait, taken) = await tries.TakeAsync(account, network, user);
        if (wait <= TimeSpan.Zero)
            _taken.Add(taken);
        return wait;
    }

    public void Wrong()
    {
        _isOver = true;
        _taken.ForEach(tries.BeWrong);
    }

    public void Right()
    {
        _isOver = true;
        _taken.ForEach(tries.BeIn);
        tries.GiveBackSource(network);
    }

    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        _taken.ForEach(tries.GiveBack);
        tries.GiveBackSource(network);
    }
}
