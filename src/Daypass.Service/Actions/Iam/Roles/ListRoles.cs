using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>
/// The account's roles. Trusted principals of other accounts show as they were written: a list must not make the accounts of a thousand
/// roles be loaded, and who edits a trust policy reads it with GetRole.
/// </summary>
internal sealed class ListRoles : ApiAction<ListRoles.Request, ListResponse>
{
    internal sealed record Request(string Prefix, Paging Paging);

    public override Request Read(Parameters wire) => new(PathPrefix.Read(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(ResourceKeys.On(scene, "iam:ListRoles", Arn.Iam(scene.Home.Account, "role" + request.Prefix), []));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var page = request.Paging.InOrder(
            after => scene.Home.Documents.All(DocumentKinds.Role, after).Where(role => PathPrefix.HasPath(request.Prefix, role.Path)),
            role => DocumentKinds.Fold(role.Name));
        return new Outcome<ListResponse>(ListResponse.Of("Roles", page, role => RoleShape.Of(role, scene, RoleDetail.Listed)));
    }
}
