using System.Net;
using Daypass.Jose;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Outbound;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves an unsigned caller by a token of an OpenID Connect provider. What costs nothing comes first (form, times), then what is in memory (the role's
/// account, its providers), then the issuer's keys, and the signature last: a stranger makes neither the store nor this machine's processors work.
/// The token's <c>iss</c> only looks up a registered provider; it is never called.
/// </summary>
internal sealed class WebIdentityAuthenticator(DirectoryCache directories, IssuerKeys keys, Vault vault, TimeProvider time, Func<string?> publicUrl)
{
    private const string Scheme = "https://";
    private static readonly JwtRules Limits = new() { Issuer = "", Audiences = [], Now = default };
    private readonly TargetAccounts _accounts = new(directories);
    private readonly ColdLoads _waits = new();

    public async ValueTask<Caller> ProveAsync(ApiRequest request, Action<Caller> proven, CancellationToken cancellationToken)
    {
        var shown = ShownIdentity.Of(request);
        // Tokens are dated by others, in real time; policy time may be ahead of it.
        var now = time.GetUtcNow();
        var token = JsonWebToken.TryParse(shown.Text, out var fault) ?? throw TokenErrors.Of(fault!);
        if ((fault = JwtTimes.Check(token.Claims, now, Limits.Skew, Limits.MaxAge)) is not null)
            throw TokenErrors.Of(fault);
        var issuer = token.Claims.Text("iss") ?? throw Errors.InvalidIdentityToken("Missing a required claim: iss");
        // Sessions of this installation's own making would come back as somebody else, and begin anew where chains end. By the key, too: nodes may go by
        // several addresses, or by another one than when the token was made.
        if (OutboundIssuer.IsOwn(publicUrl(), issuer) || (token.KeyId is { } key && vault.VouchesWith(key)))
            throw Errors.NoOidcProvider(issuer);
        var home = await _accounts.FindAsync(shown.Role.AccountId!.Value, request.SourceIp, cancellationToken);
        var provider = FindProvider(home, issuer);
        var set = await FindKeysAsync(provider, token, request.SourceIp);
        var verified = JwtVerifier.Verify(token, set, new JwtRules { Issuer = provider.Issuer, Audiences = provider.ClientIds, Now = now }, out fault) ?? throw TokenErrors.Of(fault!);
        var caller = CallerOf(home!, TokenIdentity.Of(verified, provider, home!.Account));
        proven(caller);
        return caller;
    }

    private static OidcProvider FindProvider(AccountDirectory? home, string issuer) =>
        issuer.StartsWith(Scheme, StringComparison.Ordinal) && home?.FindOidcProvider(issuer[Scheme.Length..]) is { } provider ? provider : throw Errors.NoOidcProvider(issuer);

    private ValueTask<JsonWebKeySet> FindKeysAsync(OidcProvider provider, JsonWebToken token, IPAddress source) =>
        keys.TryGet(provider, token) is { } held ? ValueTask.FromResult(held) : WaitForKeysAsync(provider, token, source);

    private async ValueTask<JsonWebKeySet> WaitForKeysAsync(OidcProvider provider, JsonWebToken token, IPAddress source)
    {
        using var place = _waits.Enter(source);
        return await keys.GetAsync(provider, token);
    }

    private static Caller CallerOf(AccountDirectory home, ProvenIdentity identity) => new()
    {
        Principal = Principal.Federated(PrincipalKind.WebIdentity, identity.Provider),
        Account = home.Account,
        Home = home,
        UserId = $"{identity.Provider}:{identity.Audience}:{identity.Subject}",
        AccessKeyId = "",
        CredentialIssuedAt = identity.IssuedAt,
        Federation = identity,
        Federated = Audit.FederatedIdentity.OfWebIdentity(identity.Provider, identity.Audience, identity.Subject) with
        {
            PrincipalTags = [.. identity.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))],
            TransitiveTagKeys = identity.TransitiveTagKeys,
        },
        Policies = PrincipalPolicies.Empty,
    };
}
