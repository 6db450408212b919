using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Policies;
using Daypass.Service.Actions.Uproject.Bindings;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Policies;

/// <summary>Whom a policy hangs on, once for each binding: users, groups and roles, in this order.</summary>
internal sealed class ListEntitiesForPolicy : ApiAction<ListEntitiesForPolicy.Request, CountedList>
{
    internal sealed record Request(string PolicyArn, OffsetPaging Paging);

    public override Request Read(Parameters wire) => new(SceneNames.ReadPolicy(wire, "PolicyURN"), OffsetPaging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(PolicyTarget.Ask(scene, Name, request.PolicyArn));

    public override Outcome<CountedList> Run(Request request, Scene scene)
    {
        PolicyTarget.Require(scene, request.PolicyArn);
        var documents = scene.Home.Documents;
        BoundEntity[] all =
        [
            .. documents.AllBy(DocumentIndexes.UsersByPolicy, request.PolicyArn).SelectMany(user => BoundEntity.Of(user, request.PolicyArn)),
            .. documents.AllBy(DocumentIndexes.GroupsByPolicy, request.PolicyArn).SelectMany(group => BoundEntity.Of(group, request.PolicyArn)),
            .. documents.AllBy(DocumentIndexes.RolesByPolicy, request.PolicyArn).SelectMany(role => BoundEntity.Of(role, request.PolicyArn)),
        ];
        return new Outcome<CountedList>(request.Paging.Of("Entities", all, entity => entity));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [PolicyTarget.Resource(request.PolicyArn)];
}
