using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Roles;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Roles;

/// <summary>
/// Our own: that cloud changes a role's trust in its console only. What is not passed stays. Whom a role trusts is a power of its own, as in AWS's API.
/// </summary>
internal sealed class UpdateRole : ApiAction<UpdateRole.Request, RoleAnswer>
{
    internal sealed record Request(string RoleName, string? Document, string? Description, int? MaxSessionDuration, PolicySyntax Syntax);

    public override Request Read(Parameters wire) => new(
        UprojectKinds.Role.ReadName(wire),
        wire.OptionalPolicyDocument("RolePolicyDocument", PolicyType.Trust, wire.Syntax),
        wire.Text("Description", UprojectRules.Description),
        wire.Number("MaxSessionDuration", 3600, 43200),
        wire.Syntax);

    public override IEnumerable<AccountId> Needs(Request request, InstallationDirectory installation, AccountDirectory home) =>
        request.Document is { } document ? TrustDocuments.AccountsOf(document, request.Syntax)
        : UprojectKinds.Role.Find(home, request.RoleName) is { } role ? TrustView.AccountsOf(role.Trust)
        : [];

    public override Question Ask(Request request, Scene scene)
    {
        var update = UprojectKinds.Role.Ask(scene, Name, request.RoleName);
        // Both, also for the document alone: who forbids iam:UpdateRole forbids the call of this name.
        return request.Document is null ? Question.Of(update) : new Question([update, update with { Action = "iam:UpdateAssumeRolePolicy" }]);
    }

    public override Outcome<RoleAnswer> Run(Request request, Scene scene)
    {
        var role = UprojectKinds.Role.Require(scene, request.RoleName);
        var updated = role with
        {
            Trust = request.Document is { } document ? TrustDocuments.Bind(document, scene, request.Syntax) : role.Trust,
            Description = request.Description ?? role.Description,
            MaxSessionDuration = request.MaxSessionDuration ?? role.MaxSessionDuration,
            Updated = scene.NowInSeconds,
        };
        var changes = scene.Change().Put(DocumentKinds.Role, updated);
        return new Outcome<RoleAnswer>(new RoleAnswer(new RoleView(updated, scene)), request.Document is null ? changes : changes.RelyOnPrincipals(updated.Trust, scene.Home));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Role.Resource(scene, request.RoleName)];
}
