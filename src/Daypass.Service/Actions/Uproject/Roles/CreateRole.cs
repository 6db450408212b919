using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Roles;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Roles;

/// <summary>Makes a role, which either API can then assume. It cannot trust itself yet: it does not exist.</summary>
internal sealed class CreateRole : ApiAction<CreateRole.Request, RoleAnswer>
{
    private const int DefaultSession = 3600;
    private const int LongestSession = 43200;

    internal sealed record Request(string RoleName, string Document, string? Description, int MaxSessionDuration, PolicySyntax Syntax);

    public override Request Read(Parameters wire) => new(
        UprojectKinds.Role.ReadName(wire),
        wire.PolicyDocument("RolePolicyDocument", PolicyType.Trust, wire.Syntax),
        wire.Text("Description", UprojectRules.Description),
        wire.Number("MaxSessionDuration", DefaultSession, LongestSession) ?? DefaultSession,
        wire.Syntax);

    public override IEnumerable<AccountId> Needs(Request request) => TrustDocuments.AccountsOf(request.Document, request.Syntax);

    public override Question Ask(Request request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:CreateRole", ArnOf(request, scene), []));

    public override Outcome<RoleAnswer> Run(Request request, Scene scene)
    {
        var trust = TrustDocuments.Bind(request.Document, scene, request.Syntax);
        var (path, name) = UprojectKinds.Split(request.RoleName);
        var role = NewRole.Of(name, path, trust, scene) with { Description = request.Description, MaxSessionDuration = request.MaxSessionDuration };
        return new Outcome<RoleAnswer>(new RoleAnswer(new RoleView(role, scene)), scene.Change().Make(role, scene));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Role", ArnOf(request, scene).ToString())];

    private static Arn ArnOf(Request request, Scene scene) => Arn.Iam(scene.Home.Account, $"role/{request.RoleName}");
}
