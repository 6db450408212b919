using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>Takes the permissions boundary from a user or role; one that has none stays so without an error.</summary>
internal abstract class DeletePermissionsBoundary<T>(HolderKind<T> kind, Func<T, string?, T> withBoundary) : ApiAction<DeletePermissionsBoundary<T>.Request, Nothing>
    where T : class, IPolicyHolder
{
    internal sealed record Request(string Name);

    public override Request Read(Parameters wire) => new(kind.ReadName(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(kind.Ask(scene, Name, request.Name, kind.BoundaryKey(scene, request.Name)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var holder = kind.Require(scene, request.Name);
        return kind.BoundaryOf(holder) is not null
            ? new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(kind.Documents, withBoundary(holder, null)))
            : new Outcome<Nothing>(Nothing.Instance);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [kind.Resource(scene, request.Name)];
}
