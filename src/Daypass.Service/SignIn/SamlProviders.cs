using System.Net;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;

namespace Daypass.Service.SignIn;

/// <summary>
/// Which SAML provider a sign-in is about: for asking it, and for finding the keys to prove its answer with. What is found here is not proven by anything; each
/// look at an account that is not in memory costs a place among its source's.
/// </summary>
internal sealed class SamlProviders(DirectoryCache directories, Vault vault, IEntropy entropy, TimeProvider time, Func<string?> publicUrl)
{
    /// <summary>How long a person may take at the provider.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>More accounts than an assertion of 100,000 characters offers in earnest.</summary>
    private const int MostProviders = 50;

    private readonly TargetAccounts _accounts = new(directories);

    /// <summary>Where to send the browser to ask a provider.</summary>
    /// <exception cref="ApiException">There is no such provider, it takes no questions, or this installation does not know its own address.</exception>
    public async ValueTask<string> AskAsync(string? providerArn, HandOver? handOver, IPAddress source, CancellationToken cancellationToken)
    {
        var own = publicUrl() ?? throw Errors.InvalidParameterValue("This server does not know the address that others reach it by. Its operator sets it with --public-url.");
        if (!Arn.TryParse(providerArn, out var arn) || arn.AccountId is not { } account)
            throw Errors.InvalidParameterValue("provider must be the ARN of a SAML provider.");
        var provider = (await _accounts.FindAsync(account, source, cancellationToken))?.FindSamlProvider(arn) ?? throw Errors.NoSamlProvider();
        var place = SamlSignOn.PlaceOf(provider) ?? throw Errors.InvalidParameterValue("The provider's metadata has no SingleSignOnService by HTTP-Redirect: begin at the provider.");
        var now = time.GetUtcNow();
        var id = vault.SealSamlRequest(new SamlRequest(account, SamlRequestCodec.MarkOf(arn.ToString()), SamlRequestCodec.MarkOf(provider.EntityId), now + Patience, handOver), entropy);
        return SamlSignOn.UrlOf(place, own, id, now);
    }

    /// <summary>The ARNs of the providers that a response may be of: those that it names, or, where it is encrypted, the one that we asked.</summary>
    /// <exception cref="ApiException">It is no response, or there is no telling.</exception>
    public async ValueTask<IReadOnlyList<string>> NamedByAsync(string text, IPAddress source, CancellationToken cancellationToken)
    {
        try
        {
            var response = SamlResponse.Read(text);
            string[] named = [.. response.NamedProviders.Take(MostProviders)];
            return named.Length > 0 ? named : [await AskedAsync(response, source, cancellationToken)];
        }
        catch (XmlRefusedException refused)
        {
            throw Errors.InvalidIdentityToken($"Your request included an invalid SAML response: {refused.Message}.", refused.Detail);
        }
    }

    private async ValueTask<string> AskedAsync(SamlResponse response, IPAddress source, CancellationToken cancellationToken)
    {
        if (response.InResponseTo is { } id && vault.OpenSamlRequest(id, time.GetUtcNow()) is { } request && await _accounts.FindAsync(request.Account, source, cancellationToken) is { } home)
        {
            foreach (var provider in home.Documents.All(DocumentKinds.SamlProvider))
            {
                if (provider.ArnIn(home.Account).ToString() is var arn && SamlRequestCodec.MarkOf(arn) == request.ProviderMark)
                    return arn;
            }
        }
        throw Errors.InvalidIdentityToken("The response offers no role. An encrypted one has to answer a sign-in that began here.");
    }
}
