using Daypass.Names;

namespace Daypass.Service.Pipeline;

/// <summary>
/// Keeps calls that compute for long from keeping others waiting: a few places are theirs, so that credentials are issued and proven by the
/// other processors, and no account may fill the line. Who would wait too long is told to come again. Accounts share their slots by hash, as
/// rates do.
/// </summary>
internal sealed class HeavyWork(int places, TimeSpan patience)
{
    /// <summary>The most calls of one account that compute or wait.</summary>
    public const int PerAccount = 8;

    private readonly SemaphoreSlim _places = new(places);
    private readonly int[] _pending = new int[Throttle.Slots];

    /// <summary>Half of the processors, and less time than a client with AWS's defaults waits before it gives up.</summary>
    public static HeavyWork OfThisMachine() => new(Math.Max(1, Environment.ProcessorCount / 2), TimeSpan.FromSeconds(4));

    /// <summary>A place, until it is disposed of.</summary>
    /// <exception cref="ApiException">Throttling.</exception>
    public async ValueTask<Place> EnterAsync(AccountId account)
    {
        var slot = (int)((uint)account.GetHashCode() % Throttle.Slots);
        if (Interlocked.Increment(ref _pending[slot]) <= PerAccount && await _places.WaitAsync(patience))
            return new Place(this, slot);
        Interlocked.Decrement(ref _pending[slot]);
        throw Errors.Throttling();
    }

    /// <summary>Runs a call, in a place if it needs one.</summary>
    /// <exception cref="ApiException">Throttling, or the call's own refusal.</exception>
    public async ValueTask<(IShape Response, Changes? Changes)> RunAsync(ApiAction action, ActionCall call, Scene scene)
    {
        if (!action.IsHeavy)
            return call.Run(scene);
        using var place = await EnterAsync(scene.Caller.Account);
        return call.Run(scene);
    }

    internal readonly struct Place(HeavyWork work, int slot) : IDisposable
    {
        public void Dispose()
        {
            work._places.Release();
            Interlocked.Decrement(ref work._pending[slot]);
        }
    }
}
