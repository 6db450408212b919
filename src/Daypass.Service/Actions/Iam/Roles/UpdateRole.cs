using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>
/// Changes a role's description and longest session. A duration that is not passed becomes the default of one hour, as AWS documents it;
/// a description that is not passed stays.
/// </summary>
internal sealed class UpdateRole : ApiAction<UpdateRole.Request, UpdateRole.Response>
{
    internal sealed record Request(string RoleName, string? Description, int MaxSessionDuration);

    /// <summary>An output without members, which Query shows as an empty result; unlike no output at all.</summary>
    internal sealed record Response : IShape
    {
        public void Write(ShapeWriter writer)
        {
        }
    }

    public override Request Read(Parameters wire) => new(
        HolderKinds.Role.ReadName(wire),
        wire.Text("Description", TextRules.Description),
        wire.Number("MaxSessionDuration", CreateRole.DefaultSessionDuration, CreateRole.MaxSessionDuration) ?? CreateRole.DefaultSessionDuration);

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var role = HolderKinds.Role.Require(scene, request.RoleName);
        var changed = role with { Description = request.Description ?? role.Description, MaxSessionDuration = request.MaxSessionDuration, Updated = scene.NowInSeconds };
        return new Outcome<Response>(new Response(), scene.Change().Put(DocumentKinds.Role, changed));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
