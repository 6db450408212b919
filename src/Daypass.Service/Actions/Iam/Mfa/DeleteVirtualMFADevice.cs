using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Ends a device that is assigned to nobody, and its seed with it.</summary>
internal sealed class DeleteVirtualMFADevice : ApiAction<DeleteVirtualMFADevice.Request, Nothing>
{
    internal sealed record Request(string SerialNumber);

    public override Request Read(Parameters wire) => new(MfaTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(MfaTarget.Ask(scene, Name, request.SerialNumber));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var device = MfaTarget.Require(scene, request.SerialNumber);
        return device.UserId is null
            ? new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.MfaDevice, device))
            : throw Errors.DeleteConflict("MFA VirtualDevice in use. Must deactivate first.");
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [MfaTarget.Resource(request.SerialNumber)];
}
