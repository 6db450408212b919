using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Takes a device from a user. The device stays, assigned to nobody.</summary>
internal sealed class DeactivateMFADevice : ApiAction<DeactivateMFADevice.Request, Nothing>
{
    internal sealed record Request(string? UserName, string SerialNumber);

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire), MfaTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var device = MfaTarget.RequireOf(scene, TargetUser.NameOf(request.UserName, scene), request.SerialNumber);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.MfaDevice, device with { UserId = null, Enabled = null }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene)), MfaTarget.Resource(request.SerialNumber)];
}
