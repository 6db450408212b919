namespace Daypass.Service.Pipeline.Authentication;

/// <summary>Step 4: each action says which proof it takes, and here is who checks it.</summary>
internal sealed class Authenticators(SignatureAuthenticator signature, WebIdentityAuthenticator webIdentity, SamlAuthenticator saml, CertificateAuthenticator certificate, LdapAuthenticator ldap)
{
    /// <summary>The caller, or an <see cref="ApiException"/>. <paramref name="now"/> is policy time.</summary>
    /// <param name="proven">Told who it is once that is proven, whatever becomes of the call then: the refusal belongs into the trail under a name.</param>
    public ValueTask<Caller> ProveAsync(ApiRequest request, DateTimeOffset now, Action<Caller> proven, CancellationToken cancellationToken) => request.Action.Proof switch
    {
        Proof.WebIdentity => webIdentity.ProveAsync(request, proven, cancellationToken),
        Proof.Saml => saml.ProveAsync(request, proven, cancellationToken),
        Proof.Certificate => certificate.ProveAsync(request, proven, cancellationToken),
        Proof.Ldap => ldap.ProveAsync(request, proven, cancellationToken),
        _ => signature.ProveAsync(request, now, proven, cancellationToken),
    };
}
