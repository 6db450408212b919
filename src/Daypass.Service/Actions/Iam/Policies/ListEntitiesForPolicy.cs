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
        return new Outcome<Response>(new Response(request.Paging.Of(EntitiesOf(request, scene.Home.Documents), KeyOf)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];

    private static IEnumerable<Entity> EntitiesOf(Request request, Documents documents) =>
    [
        .. EntitiesOf("Group", request, documents, DocumentIndexes.GroupsByPolicy, null),
        .. EntitiesOf("Role", request, documents, DocumentIndexes.RolesByPolicy, DocumentIndexes.RolesByBoundary),
        .. EntitiesOf("User", request, documents, DocumentIndexes.UsersByPolicy, DocumentIndexes.UsersByBoundary),
    ];

    /// <summary>Those of one kind that can be on the page: as many of either use as it has room for.</summary>
    private static IEnumerable<Entity> EntitiesOf<T>(string kind, Request request, Documents documents, DocumentIndex<T> attached, DocumentIndex<T>? bounded)
        where T : class, IPolicyHolder
    {
        if (request.EntityFilter is { } filter && filter != kind)
            return [];
        var users = request.Usage.Permissions ? Using(attached) : [];
        var limited = request.Usage.Boundary && bounded is not null ? Using(bounded) : [];
        return users.Concat(limited).DistinctBy(holder => holder.Id).Select(holder => new Entity(kind, holder));

        IEnumerable<T> Using(DocumentIndex<T> index) => request.Paging.OfKind(
            kind, after => documents.AllBy(index, request.PolicyArn, after).Where(holder => PathPrefix.HasPath(request.Prefix, holder.Path)));
    }

    private static string KeyOf(Entity entity) => $"{entity.Kind}/{DocumentKinds.Fold(entity.Holder.Name)}";
}
