namespace Daypass.Service.Revocations;

/// <summary>What a link of a chain is looked up by, within one account's revocations.</summary>
internal enum TargetKind : byte
{
    Credential,
    Principal,
    Provider,
    SourceIdentity,
    All,
}

/// <summary>One thing that sessions can be revoked by.</summary>
internal readonly record struct RevocationTarget(TargetKind Kind, string Value)
{
    public static RevocationTarget Of(Revocation revocation) => new(KindOf(revocation.Kind), revocation.Target);

    private static TargetKind KindOf(string kind) => kind switch
    {
        nameof(RevocationKind.Session) or nameof(RevocationKind.AccessKey) => TargetKind.Credential,
        // A provider's ARN, a space and the subject stand where a unique id stands.
        nameof(RevocationKind.Role) or nameof(RevocationKind.User) or nameof(RevocationKind.Subject) => TargetKind.Principal,
        nameof(RevocationKind.Provider) => TargetKind.Provider,
        nameof(RevocationKind.SourceIdentity) => TargetKind.SourceIdentity,
        nameof(RevocationKind.All) => TargetKind.All,
        _ => throw new InvalidDataException($"The store holds a revocation of the unknown kind '{kind}': it was written by a newer version."),
    };
}

/// <summary>Which of a target's sessions are over.</summary>
/// <param name="UpTo">Those that knew less of the feed than this when they were issued.</param>
/// <param name="IssuedBefore">And those issued before this second of policy time.</param>
/// <param name="RevokedAt">When it was said.</param>
internal readonly record struct Cutoff(long UpTo, long IssuedBefore, DateTimeOffset RevokedAt)
{
    /// <summary>
    /// How far nodes' clocks may differ before a session issued after a revocation is taken for an older one. The feed's order is what
    /// decides; the clock is asked as well because a failover that loses commits uses their numbers again.
    /// </summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    public static Cutoff Of(Revocation revocation, long revision) => revocation.IsUpToNow
        ? new Cutoff(revision, (revocation.IssuedBefore - ClockTolerance).ToUnixTimeSeconds(), revocation.RevokedAt)
        : new Cutoff(revocation.UpTo, revocation.IssuedBefore.ToUnixTimeSeconds(), revocation.RevokedAt);

    public bool Covers(long seen, DateTimeOffset issuedAt) => seen < UpTo || issuedAt.ToUnixTimeSeconds() < IssuedBefore;
}
