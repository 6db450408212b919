using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Policies;

/// <summary>Who uses a managed policy: groups, roles and users, in this order over the pages.</summary>
internal sealed class ListEntitiesForPolicy : ApiAction<ListEntitiesForPolicy.Request, ListEntitiesForPolicy.Response>
{
    internal sealed record Request(string PolicyArn, string? EntityFilter, string Prefix, PolicyUsage Usage, Paging Paging);

    /// <summary>A user of the policy: its kind is the model's word for it.</summary>
    internal sealed record Entity(string Kind, IPolicyHolder Holder) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text(Kind + "Name", Holder.Name);
            writer.Text(Kind + "Id", Holder.Id);
        }
    }

    internal sealed record Response(Page<Entity> Page) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            foreach (var kind in (ReadOnlySpan<string>)["Group", "User", "Role"])
                writer.List($"Policy{kind}s", Page.Items.Where(entity => entity.Kind == kind));
            Page.Write(writer);
        }
    }

    public override Request Read(Parameters wire) => new(
        PolicyTarget.Read(wire),
        wire.Word("EntityFilter", "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"),
        wire.Text("PathPrefix", TextRules.Path) ?? "/",
        PolicyUsage.Read(wire),
        Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        PolicyTarget.Require(scene, request.PolicyArn);
        var users = EntitiesOf(scene.Home.Documents)
            .Where(entity => request.EntityFilter is null || entity.Entity.Kind == request.EntityFilter)
            .Where(entity => PathPrefix.HasPath(request.Prefix, entity.Entity.Holder.Path))
            .Where(entity => IsUser(entity.Entity.Holder, entity.Boundary, request))
            .Select(entity => entity.Entity);
        return new Outcome<Response>(new Response(request.Paging.Of(users, entity => $"{entity.Kind}/{entity.Holder.Name}")));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];

    private static IEnumerable<(Entity Entity, string? Boundary)> EntitiesOf(Documents documents) =>
    [
        .. documents.All(DocumentKinds.Group).Select(group => (new Entity("Group", group), (string?)null)),
        .. documents.All(DocumentKinds.Role).Select(role => (new Entity("Role", role), role.Boundary)),
        .. documents.All(DocumentKinds.User).Select(user => (new Entity("User", user), user.Boundary)),
    ];

    private static bool IsUser(IPolicyHolder holder, string? boundary, Request request) =>
        (request.Usage.Permissions && holder.Attached.Contains(request.PolicyArn)) || (request.Usage.Boundary && boundary == request.PolicyArn);
}
