using Daypass.Service.Directories;
using Daypass.Service.Revocations;

namespace Daypass.Server.Backups;

/// <summary>
/// The revocations that the store of before had and the backup has not, or has from an earlier time: what was revoked does not come back because
/// sessions are kept. Without that store nobody knows them.
/// </summary>
internal sealed class RestoreRevocations(InstallationDirectory? previous)
{
    private readonly Dictionary<string, Revocation> _previous =
        previous?.Documents.All(DocumentKinds.Revocation).ToDictionary(NameOf, StringComparer.Ordinal) ?? [];

    /// <summary>A revocation of the backup as it is from now on; null where it stays.</summary>
    public Revocation? Changed(Revocation revocation) =>
        _previous.Remove(NameOf(revocation), out var later) && later.RevokedAt > revocation.RevokedAt ? ByClock(later) : null;

    /// <summary>Those that the backup does not have, once all of its own have been seen.</summary>
    public IEnumerable<Revocation> Missing() => _previous.Values.OrderBy(NameOf, StringComparer.Ordinal).Select(ByClock);

    // The feed of the restored store counts on from the backup, so numbers of the other life say nothing here: clocks decide, on the safe side.
    private static Revocation ByClock(Revocation revocation)
    {
        var until = revocation.RevokedAt + Cutoff.ClockTolerance;
        return revocation with { IsUpToNow = false, UpTo = 0, IssuedBefore = revocation.IsUpToNow || revocation.UpTo > 0 ? until : revocation.IssuedBefore };
    }

    private static string NameOf(Revocation revocation) => DocumentKinds.Revocation.KeyOf(revocation).Name;
}
