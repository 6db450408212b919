using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Cli.Certificates;

/// <summary>A PKCS #12 file (.p12, .pfx): a certificate with its key, and those that lead to its authority.</summary>
internal static class Pkcs12File
{
    public static bool IsOne(byte[] bytes) => bytes is [0x30, ..] && X509Certificate2.GetCertContentType(bytes) == X509ContentType.Pkcs12;

    /// <exception cref="CommandException">It cannot be opened, or holds no certificate with an RSA or EC key.</exception>
    public static (X509Certificate2 Certificate, IReadOnlyList<X509Certificate2> Chain, AsymmetricAlgorithm Key) Read(string path, byte[] bytes, KeyPassword password)
    {
        var all = Open(path, bytes, password.Read());
        foreach (var certificate in all)
        {
            if (KeyOf(certificate) is { } key)
                return (certificate, [.. all.Where(each => each != certificate)], key);
        }
        throw new CommandException($"The certificate '{path}' is a PKCS #12 file without an RSA or EC key.");
    }

    private static X509Certificate2Collection Open(string path, byte[] bytes, string? password)
    {
        try
        {
            // In memory only; macOS has no such keys.
            return X509CertificateLoader.LoadPkcs12Collection(bytes, password, OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet);
        }
        catch (CryptographicException)
        {
            throw new CommandException(password is null
                ? $"The certificate '{path}' is a PKCS #12 file that does not open without a password. {KeyPassword.Advice}"
                : $"The certificate '{path}' is a PKCS #12 file that does not open with the password given, or is damaged.");
        }
    }

    private static AsymmetricAlgorithm? KeyOf(X509Certificate2 certificate) => !certificate.HasPrivateKey ? null : (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey();
}
