using Daypass.Jose;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>Whose keys a preview wants, and for which token: an issuer that is registered, as for a live call.</summary>
internal sealed record IssuerQuestion(OidcProvider Provider, JsonWebToken Token);

/// <summary>The keys, or why there are none.</summary>
internal sealed record IssuerAnswer(JsonWebKeySet Keys, ApiException? Failure)
{
    public static async ValueTask<IssuerAnswer> AskAsync(IssuerKeys keys, IssuerQuestion question)
    {
        try
        {
            return new IssuerAnswer(keys.TryGet(question.Provider, question.Token) ?? await keys.GetAsync(question.Provider, question.Token), null);
        }
        catch (ApiException failure)
        {
            return new IssuerAnswer(JsonWebKeySet.Empty, failure);
        }
    }
}
