using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A real OpenID provider (<c>node/provider.mjs</c>) on https, with a certificate of an authority that nobody knows.</summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private readonly Process _process;

    private IdentityProvider(Process process, Uri issuer, string thumbprint, string certificate) => (_process, Issuer, Thumbprint, Certificate) = (process, issuer, thumbprint, certificate);

    public Uri Issuer { get; }

    /// <summary>The file with its certificate and the authority's.</summary>
    public string Certificate { get; }

    /// <summary>SHA-1 of the authority's certificate.</summary>
    public string Thumbprint { get; }

    public static async Task<IdentityProvider> StartAsync(string folder)
    {
        var (certificate, key, thumbprint) = await WriteCertificateAsync(folder);
        var script = Path.Combine(Tool.ScriptFolder("node"), "provider.mjs");
        var process = Process.Start(new ProcessStartInfo(SearchPath.Find("node") ?? "node", [script, certificate, key]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        const string Ready = "provider at ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                return new IdentityProvider(process, new Uri(line[Ready.Length..]), thumbprint, certificate);
        }
        throw new InvalidOperationException("The identity provider ended before it was ready.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<(string Certificate, string Key, string Thumbprint)> WriteCertificateAsync(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = RSA.Create(2048);
        var server = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = server.Create(issuer, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        var (certificateFile, keyFile) = (Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem() + "\n" + issuer.ExportCertificatePem() + "\n");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        return (certificateFile, keyFile, issuer.GetCertHashString(HashAlgorithmName.SHA1));
    }
}
