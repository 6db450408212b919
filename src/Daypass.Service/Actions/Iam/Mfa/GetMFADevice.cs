using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>One device of a user. AWS answers for security keys alone; here there are virtual devices, and they are shown.</summary>
internal sealed class GetMFADevice : ApiAction<GetMFADevice.Request, UserDevice>
{
    internal sealed record Request(string? UserName, string SerialNumber);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire), MfaTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<UserDevice> Run(Request request, Scene scene)
    {
        var userName = TargetUser.NameOf(request.UserName, scene);
        return new Outcome<UserDevice>(new UserDevice(MfaTarget.RequireOf(scene, userName, request.SerialNumber), userName, scene.Home.Account));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene)), MfaTarget.Resource(request.SerialNumber)];
}
