using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass;

/// <summary>The key and token of a request that a protected service shows: who it says it is, and what must be in memory to know.</summary>
internal sealed class ShownCredential(string accessKeyId, string? sessionToken)
{
    private bool _isOpened;
    private SessionClaims? _session;

    /// <summary>The accounts that the proof rests on: the key's, and those that the session has come through.</summary>
    public IEnumerable<AccountId> Needs(InstallationDirectory installation, Vault vault)
    {
        if (installation.TryFindAccountOf(accessKeyId, out var account))
            yield return account;
        if (Open(vault) is { } session)
        {
            foreach (var other in Ancestry.OtherAccountsOf(session))
                yield return other;
        }
    }

    /// <summary>The credential, or null for every kind of "there is none" alike. Its signature is not proven.</summary>
    public Credential? Find(Scene scene)
    {
        if (!scene.Installation.TryFindAccountOf(accessKeyId, out var account) || scene.Find(account) is not { } directory)
            return null;
        if (sessionToken is null)
            return CredentialFinder.LongTerm(directory, accessKeyId, scene.Vault);
        return Open(scene.Vault) is { } session && session.Account == account && session.Chain.All(link => Ancestry.IsAlive(link, scene.Find(link.Account)))
            ? CredentialFinder.Temporary(directory, accessKeyId, sessionToken, session, scene.Installation.Revocations, scene.Now)
            : null;
    }

    /// <summary>What the token says; null without one, and for one that does not open. It is opened once.</summary>
    private SessionClaims? Open(Vault vault)
    {
        if (!_isOpened && sessionToken is not null)
            (_isOpened, _session) = (true, vault.OpenSession(sessionToken, accessKeyId));
        return _session;
    }
}
