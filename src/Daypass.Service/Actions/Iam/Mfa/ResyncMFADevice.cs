using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Learns anew what a device's clock shows, from two codes in a row.</summary>
internal sealed class ResyncMFADevice : ApiAction<ResyncMFADevice.Request, Nothing>
{
    internal sealed record Request(string UserName, string SerialNumber, CodePair Codes);

    public override IReadOnlyList<string> SecretParameters => CodePair.Secrets;

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire), MfaTarget.Read(wire), CodePair.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var (synchronized, changes) = request.Codes.Accept(MfaTarget.RequireOf(scene, request.UserName, request.SerialNumber), scene);
        return new Outcome<Nothing>(Nothing.Instance, changes.Put(DocumentKinds.MfaDevice, synchronized));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.User.Resource(scene, request.UserName), MfaTarget.Resource(request.SerialNumber)];
}
