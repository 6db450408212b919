using System.Globalization;

namespace Daypass.Compat.Tests.Harness;

/// <summary>
/// A provider made of Debian's xmlsec1 alone, an implementation of XML Signature and XML Encryption that shares no code with ours: what it signs and
/// encrypts has to be taken here, and what it refuses, too.
/// </summary>
internal sealed class XmlSec(string folder, string certificate, string key)
{
    private const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    private const string Encryption = "http://www.w3.org/2001/04/xmlenc#";
    private const string Saml = "urn:oasis:names:tc:SAML:2.0:";

    public string Metadata() => $"""
        <EntityDescriptor xmlns="{Saml}metadata" entityID="https://idp.example.com/xmlsec"><IDPSSODescriptor protocolSupportEnumeration="{Saml}protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="{Signature}"><X509Data><X509Certificate>{Pem(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="{Saml}bindings:HTTP-POST" Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>
        """.PadRight(1000);

    /// <summary>A response whose assertion, or which itself, has a place for a signature.</summary>
    public static string Response(SamlSetup setup, string method, string signed)
    {
        string At(double minutes) => TimeProvider.System.GetUtcNow().AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string Place(string name) => name == signed ? Template(method, "_" + name) : "";
        string Attribute(string name, string value) => $"""<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/{name}"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>""";
        const string Issuer = "<saml:Issuer>https://idp.example.com/xmlsec</saml:Issuer>";
        const string Aws = "https://signin.aws.amazon.com/saml";
        return $"""
            <samlp:Response xmlns:samlp="{Saml}protocol" xmlns:saml="{Saml}assertion" ID="_Response" Version="2.0" IssueInstant="{At(0)}">{Issuer}{Place("Response")}<samlp:Status><samlp:StatusCode Value="{Saml}status:Success"/></samlp:Status><saml:Assertion xmlns:saml="{Saml}assertion" ID="_Assertion" Version="2.0" IssueInstant="{At(0)}">{Issuer}{Place("Assertion")}<saml:Subject><saml:NameID>alice@example.com</saml:NameID><saml:SubjectConfirmation Method="{Saml}cm:bearer"><saml:SubjectConfirmationData Recipient="{Aws}" NotOnOrAfter="{At(5)}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotOnOrAfter="{At(5)}"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>{Attribute("Role", setup.Offer)}{Attribute("RoleSessionName", "alice")}</saml:AttributeStatement></saml:Assertion></samlp:Response>
            """;
    }

    /// <summary>Fills the place for a signature.</summary>
    public Task<string> SignAsync(string response) => RunAsync(response, file =>
        ["--sign", "--privkey-pem", $"{key},{certificate}", "--id-attr:ID", Saml + "assertion:Assertion", "--id-attr:ID", Saml + "protocol:Response", file]);

    /// <summary>Puts the assertion into an envelope for whoever has the key of a certificate.</summary>
    public async Task<string> EncryptAsync(string response, string recipient, string method, string kind)
    {
        var template = Path.Combine(folder, "template.xml");
        await File.WriteAllTextAsync(template, $"""
            <EncryptedData xmlns="{Encryption}" Type="{Encryption}Element"><EncryptionMethod Algorithm="{method}"/><KeyInfo xmlns="{Signature}"><EncryptedKey xmlns="{Encryption}"><EncryptionMethod Algorithm="{Encryption}rsa-oaep-mgf1p"/><CipherData><CipherValue/></CipherData></EncryptedKey></KeyInfo><CipherData><CipherValue/></CipherData></EncryptedData>
            """);
        var wrapped = response.Replace("<saml:Assertion ", "<saml:EncryptedAssertion><saml:Assertion ", StringComparison.Ordinal).Replace("</saml:Assertion>", "</saml:Assertion></saml:EncryptedAssertion>", StringComparison.Ordinal);
        return await RunAsync(wrapped, file => ["--encrypt", "--pubkey-cert-pem", recipient, "--session-key", kind, "--xml-data", file, "--node-name", Saml + "assertion:Assertion", template]);
    }

    private async Task<string> RunAsync(string document, Func<string, string[]> arguments)
    {
        var (input, output) = (Path.Combine(folder, "in.xml"), Path.Combine(folder, "out.xml"));
        await File.WriteAllTextAsync(input, document);
        var words = arguments(input);
        var finished = await External.RunAsync(Tool.Program(Tool.XmlSec, "installed"), [words[0], "--output", output, .. words[1..]], new Dictionary<string, string>(), folder);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        return await File.ReadAllTextAsync(output);
    }

    private static string Template(string method, string id) => $"""
        <ds:Signature xmlns:ds="{Signature}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="#{id}"><ds:Transforms><ds:Transform Algorithm="{Signature}enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="{Encryption}sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>
        """;

    private static string Pem(string file) => string.Concat(File.ReadLines(file).Where(line => !line.StartsWith('-')));
}
