using System.Collections.Concurrent;
using Daypass.Tokens;

namespace Daypass.Service.Revocations;

/// <summary>What one account has revoked, by target. Reading takes no lock and makes nothing, however much there is.</summary>
internal sealed class AccountRevocations(IEqualityComparer<RevocationTarget>? comparer)
{
    private readonly ConcurrentDictionary<RevocationTarget, Cutoff> _cutoffs = new(comparer);

    public void Put(RevocationTarget target, Cutoff cutoff) => _cutoffs[target] = cutoff;

    public void Remove(RevocationTarget target) => _cutoffs.TryRemove(target, out _);

    /// <summary>When a link of a chain that has passed through the account was revoked, by itself or by what it belongs to; null if it was not.</summary>
    /// <param name="link">The link.</param>
    /// <param name="moment">The link by whose issue it is judged: a key's, by the first session that it led to.</param>
    /// <param name="isOwn">Whether its principal is the account's: another account's roles and users are not this one's to revoke.</param>
    /// <param name="sourceIdentity">The chain's.</param>
    public DateTimeOffset? Find(in Ancestor link, in Ancestor moment, bool isOwn, string? sourceIdentity) =>
        Ask(new RevocationTarget(TargetKind.Credential, link.AccessKeyId), moment)
        ?? (isOwn ? Ask(new RevocationTarget(TargetKind.Principal, link.PrincipalId), moment) ?? Ask(new RevocationTarget(TargetKind.All, ""), moment) ?? OfProvider(link, moment) : null)
        ?? (link.HasSourceIdentity ? Ask(new RevocationTarget(TargetKind.SourceIdentity, sourceIdentity!), moment) : null);

    private DateTimeOffset? OfProvider(in Ancestor link, in Ancestor moment) =>
        link.Provider is { } provider ? Ask(new RevocationTarget(TargetKind.Provider, provider), moment) : null;

    private DateTimeOffset? Ask(RevocationTarget target, in Ancestor moment) =>
        _cutoffs.TryGetValue(target, out var cutoff) && cutoff.Covers(moment.RevocationsSeen, moment.IssuedAt) ? cutoff.RevokedAt : null;
}
