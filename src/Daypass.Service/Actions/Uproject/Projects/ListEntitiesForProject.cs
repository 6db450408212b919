using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Bindings;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Projects;

/// <summary>Who has policies in one project, once for each binding: users, groups and roles, in this order.</summary>
internal sealed class ListEntitiesForProject : ApiAction<ListEntitiesForProject.Request, CountedList>
{
    internal sealed record Request(string ProjectId, OffsetPaging Paging);

    public override Request Read(Parameters wire) => new(wire.RequiredText("ProjectID", UprojectRules.ProjectId), OffsetPaging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProjectDirectory.Ask(scene, Name, request.ProjectId));

    public override Outcome<CountedList> Run(Request request, Scene scene)
    {
        var (id, documents) = (ProjectDirectory.Require(scene, request.ProjectId).Id, scene.Home.Documents);
        BoundEntity[] all =
        [
            .. documents.AllBy(DocumentIndexes.UsersByProject, id).SelectMany(user => BoundEntity.InProject(user, id)),
            .. documents.AllBy(DocumentIndexes.GroupsByProject, id).SelectMany(group => BoundEntity.InProject(group, id)),
            .. documents.AllBy(DocumentIndexes.RolesByProject, id).SelectMany(role => BoundEntity.InProject(role, id)),
        ];
        return new Outcome<CountedList>(request.Paging.Of("Entities", all, entity => entity));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProjectDirectory.Resource(scene, request.ProjectId)];
}
