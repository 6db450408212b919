using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>The groups on and below a path.</summary>
internal sealed class ListGroups : ApiAction<ListGroups.Request, ListResponse>
{
    internal sealed record Request(string Prefix, Paging Paging);

    public override Request Read(Parameters wire) => new(PathPrefix.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(ResourceKeys.On(scene, "iam:ListGroups", Arn.Iam(scene.Home.Account, "group" + request.Prefix), []));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var page = request.Paging.InOrder(
            after => scene.Home.Documents.All(DocumentKinds.Group, after).Where(group => PathPrefix.HasPath(request.Prefix, group.Path)),
            group => DocumentKinds.Fold(group.Name));
        return new Outcome<ListResponse>(ListResponse.Of("Groups", page, group => GroupShape.Of(group, scene)));
    }
}
