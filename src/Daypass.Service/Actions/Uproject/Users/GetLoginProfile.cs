using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>The settings of a user's login.</summary>
internal sealed class GetLoginProfile : ApiAction<GetLoginProfile.Request, LoginProfileView>
{
    internal sealed record Request(string UserName);

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<LoginProfileView> Run(Request request, Scene scene) => new(new LoginProfileView(UprojectKinds.User.Require(scene, request.UserName).Login));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];
}
