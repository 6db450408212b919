using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Server.Backups;

/// <summary>
/// What becomes of the keys that sealed sessions. Sessions are not stored, so what is refused is their key: no clock, neither one that was
/// moved nor one that is wrong, can let a session of before pass that nobody chose to keep.
/// </summary>
internal sealed class RestoreSessions
{
    /// <summary>Clocks of nodes may differ so much; those that differ more do not verify a signature.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    private readonly string _kept;
    private readonly KeyMoment _now;
    private readonly DateTimeOffset _issuedUntil;

    /// <param name="choice">What the operator chose.</param>
    /// <param name="installation">The backup's.</param>
    /// <param name="now">When it is restored.</param>
    /// <param name="lastSeen">Policy time up to which the backup surely knows of sessions.</param>
    /// <param name="master">Seals the new key.</param>
    /// <param name="entropy">Makes it.</param>
    public RestoreSessions(RestoreChoice choice, InstallationDirectory installation, KeyMoment now, DateTimeOffset lastSeen, MasterKeys master, IEntropy entropy)
    {
        (_kept, _now, _issuedUntil) = (choice.Sessions, now, lastSeen - Margin);
        var existing = installation.Documents.All(DocumentKinds.Key).Where(key => key.Purpose == SessionTokenCodec.Purpose);
        New = _kept == RestoreChoice.AllSessions ? null : RingKeys.Make(SessionTokenCodec.Purpose, SealingKeyState.Active, existing, now.Real, master, entropy);
    }

    /// <summary>The key that seals sessions from now on; null where the old one goes on.</summary>
    public StoredKey? New { get; }

    /// <summary>A key of the backup as it is from now on; null where it stays.</summary>
    public StoredKey? Changed(StoredKey? key)
    {
        if (key is not { Purpose: SessionTokenCodec.Purpose } || _kept == RestoreChoice.AllSessions || KeyRotation.Is(key, SealingKeyState.Compromised))
            return null;
        var retired = key with { Retired = key.Retired ?? _now.Real, RetiredPolicyTime = key.RetiredPolicyTime ?? _now.Policy };
        // What was not in use when the backup was made has sealed only what came after it.
        if (_kept == RestoreChoice.NoSessions || KeyRotation.Is(key, SealingKeyState.PrePublished))
            return retired with { State = nameof(SealingKeyState.Compromised), Revoked = key.Revoked ?? _now.Real };
        return retired with { State = nameof(SealingKeyState.DecryptOnly), IssuedUntil = key.IssuedUntil < _issuedUntil ? key.IssuedUntil : _issuedUntil };
    }
}
