using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Iam.Boundaries;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Makes a role. Names are unique ignoring case, whatever the path. It cannot trust itself yet: it does not exist.</summary>
internal sealed class CreateRole : ApiAction<CreateRole.Request, CreateRole.Response>
{
    internal const int DefaultSessionDuration = 3600;
    internal const int MaxSessionDuration = 43200;

    internal sealed record Request(
        string RoleName, string Path, string AssumeRolePolicyDocument, string? Description, int MaxSessionDuration, string? PermissionsBoundary, IReadOnlyList<Tag> Tags);

    internal sealed record Response(RoleShape Role) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Role", Role);
    }

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("RoleName", TextRules.RoleName),
        wire.Text("Path", TextRules.Path) ?? "/",
        wire.PolicyDocument("AssumeRolePolicyDocument", PolicyType.Trust),
        wire.Text("Description", TextRules.Description),
        wire.Number("MaxSessionDuration", DefaultSessionDuration, MaxSessionDuration) ?? DefaultSessionDuration,
        Boundary.Read(wire),
        TagList.Read(wire));

    public override IEnumerable<AccountId> Needs(Request request) => TrustDocuments.AccountsOf(request.AssumeRolePolicyDocument);

    public override Question Ask(Request request, Scene scene)
    {
        var create = ResourceKeys.On(scene, "iam:CreateRole", ArnOf(request, scene), [], Boundary.Key(request.PermissionsBoundary)).Passing(request.Tags);
        // Tagging is a power of its own: what policies allow may hang on tags.
        return request.Tags.Count == 0 ? Question.Of(create) : new Question([create, create with { Action = "iam:TagRole" }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var trust = TrustDocuments.Bind(request.AssumeRolePolicyDocument, scene);
        Boundary.Check(scene, request.PermissionsBoundary);
        var role = NewRole.Of(request.RoleName, request.Path, trust, scene) with
        {
            Description = request.Description,
            MaxSessionDuration = request.MaxSessionDuration,
            Tags = request.Tags,
            Boundary = request.PermissionsBoundary,
        };
        return new Outcome<Response>(new Response(RoleShape.Of(role, scene, RoleDetail.Created)), scene.Change().Make(role, scene).UseBoundary(request.PermissionsBoundary));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Role", ArnOf(request, scene).ToString())];

    private static Arn ArnOf(Request request, Scene scene) => Arn.Iam(scene.Home.Account, $"role{request.Path}{request.RoleName}");
}
