namespace Daypass.Service.Federation.Saml;

/// <summary>The namespaces and names of the standards (SAML 2.0 core and metadata, XML Signature), and those that AWS gave meaning to.</summary>
internal static class SamlNames
{
    public const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    public const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
    public const string Metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    public const string Encryption = "http://www.w3.org/2001/04/xmlenc#";
    public const string Success = "urn:oasis:names:tc:SAML:2.0:status:Success";
    public const string Bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    /// <summary>How the formats of names begin; AWS shows only what follows.</summary>
    public const string NameFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:";

    /// <summary>How the names of all attributes begin that mean something to STS itself. They are case-sensitive.</summary>
    public const string Attributes = "https://aws.amazon.com/SAML/Attributes/";

    /// <summary>The audience that assertions for AWS are made for.</summary>
    public const string Audience = "urn:amazon:webservices";
}
