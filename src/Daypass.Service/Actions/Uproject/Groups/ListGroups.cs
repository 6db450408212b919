using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>The groups of the account, by name.</summary>
internal sealed class ListGroups : ApiAction<OffsetPaging, CountedList>
{
    public override OffsetPaging Read(Parameters wire) => OffsetPaging.Read(wire);

    public override Question Ask(OffsetPaging request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:ListGroups", Arn.Iam(scene.Home.Account, "group/"), []));

    public override Outcome<CountedList> Run(OffsetPaging request, Scene scene)
    {
        var documents = scene.Home.Documents;
        var page = request.Of(documents.All(DocumentKinds.Group)).Select(group => new GroupView(group));
        return new Outcome<CountedList>(new CountedList("Groups", [.. page], documents.Count(DocumentKinds.Group)));
    }
}
