using System.Globalization;
using Daypass.Names;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Sts;

/// <summary>
/// The one STS action of the dialect. Its session is the same as one of AWS's AssumeRole; only its key id has the dialect's shape. A role that
/// does not exist is said so within the caller's own account, to those who may assume it: clients make it then. Of others' accounts nobody
/// learns which roles there are.
/// </summary>
internal sealed class AssumeRole : ApiAction<AssumeRole.Request, AssumeRole.Response>
{
    private const string Asked = "sts:AssumeRole";
    private static readonly TextRule RoleUrn = TextRules.StsArn with { Minimum = 1 };
    private const int DefaultDuration = 3600;
    private const int MinDuration = 900;
    private const int MaxDuration = 43200;

    /// <param name="Session">The session asked for.</param>
    /// <param name="Urn">The role as the caller named it.</param>
    /// <param name="Duration">In seconds; null for the default.</param>
    internal sealed record Request(AssumedRole Session, string Urn, int? Duration);

    internal sealed record Response(AssumedRole.Issued Issued) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Issued.Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.ForRecord("AssumedRoleUser", Issued.User);
            writer.Structure("Credentials", new Keys(Issued.Credentials));
        }
    }

    /// <summary>Credentials under the dialect's names. Its clients read the end of the session strictly as RFC 3339, in whole seconds.</summary>
    private sealed record Keys(Credentials Credentials) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("AccessKeyId", Credentials.AccessKeyId);
            writer.Secret("AccessKeySecret", Credentials.SecretAccessKey);
            writer.Text("SecurityToken", Credentials.SessionToken);
            writer.Text("Expiration", Credentials.Expiration.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override bool InheritsTags => true;

    public override Request Read(Parameters wire)
    {
        var urn = wire.RequiredText("RoleUrn", RoleUrn);
        var name = wire.RequiredText("RoleSessionName", TextRules.UprojectSessionName);
        var target = Urn.TryParse(urn, out var parsed, wire.Syntax.UrnPrefix!) ? parsed.ToArn() : null;
        var policy = new SessionPolicyRequest(wire.Text("Policy", TextRules.ShortSessionPolicy), []) { Syntax = wire.Syntax };
        return new Request(new AssumedRole(target?.ToString() ?? urn, target, name, policy), urn, wire.Number("DurationSeconds", MinDuration, MaxDuration));
    }

    public override IEnumerable<AccountId> Needs(Request request) => request.Session.Needs();

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => Needs(request);

    public override Question Ask(Request request, Scene scene)
    {
        if (request.Session.Target is not { } target || !RoleTarget.IsRole(target))
            throw Errors.BadParameter("RoleUrn", $"RoleUrn must be the URN of a role: {scene.Request.Parameters.Syntax.UrnPrefix}:iam::<CompanyID>:role/<name>.");
        AssumedRole.RefuseRoot(scene);
        return IsMissingAtHome(target, scene)
            ? Question.Of(new Permission(Asked, request.Session.RoleArn, scene.Caller.Account) { ExplainsDenial = false })
            : request.Session.Ask(scene);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var target = request.Session.Target!;
        var role = RoleTarget.Find(target, scene) ?? throw Errors.NoSuchRole(target.Resource[(target.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var duration = request.Duration ?? Math.Min(DefaultDuration, role.MaxSessionDuration);
        if (AssumedRole.WhyTooLong(scene.Caller, role, duration) is { } why)
            throw Errors.BadParameter("DurationSeconds", why);
        return new Outcome<Response>(new Response(request.Session.Issue(scene, duration, AccessKeyId.UprojectTemporaryPrefix)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Role", request.Session.RoleArn)];

    private static bool IsMissingAtHome(Arn target, Scene scene) => target.AccountId == scene.Caller.Account && RoleTarget.Find(target, scene) is null;
}
