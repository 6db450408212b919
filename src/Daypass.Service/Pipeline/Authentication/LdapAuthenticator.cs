using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves an unsigned caller by a user name and a password that a registered directory accepts. What is in memory comes first (the account, its provider,
/// how often wrong passwords were shown), the directory last.
/// </summary>
/// <param name="defaultProvider">The ARN of the provider that serves calls which name none; null where there is none.</param>
internal sealed class LdapAuthenticator(DirectoryCache directories, Vault vault, LdapSignIn signIn, TimeProvider time, string? defaultProvider)
{
    private readonly TargetAccounts _accounts = new(directories);
    private readonly Arn? _default = Arn.TryParse(defaultProvider, out var arn) ? arn : null;

    public async ValueTask<Caller> ProveAsync(ApiRequest request, Action<Caller> proven, CancellationToken cancellationToken)
    {
        var shown = ShownIdentity.Of(request);
        var arn = shown.Provider ?? _default ?? throw Errors.ValidationError("ProviderArn is missing: this server has no LDAP provider for calls that name none (its setting --ldap-provider).");
        var home = arn.AccountId is { } account ? await _accounts.FindAsync(account, request.SourceIp, cancellationToken) : null;
        var provider = home?.FindLdapProvider(arn) ?? throw Errors.NoLdapProvider();
        var bindPassword = vault.OpenBindPassword(provider, home.Account) ?? throw Errors.Unavailable("This node cannot open the provider's bind password; its operator must see to the keys. Try again later.");
        var user = await signIn.ProveAsync(provider, home.Account, bindPassword, new LdapPassword(shown.UserName!, shown.Text), request.SourceIp);
        var caller = FederatedCallers.OfLdap(home, LdapIdentity.Of(user, provider, home.Account, time.GetUtcNow()));
        proven(caller);
        return caller;
    }
}
