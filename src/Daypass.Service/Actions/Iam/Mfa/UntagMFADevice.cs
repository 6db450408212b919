using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Takes tags from a virtual MFA device. A key that it does not have is no error.</summary>
internal sealed class UntagMFADevice : ApiAction<UntagMFADevice.Request, Nothing>
{
    internal sealed record Request(string SerialNumber, IReadOnlyList<string> TagKeys);

    public override Request Read(Parameters wire) => new(MfaTarget.Read(wire), TagList.ReadKeys(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(MfaTarget.Ask(scene, Name, request.SerialNumber).PassingKeys(request.TagKeys));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var device = MfaTarget.Require(scene, request.SerialNumber);
        var untagged = device with { Tags = TagList.Without(device.Tags, request.TagKeys, TagList.Exact) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.MfaDevice, untagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [MfaTarget.Resource(request.SerialNumber)];
}
