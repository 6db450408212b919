using Daypass.Server.Http;
using Daypass.Service.Actions.SignIn;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;
using Daypass.Signing;

namespace Daypass.Server.SignIn;

/// <summary>What a page of roles shows: whom the provider vouches for, and what it offers them here.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Accounts">The accounts, each with its roles; those without any are left out.</param>
/// <param name="HandOver">The program that waits for the session; null where the person is shown it.</param>
internal sealed record SignInChoice(ProvenIdentity Identity, IReadOnlyList<ListOfferedRoles.Response> Accounts, HandOver? HandOver)
{
    /// <summary>The accounts and roles to choose from: what the program wants, if that is offered, else all.</summary>
    public IReadOnlyList<ListOfferedRoles.Response> Shown
    {
        get
        {
            List<ListOfferedRoles.Response> wanted = [.. Accounts.Select(account => account with { Roles = [.. account.Roles.Where(role => HandOver.MarkOf(role.Arn) == HandOver?.RoleMark)] }).Where(account => account.Roles.Count > 0)];
            return wanted.Count > 0 ? wanted : Accounts;
        }
    }
}

/// <summary>The calls that the sign-in endpoints make of the pipeline, which proves, decides and records each.</summary>
internal sealed class SamlCalls(RequestPipeline pipeline, SamlProviders providers, ActionCatalog catalog)
{
    // Who has no provider here would make us look at others' accounts one after the other.
    private const int MostStrangers = 3;

    private readonly ApiAction _assumeRole = catalog.FindQuery(ActionCatalog.Sts.Version, nameof(AssumeRoleWithSAML))!;

    /// <summary>All that a response offers, in every account whose provider it is a response of.</summary>
    /// <exception cref="ApiException">It is not proven by any, or answers what nobody asked here.</exception>
    public async ValueTask<SignInChoice> LookAsync(HttpContext context, string requestId, string response, string? relayState)
    {
        List<ListOfferedRoles.Response> accounts = [];
        ApiError? refusal = null;
        var strangers = 0;
        foreach (var provider in await providers.NamedByAsync(response, ApiEndpoint.SourceOf(context), context.RequestAborted))
        {
            var answer = await CallAsync(context, requestId, SignInService.ListOfferedRoles, null, ("PrincipalArn", provider), ("SAMLAssertion", response));
            if (answer.Response is ListOfferedRoles.Response offered)
                accounts.Add(offered);
            else if ((refusal ??= answer.Error) is not null && accounts.Count == 0 && ++strangers == MostStrangers)
                break;
        }
        if (accounts.Count == 0)
            throw Errors.Of(refusal!);
        var answered = accounts[0].Answered;
        return new SignInChoice(accounts[0].Identity, [.. accounts.Where(account => account.Roles.Count > 0)], answered is null ? HandOver.TryParse(relayState) : answered.HandOver);
    }

    /// <summary>A session of a role that was offered.</summary>
    /// <exception cref="ApiException">It was not, or is refused.</exception>
    public async ValueTask<AssumeRoleWithSAML.Response> ChooseAsync(HttpContext context, string requestId, string response, SignInChoice choice, string role, string provider)
    {
        var offered = choice.Accounts.Where(account => account.Identity.Provider == provider).SelectMany(account => account.Roles).FirstOrDefault(each => each.Arn == role)
            ?? throw Errors.NotAuthorized("sts:AssumeRoleWithSAML");
        var seconds = offered.Duration.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = await CallAsync(context, requestId, _assumeRole, null, ("RoleArn", role), ("PrincipalArn", provider), ("SAMLAssertion", response), ("DurationSeconds", seconds));
        return answer.Response as AssumeRoleWithSAML.Response ?? throw Errors.Of(answer.Error!);
    }

    /// <summary>The session behind a code.</summary>
    /// <exception cref="ApiException">The code is none, or no more, or another's.</exception>
    public async ValueTask<RedeemHandOver.Response> RedeemAsync(HttpContext context, string requestId, HandedCode handed)
    {
        var answer = await CallAsync(context, requestId, SignInService.RedeemHandOver, new ShownProof(null, null) { Handed = handed });
        return answer.Response as RedeemHandOver.Response ?? throw Errors.Of(answer.Error!);
    }

    private async ValueTask<ApiAnswer> CallAsync(HttpContext context, string requestId, ApiAction action, ShownProof? shown, params (string Name, string Value)[] parameters) =>
        await pipeline.HandleAsync(
            new ApiRequest
            {
                RequestId = requestId,
                Action = action,
                Parameters = new Parameters([.. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]),
                Shown = shown,
                Signable = new SignableRequest(context.Request.Method, context.Request.Path.Value!, new RequestHeaders(context.Request.Headers)),
                Body = default,
                SourceIp = ApiEndpoint.SourceOf(context),
                IsSecure = context.Request.IsHttps,
                UserAgent = context.Request.Headers.UserAgent.ToString(),
                Host = context.Request.Headers.Host.ToString(),
                Tls = TlsDetails.Of(context),
            },
            CancellationToken.None);
}
