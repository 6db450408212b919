using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>Where a session comes from: every credential that led to it, oldest first.</summary>
internal static class Chain
{
    /// <summary>The longest chain of roles. AWS has no stated limit; a token has one.</summary>
    public const int MaxLength = 16;

    /// <summary>The caller's chain, and the caller's own credential at its end.</summary>
    public static IReadOnlyList<Ancestor> Of(Caller caller)
    {
        var before = caller.Session?.Chain ?? [];
        if (before.Count >= MaxLength)
            throw Errors.ValidationError($"The chain of roles is longer than {MaxLength}.");
        var issued = DateTimeOffset.FromUnixTimeSeconds(caller.CredentialIssuedAt.ToUnixTimeSeconds());
        // A chain that begins with a provider's word begins with no key, but with whom it was given for.
        return [.. before, new Ancestor(caller.AccessKeyId, caller.Federation is { } identity ? $"{identity.Provider} {identity.Subject}" : caller.PrincipalId, issued)
        {
            Kind = caller.Federation is not null ? AncestorKind.Subject : caller.Session is null ? AncestorKind.AccessKey : AncestorKind.Session,
            Account = caller.Account,
            RevocationsSeen = caller.Session?.RevocationsSeen ?? 0,
            HasSourceIdentity = caller.Session?.SourceIdentity is not null,
        }];
    }
}
