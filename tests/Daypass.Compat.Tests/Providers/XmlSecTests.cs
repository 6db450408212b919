using System.Security.Cryptography;
using System.Text;
using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>ECDSA, and envelopes, of an implementation that shares no code with ours.</summary>
public sealed class XmlSecTests(World world) : IClassFixture<World>
{
    private const string Curve = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-";
    private const string Rsa = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    [NeedsTheory(Tool.XmlSec)]
    [InlineData("nistP256", "sha256", "Assertion")]
    [InlineData("nistP384", "sha384", "Assertion")]
    [InlineData("nistP521", "sha512", "Assertion")]
    [InlineData("nistP256", "sha256", "Response")]
    public async Task Its_signatures_by_curves_are_good(string curve, string hash, string signed)
    {
        var folder = world.Folder("xmlsec");
        var (certificate, key) = await KeyPair.WriteCurveAsync(folder, "issuer", ECCurve.CreateFromFriendlyName(curve));
        var provider = new XmlSec(folder, certificate, key);
        var setup = await SamlSetup.RegisterAsync(world, provider.Metadata());
        var response = await provider.SignAsync(XmlSec.Response(setup, Curve + hash, signed));
        Assert.EndsWith("/alice", await setup.SessionAsync(Encode(response)), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.XmlSec)]
    [InlineData("http://www.w3.org/2009/xmlenc11#aes128-gcm", "aes-128", "Assertion")]
    [InlineData("http://www.w3.org/2009/xmlenc11#aes192-gcm", "aes-192", "Assertion")]
    [InlineData("http://www.w3.org/2009/xmlenc11#aes256-gcm", "aes-256", "Assertion")]
    [InlineData("http://www.w3.org/2009/xmlenc11#aes256-gcm", "aes-256", "Response")]
    [InlineData("http://www.w3.org/2001/04/xmlenc#aes256-cbc", "aes-256", "Response")]
    public async Task Its_envelopes_are_opened(string method, string kind, string signed)
    {
        var folder = world.Folder("xmlsec");
        var (certificate, key) = await KeyPair.WriteAsync(folder, "issuer");
        var (recipient, recipientKey) = await KeyPair.WriteAsync(folder, "recipient");
        var provider = new XmlSec(folder, certificate, key);
        var setup = await SamlSetup.RegisterAsync(world, provider.Metadata(), ("AddPrivateKey", await File.ReadAllTextAsync(recipientKey)));
        var plain = XmlSec.Response(setup, Rsa, signed);
        var response = signed == "Assertion"
            ? await provider.EncryptAsync(await provider.SignAsync(plain), recipient, method, kind)
            : await provider.SignAsync(await provider.EncryptAsync(plain, recipient, method, kind));
        Assert.EndsWith("/alice", await setup.SessionAsync(Encode(response)), StringComparison.Ordinal);
    }

    private static string Encode(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));
}
