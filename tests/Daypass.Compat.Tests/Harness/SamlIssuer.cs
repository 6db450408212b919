using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A server, and a real SAML provider (<c>node/saml-issuer.mjs</c>, npm samlify) with a key of its own. Scripts find it by <c>SAML_*</c>.</summary>
public sealed class SamlIssuer : World
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    /// <summary>Makes the key when somebody first asks for it.</summary>
    public async Task<SamlIssuer> WithKeyAsync()
    {
        if (_environment.Count > 0)
            return this;
        var folder = Folder("issuer");
        var now = TimeProvider.System.GetUtcNow();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=idp.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(folder, "issuer.pem"), Path.Combine(folder, "issuer.key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem() + "\n");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        _environment["SAML_NODE"] = SearchPath.Find("node") ?? "node";
        _environment["SAML_ISSUER"] = Path.Combine(Tool.ScriptFolder("node"), "saml-issuer.mjs");
        _environment["SAML_CERTIFICATE"] = certificateFile;
        _environment["SAML_KEY"] = keyFile;
        return this;
    }

    public Task<string> MetadataAsync() => AskAsync("metadata");

    /// <summary>A response in Base64.</summary>
    public Task<string> ResponseAsync(object said) => AskAsync("response", JsonSerializer.Serialize(said));

    protected override void Add(IDictionary<string, string> environment)
    {
        foreach (var (name, value) in _environment)
            environment[name] = value;
    }

    private async Task<string> AskAsync(params string[] words)
    {
        var finished = await External.RunAsync(_environment["SAML_NODE"], [_environment["SAML_ISSUER"], .. words], _environment, Home);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        return finished.Output.Trim();
    }
}
