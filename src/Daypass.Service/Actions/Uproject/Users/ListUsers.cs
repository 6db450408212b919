using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>The users of the account, by name.</summary>
internal sealed class ListUsers : ApiAction<OffsetPaging, CountedList>
{
    public override OffsetPaging Read(Parameters wire) => OffsetPaging.Read(wire);

    public override Question Ask(OffsetPaging request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:ListUsers", Arn.Iam(scene.Home.Account, "user/"), []));

    public override Outcome<CountedList> Run(OffsetPaging request, Scene scene)
    {
        var documents = scene.Home.Documents;
        var page = request.Of(documents.All(DocumentKinds.User)).Select(user => new UserView(user, scene, HasAccess: true));
        return new Outcome<CountedList>(new CountedList("Users", [.. page], documents.Count(DocumentKinds.User)));
    }
}
