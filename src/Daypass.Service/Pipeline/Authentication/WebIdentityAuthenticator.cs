using System.Net;
using Daypass.Jose;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Oidc;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves an unsigned caller by a token of an OpenID Connect provider. What costs nothing comes first (form, times), then what is in memory (the role's
/// account, its providers), then the issuer's keys, and the signature last: a stranger makes neither the store nor this machine's processors work.
/// The token's <c>iss</c> only looks up a registered provider; it is never called.
/// </summary>
internal sealed class WebIdentityAuthenticator(DirectoryCache directories, IssuerKeys keys, Vault vault, TimeProvider time, Func<string?> publicUrl)
{
    private readonly TargetAccounts _accounts = new(directories);
    private readonly ColdLoads _waits = new();

    public async ValueTask<Caller> ProveAsync(ApiRequest request, Action<Caller> proven, CancellationToken cancellationToken)
    {
        var shown = ShownIdentity.Of(request);
        var now = time.GetUtcNow();
        var token = TokenRules.Read(shown.Text);
        if (TokenRules.CheckTimes(token, now) is { } late)
            throw TokenErrors.Of(late);
        var issuer = TokenRules.IssuerOf(token, publicUrl(), vault);
        var home = await _accounts.FindAsync(shown.Role!.AccountId!.Value, request.SourceIp, cancellationToken);
        var provider = TokenRules.FindProvider(home, issuer);
        var set = await FindKeysAsync(provider, token, request.SourceIp);
        var verified = JwtVerifier.Verify(token, set, TokenRules.For(provider, now), out var fault) ?? throw TokenErrors.Of(fault!);
        var caller = FederatedCallers.OfWebIdentity(home!, TokenIdentity.Of(verified, provider, home!.Account));
        proven(caller);
        return caller;
    }

    private ValueTask<JsonWebKeySet> FindKeysAsync(OidcProvider provider, JsonWebToken token, IPAddress source) =>
        keys.TryGet(provider, token) is { } held ? ValueTask.FromResult(held) : WaitForKeysAsync(provider, token, source);

    private async ValueTask<JsonWebKeySet> WaitForKeysAsync(OidcProvider provider, JsonWebToken token, IPAddress source)
    {
        using var place = _waits.Enter(source);
        return await keys.GetAsync(provider, token);
    }
}
