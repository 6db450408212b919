using System.Security.Cryptography.X509Certificates;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>
/// Which of the certificates that came could come again: its anchor is there and enabled, it has not expired, and no enabled list has it. Nothing
/// switches a single certificate off otherwise, nor a subject.
/// </summary>
internal sealed class CertificateStates(Scene scene)
{
    // A list may have thousands of entries: read once for all certificates of an answer.
    private readonly Dictionary<string, List<RevocationList>> _lists = new(StringComparer.Ordinal);

    public bool IsEnabled(SeenCertificate seen)
    {
        if (AnywhereKinds.TrustAnchors.Find(scene, seen.TrustAnchor) is not { IsEnabled: true })
            return false;
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(seen.Data));
        return certificate.NotAfter.ToUniversalTime() > scene.RealTime.UtcDateTime && !ListsOf(seen.TrustAnchor).Exists(list => list.Has(certificate));
    }

    private List<RevocationList> ListsOf(string anchor) => _lists.TryGetValue(anchor, out var lists)
        ? lists
        : _lists[anchor] = [.. CrlInput.Of(scene, anchor).Where(list => list.IsEnabled).Select(list => RevocationList.Read(Convert.FromBase64String(list.Data)))];
}
