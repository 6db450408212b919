using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Revocations;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>
/// Ends sessions before their time, at every node within a second and at every protected service within five: one session, or all of a role, a
/// user, a source identity, a provider or its subject, an access key or the whole account that were issued before a moment; with each of them what it led to, at other accounts
/// too. There is no way back: what is revoked may have been taken note of by services that cannot be told otherwise.
/// </summary>
internal sealed class RevokeSessions : ApiAction<RevokeSessions.Request, RevokeSessions.Response>
{
    /// <summary>How many an account may have; but all of its sessions it can always revoke.</summary>
    public const int Limit = 10_000;

    private static readonly TextRule ReasonRule = TextRules.Description with { Maximum = 256 };

    internal sealed record Request(SessionTarget Target, DateTimeOffset? IssuedBefore, string? Reason);

    internal sealed record Response(RevocationShape Revocation) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Revocation", Revocation);
    }

    public override Request Read(Parameters wire) => new(SessionTarget.ReadOne(wire), WireTime.Read(wire, "IssuedBefore"), wire.Text("Reason", ReasonRule));

    public override Question Ask(Request request, Scene scene) => Question.Of(request.Target.Asking("daypass:RevokeSessions", scene) with
    {
        Keys = request.Target.Keys,
    });

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var target = request.Target.Find(scene);
        CheckMoment(request, target, scene);
        var account = scene.Home.Account.ToString();
        var entry = scene.Installation.Documents.FindEntry(DocumentKinds.Revocation, Revocation.NameOf(account, target.Kind.ToString(), target.Value));
        var before = (Revocation?)entry?.Value;
        if (before is null && target.Kind != RevocationKind.All && scene.Installation.Documents.CountBy(DocumentIndexes.RevocationsByAccount, account) >= Limit)
            throw Errors.LimitExceeded($"Cannot exceed quota for RevocationsPerAccount: {Limit}. Revoke the sessions of a role, of a user, or all of the account: one revocation ends any number.");
        var isUpToNow = request.IssuedBefore is not { } moment || moment >= scene.NowInSeconds;
        if (!isUpToNow && before?.IssuedBefore >= request.IssuedBefore)
            return new Outcome<Response>(new Response(new RevocationShape(before)));
        var revocation = new Revocation
        {
            Account = account,
            Kind = target.Kind.ToString(),
            Target = target.Value,
            PrincipalArn = target.PrincipalArn,
            IssuedBefore = isUpToNow ? scene.NowInSeconds : request.IssuedBefore!.Value,
            IsUpToNow = isUpToNow,
            UpTo = isUpToNow || before is null ? 0 : before.IsUpToNow ? entry!.Revision : before.UpTo,
            RevokedAt = scene.NowInSeconds,
            RevokedAtRealTime = scene.RealTime,
            RevokedBy = scene.Caller.Arn,
            Reason = request.Reason,
        };
        return new Outcome<Response>(new Response(new RevocationShape(revocation)), scene.ChangeInstallation().Put(DocumentKinds.Revocation, revocation));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => request.Target switch
    {
        { PrincipalArn: { } arn } => [new AuditResource(arn.Contains(":role/", StringComparison.Ordinal) ? "AWS::IAM::Role" : "AWS::IAM::User", arn)],
        { ProviderArn: { } arn } => [new AuditResource(arn.Contains(":saml-provider/", StringComparison.Ordinal) ? "AWS::IAM::SAMLProvider" : arn.Contains(":oidc-provider/", StringComparison.Ordinal) ? "AWS::IAM::OIDCProvider" : "Daypass::IdentityProvider", arn)],
        { AccessKeyId: { } id } => [new AuditResource("AWS::IAM::AccessKey", id)],
        _ => [],
    };

    private static void CheckMoment(Request request, FoundTarget target, Scene scene)
    {
        if (request.IssuedBefore is not { } moment)
            return;
        if (target.Kind == RevocationKind.Session)
            throw Errors.ValidationError("IssuedBefore cannot be given with a session: it has one moment of issue.");
        if (moment > scene.Now + Cutoff.ClockTolerance)
            throw Errors.ValidationError("IssuedBefore must not be in the future: sessions that are not issued yet cannot be revoked. To stop a role from being used, change its trust policy.");
    }
}
