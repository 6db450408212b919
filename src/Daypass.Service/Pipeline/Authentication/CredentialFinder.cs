using Daypass.Service.Directories;
using Daypass.Service.Revocations;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>A credential that exists: whose it is, and the secret that must have signed. Not a caller yet: the signature decides.</summary>
/// <param name="Candidate">The caller, if the signature is right.</param>
/// <param name="KeyIdentity">Names the secret for caches: another secret under the same key id has another identity.</param>
/// <param name="Secret">Opens the secret; asked for only when no signing key was derived before.</param>
/// <param name="Ended">Why the session is over, if it is: whoever signs with it is refused, but known.</param>
internal sealed record Credential(Caller Candidate, string KeyIdentity, Func<string> Secret, ApiException? Ended = null);

/// <summary>Finds credentials by key id and token in an account's directory, without I/O.</summary>
internal static class CredentialFinder
{
    /// <summary>A long-term key, or null for every kind of "there is none" alike.</summary>
    public static Credential? LongTerm(AccountDirectory home, string accessKeyId, Vault vault)
    {
        if (home.FindHolder(accessKeyId) is not { Key: { IsActive: true } key, User.IsFrozen: false } holder || !vault.CanOpenSecret(key))
            return null;
        return new Credential(Callers.OfUser(home, holder), holder.SecretIdentity, () => vault.OpenSecret(key, home.Account));
    }

    /// <summary>What a token says, if it is one of this account's; null for every kind of "it is none" alike.</summary>
    public static SessionClaims? Open(AccountDirectory home, string accessKeyId, string token, Vault vault) =>
        vault.OpenSession(token, accessKeyId) is { } session && session.Account == home.Account ? session : null;

    /// <summary>A session whose chain was found to be alive (<see cref="Ancestry"/>); null when its principal is gone.</summary>
    public static Credential? Temporary(AccountDirectory home, string accessKeyId, string token, SessionClaims session, RevocationIndex revocations, DateTimeOffset now)
    {
        if (Callers.OfSession(home, accessKeyId, session) is not { } caller)
            return null;
        return new Credential(caller, IdentityOf(accessKeyId, token), () => session.SecretAccessKey, EndOf(accessKeyId, session, revocations, now));
    }

    private static ApiException? EndOf(string accessKeyId, SessionClaims session, RevocationIndex revocations, DateTimeOffset now)
    {
        // As with RFC 7519's "exp": refused on the second itself, so >= and not >.
        if (now >= session.ExpiresAt)
            return Errors.ExpiredToken();
        return revocations.Find(accessKeyId, session) is { } revokedAt ? Errors.RevokedToken(revokedAt) : null;
    }

    // Key ids of sessions have 39 random bits, so two sessions of an account may share one, and each must be held to its own secret. A
    // token's last 24 characters hold its authentication tag, which no two sessions share.
    private static string IdentityOf(string accessKeyId, string token) => string.Concat(accessKeyId, "#", token.AsSpan(token.Length - 24));
}
