using System.Collections.Concurrent;
using System.Net;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// How many may ask a directory at a time: one that hangs holds up those who ask it, a few, and nobody else; and no source takes all places. Sources share
/// their slots by hash, as rates do.
/// </summary>
internal sealed class LdapPlaces
{
    public const int PerProvider = 32;
    public const int PerSource = 8;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _providers = new(StringComparer.Ordinal);
    private readonly int[] _sources = new int[Throttle.Slots];

    /// <summary>A place, until it is disposed of.</summary>
    /// <exception cref="ApiException">ServiceUnavailable: all are taken.</exception>
    public Place Enter(string provider, IPAddress source)
    {
        var slot = Throttle.SlotOf(source);
        if (Interlocked.Increment(ref _sources[slot]) <= PerSource)
        {
            var places = _providers.GetOrAdd(provider, static _ => new SemaphoreSlim(PerProvider));
            if (places.Wait(0))
                return new Place(_sources, slot, places);
        }
        Interlocked.Decrement(ref _sources[slot]);
        throw Errors.Unavailable("Too many passwords are being checked at the moment. Try again.");
    }

    internal readonly struct Place(int[] sources, int slot, SemaphoreSlim places) : IDisposable
    {
        public void Dispose()
        {
            places.Release();
            Interlocked.Decrement(ref sources[slot]);
        }
    }
}
