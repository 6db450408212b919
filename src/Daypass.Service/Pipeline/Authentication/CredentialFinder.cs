using Daypass.Service.Directories;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>A credential that exists: whose it is, and the secret that must have signed. Not a caller yet: the signature decides.</summary>
/// <param name="Candidate">The caller, if the signature is right.</param>
/// <param name="KeyIdentity">Names the secret for caches: another secret under the same key id has another identity.</param>
/// <param name="Secret">Opens the secret; asked for only when no signing key was derived before.</param>
/// <param name="IsExpired">The session is over: whoever signs with it is refused, but known.</param>
internal sealed record Credential(Caller Candidate, string KeyIdentity, Func<string> Secret, bool IsExpired = false);

/// <summary>Finds credentials by key id and token in an account's directory, without I/O.</summary>
internal static class CredentialFinder
{
    /// <summary>The credential, or null for every kind of "there is none" alike.</summary>
    public static Credential? Find(AccountDirectory home, string accessKeyId, string? token, Vault vault, DateTimeOffset now) =>
        token is null ? LongTerm(home, accessKeyId, vault) : Temporary(home, accessKeyId, token, vault, now);

    private static Credential? LongTerm(AccountDirectory home, string accessKeyId, Vault vault)
    {
        if (home.FindHolder(accessKeyId) is not { Key: { IsActive: true } key } holder || !vault.CanOpenSecret(key))
            return null;
        return new Credential(Callers.OfUser(home, holder), holder.SecretIdentity, () => vault.OpenSecret(key, home.Account));
    }

    private static Credential? Temporary(AccountDirectory home, string accessKeyId, string token, Vault vault, DateTimeOffset now)
    {
        if (vault.OpenSession(token, accessKeyId) is not { } session || session.Account != home.Account)
            return null;
        if (Callers.OfSession(home, accessKeyId, session) is not { } caller)
            return null;
        // As with RFC 7519's "exp": refused on the second itself, so >= and not >.
        return new Credential(caller, IdentityOf(accessKeyId, token), () => session.SecretAccessKey, IsExpired: now >= session.ExpiresAt);
    }

    // Key ids of sessions have 39 random bits, so two sessions of an account may share one, and each must be held to its own secret. A
    // token's last 24 characters hold its authentication tag, which no two sessions share.
    private static string IdentityOf(string accessKeyId, string token) => string.Concat(accessKeyId, "#", token.AsSpan(token.Length - 24));
}
