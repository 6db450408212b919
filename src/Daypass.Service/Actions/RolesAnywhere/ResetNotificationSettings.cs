using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Forgets what somebody wanted to be told of a trust anchor.</summary>
internal sealed class ResetNotificationSettings : ApiAction<ResetNotificationSettings.Request, AnywhereDetail>
{
    internal sealed record Request(string Id, IReadOnlyList<string> Events);

    public override RestRoute Route { get; } = new("PATCH", "/reset-notifications-settings");

    public override Request Read(Parameters wire)
    {
        var members = wire.Members("notificationSettingKeys");
        wire.LimitCount("notificationSettingKeys", members.Count, 50);
        if (members.Count == 0 && wire.Raw("notificationSettingKeys") is null)
            wire.Missing("notificationSettingKeys");
        return new Request(AnywhereInput.Id(wire, "trustAnchorId"), [.. members.Select(member => Event(wire, member))]);
    }

    public override Question Ask(Request request, Scene scene) => AnywhereKinds.TrustAnchors.Ask(this, scene, request.Id);

    public override Outcome<AnywhereDetail> Run(Request request, Scene scene)
    {
        var anchor = AnywhereKinds.TrustAnchors.Require(scene, request.Id);
        var updated = anchor with { Notifications = [.. anchor.Notifications.Where(setting => !request.Events.Contains(setting.Event))], Updated = scene.NowInSeconds };
        return new Outcome<AnywhereDetail>(TrustAnchorShape.Of(updated, scene), AnywhereKinds.TrustAnchors.Put(scene, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [AnywhereKinds.TrustAnchors.Shown(scene, request.Id)];

    private static string Event(Parameters wire, string member)
    {
        wire.Word(member + ".channel", "ALL");
        return TrustAnchorInput.Event(wire, member);
    }
}
