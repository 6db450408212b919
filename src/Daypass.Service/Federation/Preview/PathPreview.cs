using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Preview;

/// <summary>The checks of the path from a certificate to its trust anchor, in words.</summary>
internal static class PathPreview
{
    private const string NoPath = "there is no path to the trust anchor";

    // What is not wrong is good only where the path reaches the anchor: else nobody has looked at the rest of it.
    public static void Note(CheckList checks, ClientCertificate shown, ExaminedPath path, DateTimeOffset now)
    {
        foreach (var name in CertificatePath.Checks)
        {
            if (path.Faults.FirstOrDefault(fault => fault.Check == name) is { } fault)
                checks.Fail(name, Errors.UntrustedCertificate(fault.Text), () => Found(name, shown, path, now));
            else if (path.ReachesAnchor)
                checks.Make(name, () => Found(name, shown, path, now));
            else
                checks.Skip(NoPath, name);
        }
    }

    /// <summary>The name, whatever it is: what is shown need not be good.</summary>
    public static string NameOf(X500DistinguishedName name)
    {
        try
        {
            return DistinguishedName.Read(name).ToString();
        }
        catch (CertificateRefusedException)
        {
            return "(a name that cannot be read)";
        }
    }

    private static string Found(string check, ClientCertificate shown, ExaminedPath path, DateTimeOffset now) => check switch
    {
        "signatures" => $"issued by {NameOf(shown.Leaf.IssuerName)}",
        "authorities" => "each may issue the one before it",
        "validity" => string.Join("; ", Shown(shown, path).Select(each => $"{NameOf(each.SubjectName)} from {Ages.Of(each.NotBefore.ToUniversalTime(), now)} to {Ages.Of(each.NotAfter.ToUniversalTime(), now)}")),
        "usage" => UsageOf(shown.Leaf),
        "names" => "within what the path's authorities may issue for",
        "extensions" => "none that is critical and not known",
        _ => string.Join(" <- ", Shown(shown, path).Select(each => NameOf(each.SubjectName))),
    };

    private static IEnumerable<X509Certificate2> Shown(ClientCertificate shown, ExaminedPath path) => path.Certificates.Count > 0 ? path.Certificates : shown.Chain.Prepend(shown.Leaf);

    private static string UsageOf(X509Certificate2 leaf) => leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } usage
        ? "extended key usage " + string.Join(", ", usage.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.FriendlyName ?? oid.Value))
        : "no extended key usage, so any";
}
