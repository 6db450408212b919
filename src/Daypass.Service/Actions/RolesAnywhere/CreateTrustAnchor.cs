using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Trusts an authority to say who workloads are. Enabled only if the request says so, as AWS has it.</summary>
internal sealed class CreateTrustAnchor : ApiAction<CreateTrustAnchor.Request, AnywhereDetail>
{
    internal sealed record Request(string Name, string Bundle, bool IsEnabled, IReadOnlyList<NotificationSetting> Notifications, IReadOnlyList<Tag> Tags);

    public override RestRoute Route { get; } = new("POST", "/trustanchors") { Status = 201 };

    public override Request Read(Parameters wire) => new(
        AnywhereInput.Name(wire), TrustAnchorInput.Source(wire, isRequired: true)!, wire.Flag("enabled") ?? false, TrustAnchorInput.Notifications(wire), AnywhereInput.Tags(wire));

    public override Question Ask(Request request, Scene scene) => new(AnywhereKinds.TrustAnchors.PermitNew(this, scene, request.Tags));

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var anchor = new TrustAnchor
        {
            Id = Identifiers.Uuid(scene.Entropy),
            Name = request.Name,
            IsEnabled = request.IsEnabled,
            Created = scene.NowInSeconds,
            Updated = scene.NowInSeconds,
            Bundle = request.Bundle,
            Certificates = TrustAnchorInput.Parse(request.Bundle, scene),
            Notifications = TrustAnchorInput.Joined([], request.Notifications),
            Tags = request.Tags,
        };
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(anchor, scene), AnywhereKinds.TrustAnchors.Add(scene, anchor));
    }
}
