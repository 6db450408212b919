using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>The users on and below a path.</summary>
internal sealed class ListUsers : ApiAction<ListUsers.Request, ListResponse>
{
    internal sealed record Request(string Prefix, Paging Paging);

    public override Request Read(Parameters wire) => new(PathPrefix.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(ResourceKeys.On(scene, "iam:ListUsers", Arn.Iam(scene.Home.Account, "user" + request.Prefix), []));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var page = request.Paging.InOrder(
            after => scene.Home.Documents.All(DocumentKinds.User, after).Where(user => PathPrefix.HasPath(request.Prefix, user.Path)),
            user => DocumentKinds.Fold(user.Name));
        return new Outcome<ListResponse>(ListResponse.Of("Users", page, user => UserShape.Listed(user, scene)));
    }
}
