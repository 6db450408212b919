using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Uproject;
using Daypass.Signing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Requests;

/// <summary>
/// From a request to its caller, in AWS's order: form, time and scope, signed headers, the key, the signature. Works on the raw target
/// and headers only, and believes nothing else of a request before its signature was verified.
/// </summary>
internal sealed class Authenticator
{
    private readonly DaypassOptions _options;
    private readonly CredentialLeases _leases;
    private readonly TimeProvider _time;
    private readonly SigV4Rules _rules;
    private readonly UprojectAuthenticator? _uproject;

    public Authenticator(IOptions<DaypassOptions> options, CredentialLeases leases, TimeProvider time, UprojectAuthenticator? uproject = null)
    {
        _uproject = uproject;
        _options = options.Value;
        _leases = leases;
        _time = time;
        _rules = new SigV4Rules { Service = _options.Service, Region = _options.Region, IsS3 = _options.IsS3, HonoursExpires = true };
    }

    /// <summary>The caller, with the body guarded; or why the request is refused.</summary>
    /// <exception cref="PayloadException">The body is announced in a way that is malformed or not supported.</exception>
    public async ValueTask<(DaypassCaller? Caller, DaypassRefusal? Refusal)> AuthenticateAsync(HttpContext context)
    {
        var facts = RequestFacts.Of(context, _options.TrustedProxies);
        var headers = new RawHeaders(context.Request.Headers);
        var request = new SignableRequest(context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers);
        if (SigV4Parser.TryParse(request, out var error) is not { } authorization)
        {
            if (error!.Code != SigningErrorCode.MissingAuthenticationToken)
                return (null, Refusals.Of(error));
            return _uproject is not null && UprojectAuthenticator.Concerns(context) ? await _uproject.AuthenticateAsync(context, facts) : (Anonymous(context, headers, facts), null);
        }
        if (Check(authorization, request) is { } refusal)
            return (null, refusal);
        var (hash, fault) = await PayloadGuard.HashOfAsync(context, headers, authorization.IsQuery, _options);
        if (hash is null)
            return (null, fault);
        // The lease's own check of the signature follows at once; nothing here is proven before.
        var (lease, stranger) = await _leases.FindAsync(authorization, SigV4.StringToSign(authorization, request, hash, _rules), facts.SourceIp, context.RequestAborted);
        if (lease is null)
            return (null, stranger);
        PayloadGuard.Install(context, headers, authorization, lease.Grant.Terms.SigningKey);
        return (new DaypassCaller(authorization.AccessKeyId, lease, facts), null);
    }

    private DaypassRefusal? Check(SigV4Authorization authorization, in SignableRequest request)
    {
        var now = _time.GetUtcNow();
        if (SigV4.CheckTimeAndScope(authorization, now, _rules) is { } error)
            return Refusals.Of(error) with { IsClockSkew = error.Code == SigningErrorCode.SignatureDoesNotMatch && (now - authorization.SignedAt).Duration() > _rules.Skew };
        return SigV4.CheckSignedHeaders(authorization, request, _rules) is { } uncovered ? Refusals.Of(uncovered) : null;
    }

    private static DaypassCaller Anonymous(HttpContext context, RawHeaders headers, RequestFacts facts)
    {
        PayloadGuard.Install(context, headers, null, null);
        return new DaypassCaller(null, null, facts);
    }
}
