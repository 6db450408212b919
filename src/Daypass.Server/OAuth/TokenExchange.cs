using Daypass.Server.Http;
using Daypass.Server.Telemetry;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;
using Daypass.Signing;

namespace Daypass.Server.OAuth;

/// <summary>
/// The calls behind a token exchange. Both go through the pipeline like everybody's: proven, asked, recorded; nothing is issued here that the same
/// caller would not get from AssumeRoleWithWebIdentity, and from GetWebIdentityToken with what that gave him.
/// </summary>
/// <param name="clockOffset">By how much policy time, which sessions are dated in, is ahead of real time.</param>
internal sealed class TokenExchange(RequestPipeline pipeline, ActionCatalog catalog, RequestMetrics metrics, TimeProvider time, Func<TimeSpan> clockOffset)
{
    private readonly ApiAction _assumeRole = catalog.FindQuery(ActionCatalog.Sts.Version, nameof(AssumeRoleWithWebIdentity))!;
    private readonly ApiAction _getToken = catalog.FindQuery(ActionCatalog.Sts.Version, nameof(GetWebIdentityToken))!;

    /// <summary>The body of the answer.</summary>
    /// <exception cref="OAuthException">One of the calls was refused.</exception>
    public async Task<byte[]> RunAsync(HttpContext context, string requestId, TokenRequest request)
    {
        var session = ((AssumeRoleWithWebIdentity.Response)await CallAsync(context, requestId, _assumeRole, request.ToAssumeRole(), null)).Credentials;
        if (request.IsForCredentials)
            return TokenAnswer.Of(session, time.GetUtcNow() + clockOffset());
        var shown = new ShownProof(new ShownSession(session.AccessKeyId, session.SessionToken, session.SecretAccessKey), null);
        return TokenAnswer.Of((GetWebIdentityToken.Response)await CallAsync(context, requestId, _getToken, request.ToGetToken(), shown), time.GetUtcNow());
    }

    private async Task<IShape> CallAsync(HttpContext context, string requestId, ApiAction action, IEnumerable<KeyValuePair<string, string>> parameters, ShownProof? shown)
    {
        var began = time.GetTimestamp();
        var answer = await pipeline.HandleAsync(
            new ApiRequest
            {
                RequestId = requestId,
                Action = action,
                Parameters = new Parameters([.. parameters]),
                Shown = shown,
                OAuthGrant = TokenRequest.Grant,
                Signable = new SignableRequest(context.Request.Method, TokenEndpoint.Path, new RequestHeaders(context.Request.Headers)),
                Body = default,
                SourceIp = ApiEndpoint.SourceOf(context),
                IsSecure = context.Request.IsHttps,
                UserAgent = context.Request.Headers.UserAgent.ToString(),
                Host = context.Request.Headers.Host.ToString(),
                Tls = TlsDetails.Of(context),
            },
            // Once understood, it is carried out and recorded, whether or not the client still waits.
            CancellationToken.None);
        metrics.Count(action, answer, time.GetElapsedTime(began));
        return answer.Response ?? throw OAuthException.Of(answer.Error!);
    }
}
