using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Assigns a virtual MFA device to a user who has shown two codes of it in a row.</summary>
internal sealed class EnableMFADevice : ApiAction<EnableMFADevice.Request, Nothing>
{
    internal sealed record Request(string UserName, string SerialNumber, CodePair Codes);

    public override IReadOnlyList<string> SecretParameters => CodePair.Secrets;

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire), MfaTarget.Read(wire), CodePair.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, request.UserName);
        var device = MfaTarget.Require(scene, request.SerialNumber);
        if (device.UserId is not null)
            throw Errors.EntityAlreadyExists("MFA Device is already in use.");
        Quotas.MfaDevicesPerUser.AdmitOneMore(scene.Home.MfaDevicesOf(user).Count());
        var (proven, changes) = request.Codes.Accept(device, scene);
        changes.Put(DocumentKinds.MfaDevice, proven with { UserId = user.Id, Enabled = scene.NowInSeconds })
            .RelyOn(DocumentKinds.User, DocumentKinds.Fold(user.Name))
            .Guard(Guards.MfaDevicesOf(user));
        return new Outcome<Nothing>(Nothing.Instance, changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.User.Resource(scene, request.UserName), MfaTarget.Resource(request.SerialNumber)];
}
