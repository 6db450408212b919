using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Adds tags to a virtual MFA device. Keys are case-sensitive.</summary>
internal sealed class TagMFADevice : ApiAction<TagMFADevice.Request, Nothing>
{
    internal sealed record Request(string SerialNumber, IReadOnlyList<Tag> Tags);

    public override Request Read(Parameters wire) => new(MfaTarget.Read(wire), TagList.ReadRequired(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(MfaTarget.Ask(scene, Name, request.SerialNumber).Passing(request.Tags));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var device = MfaTarget.Require(scene, request.SerialNumber);
        var tagged = device with { Tags = TagList.With(device.Tags, request.Tags, TagList.Exact) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.MfaDevice, tagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [MfaTarget.Resource(request.SerialNumber)];
}
