using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for a role that trusts the caller. A role that does not exist and one that may not be assumed get the same
/// answer.
/// </summary>
internal sealed class AssumeRole : ApiAction<AssumeRole.Request, AssumeRole.Response>
{
    private const int DefaultDuration = 3600;
    private const int MaxDuration = 43200;

    internal sealed record Request(AssumedRole Session, int Duration, SecondFactor? Mfa);

    internal sealed record Response(Credentials Credentials, string AssumedRoleId, string Arn, int? PackedPolicySize, string? SourceIdentity) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.Structure("AssumedRoleUser", new AssumedRoleUser(AssumedRoleId, Arn));
            writer.Structure("Credentials", Credentials);
            writer.Number("PackedPolicySize", PackedPolicySize);
            writer.Text("SourceIdentity", SourceIdentity);
        }
    }

    // As CloudTrail has it: nothing of the account changes, and what was issued is recorded all the same.
    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override bool InheritsTags => true;

    public override IReadOnlyList<string> SecretParameters => [SecondFactor.Secret];

    public override bool IsSecret(string parameter) => base.IsSecret(parameter) || ProvidedContexts.IsSecret(parameter);

    public override Request Read(Parameters wire)
    {
        var role = wire.RequiredText("RoleArn", TextRules.StsArn);
        var name = wire.RequiredText("RoleSessionName", TextRules.SessionName);
        var duration = wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration;
        var session = new AssumedRole(role, Arn.TryParse(role, out var arn) ? arn : null, name, SessionPolicyRequest.Read(wire, TextRules.SessionPolicy))
        {
            Tags = SessionTagRequest.Read(wire),
            ExternalId = wire.Text("ExternalId", TextRules.ExternalId),
            SourceIdentity = wire.Text("SourceIdentity", TextRules.SourceIdentity),
            Contexts = ProvidedContexts.Read(wire),
        };
        return new Request(session, duration, SecondFactor.Read(wire));
    }

    // For the trust policy of this one call: the session that comes of it does not carry MFA, as AWS has it.
    public override SecondFactor? SecondFactorOf(Request request) => request.Mfa;

    public override IEnumerable<AccountId> Needs(Request request) => request.Session.Needs();

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => Needs(request);

    public override Question Ask(Request request, Scene scene) => request.Session.Ask(scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var role = RoleTarget.Find(request.Session.Target!, scene)!;
        if (AssumedRole.WhyTooLong(scene.Caller, role, request.Duration) is { } why)
            throw Errors.ValidationError(why);
        var issued = request.Session.Issue(scene, request.Duration);
        return new Outcome<Response>(new Response(issued.Credentials, issued.User.AssumedRoleId, issued.User.Arn, issued.PackedPolicySize, issued.SourceIdentity));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Role", request.Session.RoleArn)];
}
