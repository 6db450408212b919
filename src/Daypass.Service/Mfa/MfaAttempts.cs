using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Service.Guessing;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Mfa;

/// <summary>
/// How often wrong codes may be shown for a device (docs/decisions/0024 and 0050): ten, and one more for every quarter of an hour since, at all nodes together,
/// but for the first one at each. It never ends for good, a right code included or not, and only calls signed for the device's own user count.
/// Called by: <see cref="SecondFactors"/>.
/// </summary>
internal sealed class MfaAttempts(ITryClaims claims, TimeProvider time)
{
    /// <summary>For one device.</summary>
    public static readonly TryRule OfDevice = new("mfa", OnCredit: 1, CreditBack: TimeSpan.FromDays(1), Slots: 9, Slot: TimeSpan.FromMinutes(15), InSlot: 1);

    /// <summary>Wrong codes at a stretch at one node.</summary>
    public static readonly int Burst = OfDevice.Burst;

    /// <summary>How long until one more may be shown.</summary>
    public static readonly TimeSpan Refill = OfDevice.Slot;

    private const int RememberedDevices = 10_000;
    private readonly SharedTries _tries = new(OfDevice, claims, time);
    private readonly ConcurrentDictionary<string, (string Code, long Step)> _wrong = new(StringComparer.Ordinal);

    /// <summary>
    /// What <paramref name="check"/> finds, or null and one try less. The same code again in the same step is no further guess: clients that
    /// repeat a call do not use up what is left, nor does a node that looks again after it has read what others wrote.
    /// </summary>
    /// <exception cref="ApiException">AccessDenied: no try is left, and nothing was checked.</exception>
    /// <exception cref="Stores.StoreUnavailableException">A try of all nodes is needed, and the store is away.</exception>
    public async ValueTask<T?> CheckAsync<T>(AccountId account, string deviceId, (string Code, long Step) guess, Func<T?> check)
        where T : class
    {
        if (_wrong.TryGetValue(deviceId, out var last) && last == guess)
            return check();
        var taken = await _tries.TakeAsync(account, deviceId);
        if (taken.IsNone)
            throw Errors.TooManyMfaCodes(taken.Wait);
        if (check() is { } found)
        {
            _tries.GiveBack(deviceId, taken);
            return found;
        }
        Remember(deviceId, guess);
        return null;
    }

    // Whoever is forgotten pays for the same code once more.
    private void Remember(string deviceId, (string Code, long Step) guess)
    {
        if (_wrong.Count >= RememberedDevices)
            _wrong.Clear();
        _wrong[deviceId] = guess;
    }
}
