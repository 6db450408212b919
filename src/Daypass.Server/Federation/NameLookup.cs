using System.Net;

namespace Daypass.Server.Federation;

/// <summary>
/// Finds the addresses of names that others have registered. The operating system's look-up holds its thread until it has an answer, and whose name
/// servers keep silent decides how long that is: so on threads of its own, as many as are bearable, and never on those that answer requests.
/// </summary>
/// <param name="resolve">Asks the operating system.</param>
internal sealed class NameLookup(Func<string, IPAddress[]> resolve)
{
    /// <summary>How many are looked up at a time. Who comes when all places are taken waits, for as long as he has patience.</summary>
    public const int MaxAtOnce = 256;

    private readonly SemaphoreSlim _places = new(MaxAtOnce);

    public async Task<IPAddress[]> FindAsync(string name, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var lookup = Task.Factory.StartNew(() => Resolve(name), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        // Whoever has waited too long is gone when it fails.
        _ = lookup.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return await lookup.WaitAsync(cancellationToken);
    }

    private IPAddress[] Resolve(string name)
    {
        try
        {
            return resolve(name);
        }
        finally
        {
            _places.Release();
        }
    }
}
