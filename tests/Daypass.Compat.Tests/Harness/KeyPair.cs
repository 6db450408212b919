using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A key and its certificate in files, as providers have them.</summary>
internal static class KeyPair
{
    /// <summary>Writes <c>name.pem</c> and <c>name.key</c>.</summary>
    public static async Task<(string Certificate, string Key)> WriteAsync(string folder, string name)
    {
        using var key = RSA.Create(2048);
        return await WriteAsync(folder, name, key, new CertificateRequest($"CN={name}.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The same with a key of an elliptic curve.</summary>
    public static async Task<(string Certificate, string Key)> WriteCurveAsync(string folder, string name, ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return await WriteAsync(folder, name, key, new CertificateRequest($"CN={name}.example.com", key, HashAlgorithmName.SHA256));
    }

    private static async Task<(string Certificate, string Key)> WriteAsync(string folder, string name, AsymmetricAlgorithm key, CertificateRequest request)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem() + "\n");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        return (certificateFile, keyFile);
    }
}
