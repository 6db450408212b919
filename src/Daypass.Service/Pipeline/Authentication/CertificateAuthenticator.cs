using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.X509;
using Daypass.Signing;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// Proves the holder of a certificate: form, time and scope of the signature come first, as for every other, then the certificate by itself and the
/// signature by its key, which are the caller's own. Only then the trust anchor is looked up, and the path to it.
/// </summary>
internal sealed class CertificateAuthenticator(DirectoryCache directories, TimeProvider time, string? region)
{
    private readonly SigV4Rules _rules = new() { Service = "rolesanywhere", Region = region, Skew = TimeSpan.FromMinutes(5) };
    private readonly TargetAccounts _accounts = new(directories);

    // A list of thousands is read once for as long as it is what the directory holds.
    private readonly ConditionalWeakTable<Crl, RevocationList> _lists = [];

    public async ValueTask<Caller> ProveAsync(ApiRequest request, Action<Caller> proven, CancellationToken cancellationToken)
    {
        var signable = request.Signable;
        var authorization = SigV4X509.TryParse(signable, out var error) ?? throw Refuse(error!);
        if ((SigV4.CheckSignedHeaders(authorization, signable, _rules) ?? SigV4.CheckTimeAndScope(authorization, time.GetUtcNow(), _rules)) is { } refusal)
            throw Refuse(refusal);
        var shown = ShownIdentity.Of(request);
        try
        {
            using var certificate = ReadCertificate(signable.Headers);
            var stringToSign = SigV4.StringToSign(authorization, signable, SignatureAuthenticator.PayloadHash(request), _rules);
            if (authorization.AccessKeyId != SigV4X509.SerialNumberOf(certificate.Leaf) || !SigV4X509.Matches(certificate.Leaf, authorization, stringToSign))
                throw Errors.SignatureDoesNotMatch();
            var home = await _accounts.FindAsync(shown.Provider!.AccountId!.Value, request.SourceIp, cancellationToken);
            var anchor = home?.FindTrustAnchor(shown.Provider) ?? throw Errors.ResourceNotFound("trust anchor");
            return Prove(certificate, anchor, home, shown, proven);
        }
        catch (CertificateRefusedException refused)
        {
            throw Errors.UntrustedCertificate(refused.Message);
        }
    }

    private Caller Prove(ClientCertificate certificate, TrustAnchor anchor, AccountDirectory home, ShownIdentity shown, Action<Caller> proven)
    {
        var now = time.GetUtcNow();
        var anchors = AnchorBundle.Open(anchor);
        IReadOnlyList<X509Certificate2> path = [];
        try
        {
            path = CertificatePath.Find(certificate, anchors, now);
            var mappings = home.FindAnywhereProfile(shown.Profile!)?.Mappings ?? [];
            var caller = FederatedCallers.OfCertificate(home, CertificateIdentity.Of(certificate, anchor, mappings, shown.Properties, home.Account, now));
            // From here on it is known who it is: that one is refused goes into the trail under his name.
            proven(caller);
            anchor.RequireEnabled();
            anchor.RequireUnrevoked(home, path, now, list => _lists.GetValue(list, each => each.Open()));
            return caller;
        }
        finally
        {
            foreach (var each in anchors.Concat(path))
                each.Dispose();
        }
    }

    private static ClientCertificate ReadCertificate(IRequestHeaders headers) =>
        headers.Count(SigV4X509.CertificateHeader) == 1 && headers.Count(SigV4X509.ChainHeader) <= 1
            ? ClientCertificate.Read(headers.Get(SigV4X509.CertificateHeader, 0)!, headers.Get(SigV4X509.ChainHeader, 0))
            : throw new CertificateRefusedException($"The request must have one {SigV4X509.CertificateHeader} header, and one {SigV4X509.ChainHeader} at most");

    private static ApiException Refuse(SigningError error) => Errors.Signing(error.Code.ToString(), error.Message);
}
