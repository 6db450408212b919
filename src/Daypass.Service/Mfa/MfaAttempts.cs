using System.Collections.Concurrent;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Mfa;

/// <summary>
/// How often wrong codes may be shown for a device at this node (docs/decisions/0024): ten, and one more for every quarter of an hour since. It
/// never ends for good, a right code included or not, and only calls signed for the device's own user count.
/// Called by: <see cref="SecondFactors"/>.
/// </summary>
internal sealed class MfaAttempts(TimeProvider time)
{
    /// <summary>Wrong codes at a stretch.</summary>
    public const int Burst = 10;

    /// <summary>How long until one more may be shown.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(15);

    private const int RememberedDevices = 10_000;
    private readonly ConcurrentDictionary<string, Tries> _devices = new(StringComparer.Ordinal);

    /// <summary>
    /// What <paramref name="check"/> finds, or null and one try less. The same code again in the same step is no further guess: clients that
    /// repeat a call do not use up what is left, nor does a node that looks again after it has read what others wrote.
    /// </summary>
    /// <exception cref="ApiException">AccessDenied: no try is left, and nothing was checked.</exception>
    public T? Check<T>(string deviceId, (string Code, long Step) guess, Func<T?> check)
        where T : class
    {
        while (true)
        {
            var tries = _devices.GetOrAdd(deviceId, static _ => new Tries());
            // One at a time for each device: a hundred guesses at once are a hundred guesses.
            lock (tries)
            {
                if (tries.IsDropped)
                    continue;
                if (tries.Fill(time) < 1 && !tries.IsLast(guess))
                    throw Errors.TooManyMfaCodes(tries.UntilNext);
                var found = check();
                if (found is null)
                    tries.Take(guess);
                DropIdle();
                return found;
            }
        }
    }

    private void DropIdle()
    {
        if (_devices.Count <= RememberedDevices)
            return;
        foreach (var (device, tries) in _devices)
        {
            // Whoever holds it knows it is not idle.
            if (!Monitor.TryEnter(tries))
                continue;
            try
            {
                if (tries.Fill(time) >= Burst)
                    tries.IsDropped = _devices.TryRemove(KeyValuePair.Create(device, tries));
            }
            finally
            {
                Monitor.Exit(tries);
            }
        }
    }

    private sealed class Tries
    {
        private double _left = Burst;
        private long? _filled;
        private (string Code, long Step) _last;

        public bool IsDropped { get; set; }

        public TimeSpan UntilNext => Refill * (1 - _left);

        public double Fill(TimeProvider time)
        {
            var now = time.GetTimestamp();
            if (_filled is { } before)
                _left = Math.Min(Burst, _left + (time.GetElapsedTime(before, now) / Refill));
            _filled = now;
            return _left;
        }

        public bool IsLast((string Code, long Step) guess) => _last == guess;

        public void Take((string Code, long Step) guess)
        {
            _left -= IsLast(guess) ? 0 : 1;
            _last = guess;
        }
    }
}
