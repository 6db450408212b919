using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Roles;

/// <summary>The roles of the account, by name.</summary>
internal sealed class ListRoles : ApiAction<OffsetPaging, CountedList>
{
    public override OffsetPaging Read(Parameters wire) => OffsetPaging.Read(wire);

    public override Question Ask(OffsetPaging request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:ListRoles", Arn.Iam(scene.Home.Account, "role/"), []));

    public override Outcome<CountedList> Run(OffsetPaging request, Scene scene)
    {
        var documents = scene.Home.Documents;
        var page = request.Of(documents.All(DocumentKinds.Role)).Select(role => new RoleView(role, scene, IsListed: true));
        return new Outcome<CountedList>(new CountedList("Roles", [.. page], documents.Count(DocumentKinds.Role)));
    }
}
