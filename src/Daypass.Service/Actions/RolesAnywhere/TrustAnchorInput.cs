using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>What requests say of a trust anchor.</summary>
internal static class TrustAnchorInput
{
    public const string Bundle = "CERTIFICATE_BUNDLE";

    private const int MaxSettings = 50;
    private static readonly TextRule BundleRule = TextRule.Of(1, 16_000);

    /// <summary>The bundle of the <c>source</c>; empty where there is none, which is recorded if it must be there.</summary>
    public static string? Source(Parameters wire, bool isRequired)
    {
        if (!isRequired && wire.Raw("source.sourceType") is null && wire.Raw("source.sourceData.x509CertificateData") is null && wire.Raw("source.sourceData.acmPcaArn") is null)
            return null;
        var type = wire.RequiredWord("source.sourceType", "AWS_ACM_PCA", Bundle, "SELF_SIGNED_REPOSITORY");
        // Recorded with the other violations: whoever may not call this shall not hear more than that.
        if (type.Length > 0 && type != Bundle)
            wire.Violate(type, "source.sourceType", $"Member must be {Bundle}: there is no private CA of AWS here, so upload the authority's certificate in sourceData.x509CertificateData");
        return wire.RequiredText("source.sourceData.x509CertificateData", BundleRule);
    }

    /// <exception cref="ApiException">ValidationException.</exception>
    public static IReadOnlyList<string> Parse(string bundle, Scene scene)
    {
        try
        {
            return AnchorBundle.Read(bundle, scene.RealTime);
        }
        catch (CertificateRefusedException refused)
        {
            throw Errors.ValidationError($"The certificate bundle is not valid. {refused.Message}.");
        }
    }

    public static IReadOnlyList<NotificationSetting> Notifications(Parameters wire, bool isRequired = false)
    {
        var members = wire.Members("notificationSettings");
        wire.LimitCount("notificationSettings", members.Count, MaxSettings);
        if (isRequired && members.Count == 0 && wire.Raw("notificationSettings") is null)
            wire.Missing("notificationSettings");
        return
        [
            .. members.Select(member => new NotificationSetting(
                Event(wire, member),
                wire.Flag(member + ".enabled") ?? Required(wire, member + ".enabled"),
                wire.Number(member + ".threshold", 1, 360),
                wire.Word(member + ".channel", "ALL"))),
        ];
    }

    public static string Event(Parameters wire, string member) => wire.RequiredWord(member + ".event", "CA_CERTIFICATE_EXPIRY", "END_ENTITY_CERTIFICATE_EXPIRY");

    /// <summary>The settings with others put in the place of those for the same event.</summary>
    public static IReadOnlyList<NotificationSetting> Joined(IReadOnlyList<NotificationSetting> settings, IReadOnlyList<NotificationSetting> added) =>
        [.. settings.Where(old => !added.Any(each => each.Event == old.Event)), .. added.Reverse().DistinctBy(each => each.Event)];

    private static bool Required(Parameters wire, string name)
    {
        wire.Missing(name);
        return false;
    }
}
