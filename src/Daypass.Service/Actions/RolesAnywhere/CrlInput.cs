using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>What requests say of a revocation list.</summary>
internal static class CrlInput
{
    /// <summary>AWS's quota of lists for one trust anchor.</summary>
    public const int MaxPerAnchor = 2;

    private const int MaxLength = 300_000;
    private static readonly TextRule DataRule = TextRule.Of(1, (MaxLength + 2) / 3 * 4);

    public static string Data(Parameters wire) => wire.RequiredText("crlData", DataRule);

    public static string? OptionalData(Parameters wire) => wire.Text("crlData", DataRule);

    /// <summary>How many lists an anchor has, and that it is there.</summary>
    public static string GuardOf(string anchor) => "rolesanywhere/crls/" + anchor;

    public static IEnumerable<Crl> Of(Scene scene, string anchor) => scene.Home.Documents.All(AnywhereKinds.Crls.Documents).Where(crl => crl.TrustAnchor == anchor);

    /// <summary>Holds a list to what the anchor's authorities signed, now.</summary>
    /// <exception cref="ApiException">ValidationException.</exception>
    public static void Check(string data, TrustAnchor anchor, Scene scene)
    {
        var bytes = new byte[MaxLength];
        var certificates = AnchorBundle.Open(anchor);
        try
        {
            if (!Convert.TryFromBase64String(data, bytes, out var length))
                throw new CertificateRefusedException($"It is not Base64 of {MaxLength} bytes at most");
            RevocationList.Read(bytes[..length]).RequireFrom(certificates, scene.RealTime);
        }
        catch (CertificateRefusedException refused)
        {
            throw Errors.ValidationError($"The revocation list is not valid. {refused.Message}.");
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }
    }
}
