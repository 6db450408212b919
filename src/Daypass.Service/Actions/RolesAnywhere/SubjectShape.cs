using System.Security.Cryptography;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>A subject as the API shows it: the certificates that came in its name, the latest first.</summary>
internal sealed record SubjectShape(IReadOnlyList<Sighting> Sightings, CertificateStates States, bool IsDetailed) : IShape
{
    public void Write(ShapeWriter writer)
    {
        List<(Sighting At, SeenCertificate Certificate)> seen = [.. Sightings.OrderByDescending(sighting => sighting.Seen).Select(sighting => (sighting, SeenCertificate.Of(sighting)))];
        var latest = seen[0];
        writer.Text("subjectArn", Subject.ArnOf(latest.At.Account, latest.At.Subject).ToString());
        writer.Text("subjectId", latest.At.Subject);
        writer.Flag("enabled", seen.Exists(each => States.IsEnabled(each.Certificate)));
        writer.Text("x509Subject", latest.Certificate.Subject);
        writer.Time("lastSeenAt", latest.At.Seen);
        writer.Time("createdAt", Sightings.Min(sighting => sighting.First));
        writer.Time("updatedAt", latest.At.Seen);
        if (!IsDetailed)
            return;
        writer.List("credentials", seen.Select(each => new Credential(each.At, each.Certificate, States.IsEnabled(each.Certificate))));
        writer.List("instanceProperties", seen.Where(each => each.Certificate.Properties.Count > 0).Select(each => new Instance(each.At, each.Certificate)));
    }

    private static bool Failed(Sighting at) => at.LetIn != at.Seen;

    private sealed record Credential(Sighting At, SeenCertificate Certificate, bool IsEnabled) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Time("seenAt", At.Seen);
            writer.Text("serialNumber", Certificate.SerialNumber);
            writer.Text("issuer", Certificate.Issuer);
            writer.Flag("enabled", IsEnabled);
            writer.Text("x509CertificateData", PemEncoding.WriteString("CERTIFICATE", Convert.FromBase64String(Certificate.Data)));
            writer.Flag("failed", Failed(At));
        }
    }

    private sealed record Instance(Sighting At, SeenCertificate Certificate) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Time("seenAt", At.Seen);
            writer.TextMap("properties", Certificate.Properties);
            writer.Flag("failed", Failed(At));
        }
    }
}
