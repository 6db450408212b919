using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>Sets the permissions boundary of a user or role, in place of the one that it has.</summary>
internal abstract class PutPermissionsBoundary<T>(HolderKind<T> kind, Func<T, string?, T> withBoundary) : ApiAction<PutPermissionsBoundary<T>.Request, Nothing>
    where T : class, IPolicyHolder
{
    internal sealed record Request(string Name, string PermissionsBoundary);

    public override Request Read(Parameters wire) => new(kind.ReadName(wire), wire.RequiredText("PermissionsBoundary", TextRules.Arn));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(kind.Ask(scene, Name, request.Name, Boundary.Key(request.PermissionsBoundary)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        Boundary.Check(scene, request.PermissionsBoundary);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(kind.Documents, withBoundary(holder, request.PermissionsBoundary)).UseBoundary(request.PermissionsBoundary));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [kind.Resource(scene, request.Name)];
}
