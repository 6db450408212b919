using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Server.Backups;

/// <summary>
/// What becomes of the keys of a backup. Sessions are not stored, so what is refused is the key that sealed them: no clock, neither one that
/// was moved nor one that is wrong, can let a session of before pass that nobody chose to keep. A key that the store of before had revoked,
/// or had no more, is in somebody else's hands for all we know, whatever is kept.
/// </summary>
internal sealed class RestoreKeys
{
    /// <summary>Clocks of nodes may differ so much; those that differ more do not verify a signature.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    private readonly string _kept;
    private readonly KeyMoment _now;
    private readonly DateTimeOffset _issuedUntil;
    private readonly Dictionary<(string Purpose, uint Id), StoredKey>? _previous;

    /// <param name="choice">What the operator chose.</param>
    /// <param name="installation">The backup's.</param>
    /// <param name="now">When it is restored.</param>
    /// <param name="lastSeen">Policy time up to which the backup surely knows of sessions.</param>
    /// <param name="master">Seals new keys.</param>
    /// <param name="entropy">Makes them.</param>
    public RestoreKeys(RestoreChoice choice, InstallationDirectory installation, KeyMoment now, DateTimeOffset lastSeen, MasterKeys master, IEntropy entropy)
    {
        (_kept, _now, _issuedUntil) = (choice.Sessions, now, lastSeen - Margin);
        _previous = choice.Previous?.Installation.Documents.All(DocumentKinds.Key).ToDictionary(key => (key.Purpose, key.Id));
        var existing = installation.Documents.All(DocumentKinds.Key).ToList();
        New = [.. KeyPurposes.Sealing.Where(purpose => NeedsNew(purpose, existing))
            .Select(purpose => RingKeys.Make(purpose, SealingKeyState.Active, existing.Where(key => key.Purpose == purpose), now.Real, master, entropy))];
    }

    /// <summary>The keys that seal from now on where the old ones may not go on.</summary>
    public IReadOnlyList<StoredKey> New { get; }

    /// <summary>How many keys are refused because the store of before had revoked them, or had them no more.</summary>
    public int Lost { get; private set; }

    /// <summary>A key of the backup as it is from now on; null where it stays.</summary>
    public StoredKey? Changed(StoredKey? key)
    {
        if (key is null || KeyRotation.Is(key, SealingKeyState.Compromised))
            return null;
        if (IsLost(key))
        {
            Lost++;
            return KeyRotation.Revoke(key, _now);
        }
        if (KeyPurposes.IsStored(key.Purpose) || _kept == RestoreChoice.AllSessions)
            return null;
        // Digests of the trail stay true whatever sessions are kept. The next one is signed with a new key, as all that signs is: made when needed.
        if (key.Purpose == KeyPurposes.TrailDigest && !KeyRotation.Is(key, SealingKeyState.PrePublished))
            return key.Retired is null ? KeyRotation.Retire(key, SealingKeyState.DecryptOnly, _now) : null;
        // What was not in use when the backup was made has sealed only what came after it.
        if (_kept == RestoreChoice.NoSessions || KeyRotation.Is(key, SealingKeyState.PrePublished))
            return KeyRotation.Revoke(key, _now) with { Revoked = key.Revoked ?? _now.Real };
        return KeyRotation.Retire(key, SealingKeyState.DecryptOnly, _now) with
        {
            IssuedUntil = key.IssuedUntil < _issuedUntil ? key.IssuedUntil : _issuedUntil,
        };
    }

    private bool NeedsNew(string purpose, List<StoredKey> existing) =>
        (purpose == SessionTokenCodec.Purpose && _kept != RestoreChoice.AllSessions)
        || existing.Exists(key => key.Purpose == purpose && KeyRotation.Is(key, SealingKeyState.Active) && IsLost(key));

    private bool IsLost(StoredKey key) =>
        key.Revoked is null && _previous is not null && _previous.GetValueOrDefault((key.Purpose, key.Id)) is not { Revoked: null };
}
