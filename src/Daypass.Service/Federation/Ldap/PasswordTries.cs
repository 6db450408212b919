using System.Collections.Concurrent;
using System.Net;

namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// How often wrong passwords may be shown at this node (docs/decisions/0040). From one source for one user: five, then one after waits that double up to
/// a quarter of an hour; a right one ends that. For one user from everywhere he was not in from before: a hundred, and one more a minute; so who knows
/// many addresses does not lock the owner out of where he works. From one source for whomever: sixty, and one more every five seconds.
/// </summary>
internal sealed class PasswordTries(TimeProvider time)
{
    public const int Free = 5;
    public const int FreeForUser = 100;
    public const int FreeForSource = 60;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RefillOfUser = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefillOfSource = TimeSpan.FromSeconds(5);

    /// <summary>What is remembered at most; whoever has been quiet for a day is forgotten first.</summary>
    private const int Remembered = 100_000;
    private static readonly TimeSpan Idle = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<string, Tries> _all = new(StringComparer.Ordinal);

    /// <summary>How long until the next may be shown; zero or less if now.</summary>
    public TimeSpan Wait(IPAddress source, string user)
    {
        var here = Find(Pair(source, user));
        var wait = here?.Backoff(time) ?? TimeSpan.Zero;
        if (here is not { WasIn: true })
            wait = Max(wait, Find(user)?.Drained(FreeForUser, RefillOfUser, time) ?? TimeSpan.Zero);
        return Max(wait, Find(NetworkOf(source))?.Drained(FreeForSource, RefillOfSource, time) ?? TimeSpan.Zero);
    }

    /// <param name="users">The user, under each of the names that he is counted by.</param>
    public void Wrong(IPAddress source, params ReadOnlySpan<string> users)
    {
        foreach (var user in users)
        {
            Of(Pair(source, user)).Add(time);
            Of(user).Fill(RefillOfUser, time);
        }
        Of(NetworkOf(source)).Fill(RefillOfSource, time);
    }

    /// <inheritdoc cref="Wrong"/>
    public void Right(IPAddress source, params ReadOnlySpan<string> users)
    {
        foreach (var user in users)
            Of(Pair(source, user)).Clear(time);
    }

    private Tries? Find(string key) => _all.GetValueOrDefault(key);

    private Tries Of(string key)
    {
        DropIdle();
        return _all.GetOrAdd(key, static _ => new Tries());
    }

    // Whoever fills the memory with names of nobody pushes out the quiet, then the rest: it costs him a place among the refusals of his source for each.
    private void DropIdle()
    {
        if (_all.Count <= Remembered)
            return;
        foreach (var (key, tries) in _all)
        {
            if (tries.IsQuiet(Idle, time))
                _all.TryRemove(key, out _);
        }
        if (_all.Count > Remembered)
            _all.Clear();
    }

    private static string Pair(IPAddress source, string user) => $"{NetworkOf(source)}|{user}";

    // An IPv6 caller has a whole /64 to choose addresses from.
    private static string NetworkOf(IPAddress source)
    {
        var bytes = source.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 16 && !source.IsIPv4MappedToIPv6 ? 8 : bytes.Length));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Tries
    {
        private readonly Lock _lock = new();
        private double _wrong;
        private long? _last;

        public bool WasIn { get; private set; }

        public void Add(TimeProvider time)
        {
            lock (_lock)
                Set(_wrong + 1, time);
        }

        public void Fill(TimeSpan refill, TimeProvider time)
        {
            lock (_lock)
                Set(Left(refill, time) + 1, time);
        }

        public void Clear(TimeProvider time)
        {
            lock (_lock)
            {
                WasIn = true;
                Set(0, time);
            }
        }

        public TimeSpan Backoff(TimeProvider time)
        {
            lock (_lock)
            {
                if (_wrong < Free || _last is not { } last)
                    return TimeSpan.Zero;
                var seconds = Math.Min(Math.Pow(2, _wrong - Free), LongestWait.TotalSeconds);
                return TimeSpan.FromSeconds(seconds) - time.GetElapsedTime(last);
            }
        }

        public TimeSpan Drained(int free, TimeSpan refill, TimeProvider time)
        {
            lock (_lock)
                return (Left(refill, time) - free + 1) * refill;
        }

        public bool IsQuiet(TimeSpan idle, TimeProvider time)
        {
            lock (_lock)
                return _last is not { } last || time.GetElapsedTime(last) > idle;
        }

        private double Left(TimeSpan refill, TimeProvider time) => _last is { } last ? Math.Max(0, _wrong - (time.GetElapsedTime(last) / refill)) : 0;

        private void Set(double wrong, TimeProvider time) => (_wrong, _last) = (wrong, time.GetTimestamp());
    }
}
