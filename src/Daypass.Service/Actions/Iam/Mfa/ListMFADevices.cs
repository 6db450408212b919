using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>The devices that are enabled for a user.</summary>
internal sealed class ListMFADevices : ApiAction<ListMFADevices.Request, ListResponse>
{
    internal sealed record Request(string? UserName, Paging Paging);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire), Paging.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, TargetUser.NameOf(request.UserName, scene));
        var devices = scene.Home.MfaDevicesOf(user).Select(device => new UserDevice(device, user.Name, scene.Home.Account));
        return new Outcome<ListResponse>(ListResponse.Of("MFADevices", request.Paging.Of(devices, device => device.SerialNumber), device => device));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
