using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>How the path from a workload's certificate to one authority holds up. Good when it has no faults.</summary>
/// <param name="Certificates">From the workload's own, as far as it could be built; to the anchor's when it is good.</param>
/// <param name="ReachesAnchor">Whether the last of them is the anchor's.</param>
/// <param name="Faults">The first of them is what a live call says.</param>
internal sealed record ExaminedPath(IReadOnlyList<X509Certificate2> Certificates, bool ReachesAnchor, IReadOnlyList<PathFault> Faults) : IDisposable
{
    /// <summary>Whether all that can be said is that it leads nowhere.</summary>
    public bool IsCutShort => Faults is [{ Check: "path" }];

    public void Dispose()
    {
        foreach (var certificate in Certificates)
            certificate.Dispose();
    }
}

/// <summary>What is wrong with a path.</summary>
/// <param name="Check">One of <see cref="CertificatePath.Checks"/>.</param>
/// <param name="Text">Ends a sentence about the certificate.</param>
internal sealed record PathFault(string Check, string Text);
