using System.Net;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// How many accounts a source may have loaded at a time for callers who have proven nothing: a few are loaded at once and all others stand in one
/// line, so a stranger who knows many account ids would else keep everybody waiting. Sources share their slots by hash, as rates do.
/// </summary>
internal sealed class ColdLoads
{
    public const int PerSource = 256;
    private readonly int[] _pending = new int[Throttle.Slots];

    /// <summary>A place in the line, until it is disposed of.</summary>
    /// <exception cref="ApiException">The source has too many.</exception>
    public Place Enter(IPAddress source)
    {
        var slot = Throttle.SlotOf(source);
        if (Interlocked.Increment(ref _pending[slot]) <= PerSource)
            return new Place(_pending, slot);
        Interlocked.Decrement(ref _pending[slot]);
        // Not held against the source as a refusal: behind a proxy that hides its callers it may be everybody.
        throw Errors.Unavailable("Too many accounts are being loaded into memory at the moment. Try again.");
    }

    internal readonly struct Place(int[] pending, int slot) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref pending[slot]);
    }
}
