using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Bench.Api;

/// <summary>
/// A SAML provider: writes responses of the size that providers write, signs their assertions with RSA of 2048 bits, and encrypts them if wanted. All texts
/// are in canonical form to begin with, so signing one is one hash and one operation.
/// </summary>
internal sealed class SamlIssuer : IDisposable
{
    private const string EntityId = "https://idp.example.com/saml";
    private const string Saml = "urn:oasis:names:tc:SAML:2.0:";
    private const string Canonical = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    private const string Encryption = "http://www.w3.org/2001/04/xmlenc#";
    private readonly RSA _key = RSA.Create(2048);
    private readonly RSA _recipient = RSA.Create(2048);

    /// <summary>The private key that opens what is encrypted.</summary>
    public string RecipientKey => _recipient.ExportPkcs8PrivateKeyPem();

    public string Metadata(DateTimeOffset now)
    {
        using var certificate = new CertificateRequest("CN=idp.example.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return $"""
            <EntityDescriptor xmlns="{Saml}metadata" entityID="{EntityId}"><IDPSSODescriptor protocolSupportEnumeration="{Saml}protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="{Signature}"><X509Data><X509Certificate>{Convert.ToBase64String(certificate.RawData)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="{Saml}bindings:HTTP-POST" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>
            """.PadRight(1000);
    }

    /// <summary>A response in Base64.</summary>
    /// <param name="offer">The pair of role and provider.</param>
    /// <param name="number">Makes it one of its own.</param>
    public string Response(string offer, int number, bool isEncrypted, DateTimeOffset now)
    {
        var (at, end) = (Time(now), Time(now.AddMinutes(5)));
        var text = $"""<saml:Assertion xmlns:saml="{Saml}assertion" ID="_a{number:X8}" IssueInstant="{at}" Version="2.0"><saml:Issuer>{EntityId}</saml:Issuer><saml:Subject><saml:NameID Format="{Saml}nameid-format:persistent">person-{number:X8}@example.com</saml:NameID><saml:SubjectConfirmation Method="{Saml}cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{end}" Recipient="https://signin.aws.amazon.com/saml"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{at}" NotOnOrAfter="{end}"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext><saml:AuthnContextClassRef>{Saml}ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{Attribute("Role", offer)}{Attribute("RoleSessionName", $"person-{number:X8}")}{Attribute("PrincipalTag:Department", "finance")}{Attribute("PrincipalTag:CostCenter", "4711")}</saml:AttributeStatement></saml:Assertion>""";
        var signed = text.Insert(text.IndexOf("<saml:Subject>", StringComparison.Ordinal), Sign(text, $"_a{number:X8}"));
        var response = $"""<samlp:Response xmlns:samlp="{Saml}protocol" Destination="https://signin.aws.amazon.com/saml" ID="_r{number:X8}" IssueInstant="{at}" Version="2.0"><saml:Issuer xmlns:saml="{Saml}assertion">{EntityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{Saml}status:Success"/></samlp:Status>{(isEncrypted ? Encrypt(signed) : signed)}</samlp:Response>""";
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(response));
    }

    public void Dispose()
    {
        _key.Dispose();
        _recipient.Dispose();
    }

    private string Sign(string text, string id)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var info = $"""<ds:SignedInfo xmlns:ds="{Signature}"><ds:CanonicalizationMethod Algorithm="{Canonical}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="{Signature}enveloped-signature"></ds:Transform><ds:Transform Algorithm="{Canonical}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="{Encryption}sha256"></ds:DigestMethod><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>""";
        byte[] value;
        lock (_key)
            value = _key.SignData(Encoding.UTF8.GetBytes(info), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"""<ds:Signature xmlns:ds="{Signature}">{info}<ds:SignatureValue>{Convert.ToBase64String(value)}</ds:SignatureValue></ds:Signature>""";
    }

    private string Encrypt(string assertion)
    {
        var (key, nonce, plaintext, tag) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(assertion), new byte[16]);
        var text = new byte[plaintext.Length];
        using (var cipher = new AesGcm(key, tag.Length))
            cipher.Encrypt(nonce, plaintext, text, tag);
        byte[] wrapped;
        lock (_recipient)
            wrapped = _recipient.Encrypt(key, RSAEncryptionPadding.OaepSHA1);
        return $"""<saml:EncryptedAssertion xmlns:saml="{Saml}assertion"><xenc:EncryptedData xmlns:xenc="{Encryption}" Type="{Encryption}Element"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><ds:KeyInfo xmlns:ds="{Signature}"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{Encryption}rsa-oaep-mgf1p"/><xenc:CipherData><xenc:CipherValue>{Convert.ToBase64String(wrapped)}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{Convert.ToBase64String([.. nonce, .. text, .. tag])}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>""";
    }

    private static string Attribute(string name, string value) => $"""<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>""";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
