using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Service.Federation.X509;
using Daypass.Service.Stores;

namespace Daypass.Service.Usage;

/// <summary>
/// Which certificates came for sessions, and whether they got in. No call waits for it: sightings are held here, one every few minutes and certificate,
/// and written to the store's side table by the job that writes last-used marks. A crash takes a few seconds of this with it, and the certificate's next
/// call brings it back. Called by: the pipeline (note, find) and the job (flush).
/// </summary>
internal sealed class SubjectRegister(IStore store, TimeProvider time)
{
    /// <summary>A certificate that was seen and is seen again is noted again after this time, or when it fares otherwise.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>The most that wait to be written. What comes when they are as many is noted when it comes again.</summary>
    public const int MostWaiting = 16_384;

    /// <summary>The most that wait when one that was refused may still join them.</summary>
    public const int MostWaitingForRefused = 1_024;

    /// <summary>How many are written in one transaction.</summary>
    private const int AtOnce = 500;

    private readonly ConcurrentDictionary<(AccountId Account, string Certificate), Sighting> _held = new();
    private readonly Lock _turns = new();
    private ConcurrentQueue<(AccountId Account, string Certificate)> _unwritten = new();
    private Task _flushing = Task.CompletedTask;

    /// <summary>Notes a certificate that a trust anchor of the account vouches for. Cheap when it was noted within the step.</summary>
    public void Note(AccountId account, CertificateIdentity certificate, bool isLetIn)
    {
        var (key, now) = ((account, certificate.Fingerprint), time.GetUtcNow());
        if (_held.TryGetValue(key, out var held) && (now <= held.Seen || ((held.LetIn == held.Seen) == isLetIn && now - held.Seen < Step)))
            return;
        if (_unwritten.Count >= (isLetIn ? MostWaiting : MostWaitingForRefused))
            return;
        var sighting = SeenCertificate.Note(account, certificate, isLetIn, now);
        _held.AddOrUpdate(key, sighting, (_, before) => before.With(sighting));
        _unwritten.Enqueue(key);
    }

    /// <summary>What all nodes have written of the subjects, and this one has noted.</summary>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async ValueTask<IReadOnlyList<Sighting>> FindAsync(SightingQuery query, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        return await store.FindSightingsAsync(query, cancellationToken);
    }

    /// <summary>Writes what was noted since the last time, behind whoever is at it already. What is written and older than a step is forgotten here.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_turns)
            return _flushing = FlushBehindAsync(_flushing, cancellationToken);
    }

    private async Task FlushBehindAsync(Task before, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var keys = Interlocked.Exchange(ref _unwritten, new ConcurrentQueue<(AccountId, string)>()).Distinct().ToList();
        var written = 0;
        try
        {
            foreach (var some in keys.Chunk(AtOnce))
            {
                await WriteAsync(some, cancellationToken);
                written += some.Length;
            }
        }
        catch (StoreUnavailableException)
        {
            return;
        }
        finally
        {
            keys[written..].ForEach(_unwritten.Enqueue);
        }
        Forget();
    }

    // What is written stays here as a time only.
    private async Task WriteAsync(IEnumerable<(AccountId, string)> keys, CancellationToken cancellationToken)
    {
        List<KeyValuePair<(AccountId, string), Sighting>> sightings = [.. keys.Where(_held.ContainsKey).Select(key => KeyValuePair.Create(key, _held[key])).Where(each => !each.Value.Body.IsEmpty)];
        await store.NoteSightingsAsync([.. sightings.Select(each => each.Value)], cancellationToken);
        foreach (var (key, sighting) in sightings)
            _held.TryUpdate(key, sighting with { Body = default }, sighting);
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, sighting) in _held)
        {
            if (sighting.Body.IsEmpty && (now - sighting.Seen).Duration() > Step)
                _held.TryRemove(KeyValuePair.Create(key, sighting));
        }
    }
}
