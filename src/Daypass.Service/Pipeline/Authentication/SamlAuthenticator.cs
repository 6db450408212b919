using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Saml;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves an unsigned caller by a response of a SAML provider that the role's account has registered. The shape comes first, bounded in size and depth,
/// then what is in memory (the account, its provider), and the signatures last. The key is the registered metadata's, whatever the response brings along.
/// </summary>
internal sealed class SamlAuthenticator(DirectoryCache directories, Vault vault, TimeProvider time, Func<string?> publicUrl)
{
    private readonly TargetAccounts _accounts = new(directories);

    public async ValueTask<Caller> ProveAsync(ApiRequest request, Action<Caller> proven, CancellationToken cancellationToken)
    {
        var shown = ShownIdentity.Of(request);
        try
        {
            var response = SamlResponse.Read(shown.Text);
            var account = shown.Role!.AccountId!.Value;
            var home = shown.Provider!.AccountId == account ? await _accounts.FindAsync(account, request.SourceIp, cancellationToken) : null;
            var provider = home?.FindSamlProvider(shown.Provider) ?? throw Errors.NoSamlProvider();
            var caller = FederatedCallers.OfSaml(home, IdentityOf(response, provider, home));
            proven(caller);
            return caller;
        }
        catch (XmlRefusedException refused)
        {
            throw SamlReader.ErrorOf(refused);
        }
    }

    private ProvenIdentity IdentityOf(SamlResponse response, SamlProvider provider, AccountDirectory home) =>
        SamlIdentity.Of(SamlReader.Prove(response, provider, ProviderKeys.Of(provider, home, vault), time.GetUtcNow(), publicUrl()), provider, home.Account);
}
