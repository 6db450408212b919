using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>
/// The rings that are in force: a function of the installation's snapshot, computed again when its key documents are others. Whoever sees
/// a snapshot sees its keys, so a refused key is refused as soon as the node has heard of it; and what drops the snapshot (another epoch)
/// drops the rings. Called by: <see cref="Pipeline.Vault"/> at every use, which costs two reads and a comparison.
/// </summary>
/// <param name="installation">The node's newest snapshot.</param>
/// <param name="master">Opens what the documents hold.</param>
/// <param name="report">Told, once for each trouble, what the operator must see to.</param>
internal sealed class KeyKeeper(Func<InstallationDirectory> installation, MasterKeySource master, Action<string> report)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Purpose, uint Id), Opened> _opened = [];
    private readonly Dictionary<(string Purpose, uint Id), OpenedPair> _pairs = [];
    private volatile State? _state;
    private string? _reported;

    private sealed record State(InstallationDirectory Of, MasterKeys Master, Rings Rings, string? Trouble);

    private sealed record Opened(byte[] Sealed, SealingKey Key);

    private sealed record OpenedPair(byte[] Sealed, KeyPair Pair);

    /// <summary>The rings of the newest snapshot.</summary>
    public Rings Current => Newest.Rings;

    /// <summary>What is wrong with this node's keys; null when nothing is.</summary>
    public string? Trouble => master.Trouble ?? Newest.Trouble;

    /// <summary>Looks at the master keys again: what did not open may open now. Called by: a job, every second.</summary>
    public void Check()
    {
        if (!ReferenceEquals(Newest.Master, master.Current))
            Refresh(isMasterNew: true);
        Report(Trouble);
    }

    private State Newest => _state is { } state && ReferenceEquals(state.Of, installation()) ? state : Refresh();

    private State Refresh(bool isMasterNew = false)
    {
        lock (_lock)
        {
            var now = installation();
            if (!isMasterNew && _state is { Trouble: null } state && HaveSameKeys(state.Of, now))
                return _state = state with { Of = now };
            return _state = Build(now, [.. now.Documents.All(DocumentKinds.Key)]);
        }
    }

    private static bool HaveSameKeys(InstallationDirectory one, InstallationDirectory other) =>
        ReferenceEquals(one.Documents.VersionOf(DocumentKinds.Key), other.Documents.VersionOf(DocumentKinds.Key));

    private State Build(InstallationDirectory now, List<StoredKey> keys)
    {
        var masterKeys = master.Current;
        foreach (var gone in _opened.Keys.Except(keys.Select(key => (key.Purpose, key.Id))).ToList())
            _opened.Remove(gone);
        foreach (var gone in _pairs.Keys.Except(keys.Select(key => (key.Purpose, key.Id))).ToList())
            _pairs.Remove(gone);
        string? trouble = null;
        var rings = new Rings(RingOf(SessionTokenCodec.Purpose), RingOf(Pipeline.Vault.SecretsPurpose), IssuedUntil(keys), Signing());
        Report(trouble);
        return new State(now, masterKeys, rings, trouble);

        KeyRing? RingOf(string purpose)
        {
            var usable = new List<(StoredKey Stored, SealingKey Key)>();
            foreach (var stored in keys.Where(key => key.Purpose == purpose))
            {
                var key = Open(stored, masterKeys, ref trouble);
                if (key is not null)
                    usable.Add((stored, key));
            }
            return Ring(purpose, usable);
        }

        Dictionary<string, SigningKey[]> Signing()
        {
            var signing = new List<SigningKey>();
            foreach (var stored in keys.Where(key => KeyPurposes.Signs(key.Purpose)).OrderByDescending(key => key.Created))
            {
                if (OpenPair(stored, masterKeys, ref trouble) is { } pair)
                    signing.Add(new SigningKey(stored, pair));
            }
            return signing.GroupBy(key => key.Purpose).ToDictionary(ring => ring.Key, ring => ring.ToArray(), StringComparer.Ordinal);
        }
    }

    private static Dictionary<uint, DateTimeOffset> IssuedUntil(List<StoredKey> keys) =>
        keys.Where(key => key is { Purpose: SessionTokenCodec.Purpose, IssuedUntil: not null }).ToDictionary(key => key.Id, key => key.IssuedUntil!.Value);

    // What was opened once stays, also when a new wrapping of it cannot be opened here: a node that lacks the newest master key goes on.
    private SealingKey? Open(StoredKey stored, MasterKeys masterKeys, ref string? trouble)
    {
        if (!Enum.TryParse<SealingKeyState>(stored.State, out var state))
        {
            trouble = $"The key {stored.Id:X8} of the purpose '{stored.Purpose}' has the unknown state '{stored.State}': a newer version wrote it.";
            return null;
        }
        var name = (stored.Purpose, stored.Id);
        _opened.TryGetValue(name, out var known);
        // Also what is known already: of a master key that is missing here, the operator must hear before the next start does not succeed.
        if (masterKeys.Open(stored) is not { } key)
        {
            trouble = Lacking(stored);
            return known?.Key.WithState(state);
        }
        if (known is null || !known.Sealed.AsSpan().SequenceEqual(stored.SealedKey))
            _opened[name] = known = new Opened(stored.SealedKey, new SealingKey(stored.Id, key, state));
        CryptographicOperations.ZeroMemory(key);
        return known.Key.WithState(state);
    }

    private KeyPair? OpenPair(StoredKey stored, MasterKeys masterKeys, ref string? trouble)
    {
        var name = (stored.Purpose, stored.Id);
        var known = _pairs.GetValueOrDefault(name);
        if (masterKeys.Open(stored) is not { } opened)
        {
            trouble = Lacking(stored);
            return known?.Pair;
        }
        if ((known is null || !known.Sealed.AsSpan().SequenceEqual(stored.SealedKey)) && KeyPair.Read(stored.Purpose, opened) is { } pair)
            _pairs[name] = known = new OpenedPair(stored.SealedKey, pair);
        CryptographicOperations.ZeroMemory(opened);
        return known?.Pair;
    }

    private static string Lacking(StoredKey stored) =>
        $"The key {stored.Id:X8} of the purpose '{stored.Purpose}' is sealed under the master key {MasterKeys.FingerprintIn(stored):X8}, which this node's master key file does not hold.";

    // The active key seals. Where it could not be opened, the newest of the others does that is not refused, one of good repute before any other: all nodes open what it seals.
    private static KeyRing? Ring(string purpose, List<(StoredKey Stored, SealingKey Key)> usable)
    {
        var sealing = usable.Where(key => key.Key.State != SealingKeyState.Compromised)
            .OrderByDescending(key => key.Key.State == SealingKeyState.Active)
            .ThenByDescending(key => key.Stored is { Revoked: null, IssuedUntil: null }).ThenByDescending(key => key.Stored.Created).Select(key => key.Key).FirstOrDefault();
        if (sealing is null)
            return null;
        return new KeyRing(purpose, usable.Select(key =>
            key.Key == sealing ? sealing.WithState(SealingKeyState.Active)
            : key.Key.State == SealingKeyState.Active ? key.Key.WithState(SealingKeyState.DecryptOnly)
            : key.Key));
    }

    private void Report(string? trouble)
    {
        if (trouble is not null && trouble != _reported)
            report(trouble);
        _reported = trouble;
    }
}
