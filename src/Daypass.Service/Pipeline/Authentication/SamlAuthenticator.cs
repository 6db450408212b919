using Daypass.Policies;
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
            var account = shown.Role.AccountId!.Value;
            var home = shown.Provider!.AccountId == account ? await _accounts.FindAsync(account, request.SourceIp, cancellationToken) : null;
            var provider = home?.FindSamlProvider(shown.Provider) ?? throw Errors.NoSamlProvider();
            var caller = CallerOf(home, IdentityOf(response, provider, home));
            proven(caller);
            return caller;
        }
        catch (XmlRefusedException refused)
        {
            throw Errors.InvalidIdentityToken(char.IsLower(refused.Message[0]) ? $"Your request included an invalid SAML response: {refused.Message}." : refused.Message, refused.Detail);
        }
    }

    private ProvenIdentity IdentityOf(SamlResponse response, SamlProvider provider, AccountDirectory home) =>
        SamlIdentity.Of(SamlReader.Prove(response, provider, ProviderKeys.Of(provider, home, vault), time.GetUtcNow(), publicUrl()), provider, home.Account);

    private static Caller CallerOf(AccountDirectory home, ProvenIdentity identity) => new()
    {
        Principal = Principal.Federated(PrincipalKind.Saml, identity.Provider),
        Account = home.Account,
        Home = home,
        UserId = $"{identity.Saml!.NameQualifier}:{identity.Subject}",
        AccessKeyId = "",
        CredentialIssuedAt = identity.IssuedAt,
        Federation = identity,
        Federated = Audit.FederatedIdentity.OfSaml(identity.Saml.NameQualifier, identity.Subject) with
        {
            AssertionId = identity.Saml.AssertionId,
            PrincipalTags = [.. identity.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))],
            TransitiveTagKeys = identity.TransitiveTagKeys,
        },
        Policies = PrincipalPolicies.Empty,
    };
}
