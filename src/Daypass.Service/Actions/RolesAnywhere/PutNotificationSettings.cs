using Daypass.Service.Audit;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Keeps what somebody wants to be told of a trust anchor. It is shown again; nothing here sends anything.</summary>
internal sealed class PutNotificationSettings : ApiAction<PutNotificationSettings.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, IReadOnlyList<NotificationSetting> Settings);

    public override RestRoute Route { get; } = new("PATCH", "/put-notifications-settings");

    public override Request Read(Parameters wire) => new(AnywhereInput.Id(wire, "trustAnchorId"), TrustAnchorInput.Notifications(wire, isRequired: true));

    public override Question Ask(Request request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var anchor = AnywhereKinds.TrustAnchors.Require(scene, request.Id);
        var updated = anchor with { Notifications = TrustAnchorInput.Joined(anchor.Notifications, request.Settings), Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(updated, scene), AnywhereKinds.TrustAnchors.Put(scene, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];
}
