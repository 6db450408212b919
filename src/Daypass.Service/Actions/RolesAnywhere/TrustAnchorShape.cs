using Daypass.Names;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>A trust anchor as the API shows it.</summary>
internal sealed record TrustAnchorShape(TrustAnchor Anchor, AccountId Account) : IShape
{
    /// <summary>What AWS sets for whoever sets nothing: 45 days before an authority or a certificate expires. Shown, and nobody is told: here is nothing that sends.</summary>
    private static readonly NotificationSetting[] Defaults =
        [new("CA_CERTIFICATE_EXPIRY", true, 45, "ALL"), new("END_ENTITY_CERTIFICATE_EXPIRY", true, 45, "ALL")];

    public static AnywhereDetail Of(TrustAnchor anchor, Scene scene) => new("trustAnchor", new TrustAnchorShape(anchor, scene.Home.Account));

    public void Write(ShapeWriter writer)
    {
        writer.Text("trustAnchorId", Anchor.Id);
        writer.Text("trustAnchorArn", Anchor.ArnIn(Account).ToString());
        writer.Text("name", Anchor.Name);
        writer.Structure("source", new Source(Anchor.Bundle));
        writer.Flag("enabled", Anchor.IsEnabled);
        writer.Time("createdAt", Anchor.Created);
        writer.Time("updatedAt", Anchor.Updated);
        writer.List("notificationSettings", Defaults.Select(setting =>
            Anchor.Notifications.FirstOrDefault(own => own.Event == setting.Event) is { } own ? new Notification(own, "rolesanywhere:" + Account) : new Notification(setting, "rolesanywhere.amazonaws.com")));
    }

    private sealed record Source(string Bundle) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("sourceType", TrustAnchorInput.Bundle);
            writer.Structure("sourceData", new SourceData(Bundle));
        }
    }

    private sealed record SourceData(string Bundle) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("x509CertificateData", Bundle);
    }

    private sealed record Notification(NotificationSetting Setting, string ConfiguredBy) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Flag("enabled", Setting.IsEnabled);
            writer.Text("event", Setting.Event);
            writer.Number("threshold", Setting.Threshold);
            writer.Text("channel", Setting.Channel ?? "ALL");
            writer.Text("configuredBy", ConfiguredBy);
        }
    }
}
