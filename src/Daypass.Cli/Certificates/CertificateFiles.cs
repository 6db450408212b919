using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Cli.Certificates;

/// <summary>
/// A workload's certificate, the private key of it, and the certificates between it and the trust anchor, from their files. They are read anew for each
/// session, so a renewed certificate is used as soon as its files are there.
/// </summary>
internal sealed class CertificateFiles : IDisposable
{
    private CertificateFiles(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> chain, AsymmetricAlgorithm key) => (Certificate, Chain, Key) = (certificate, chain, key);

    public X509Certificate2 Certificate { get; }

    public IReadOnlyList<X509Certificate2> Chain { get; }

    public AsymmetricAlgorithm Key { get; }

    /// <param name="certificate">PEM, in which the others go along as the chain, whichever stands first; DER; or PKCS #12 with the key in it.</param>
    /// <param name="privateKey">PEM, RSA or EC, encrypted or not; null for PKCS #12.</param>
    /// <param name="intermediates">PEM; null when there are none.</param>
    /// <param name="password">What opens the key or the PKCS #12 file.</param>
    /// <exception cref="CommandException">A file cannot be read, or the key is not the certificate's.</exception>
    public static CertificateFiles Read(Host host, string certificate, string? privateKey, string? intermediates, KeyPassword password)
    {
        var path = host.FullPath(certificate);
        var bytes = ReadFile("certificate", path);
        IReadOnlyList<X509Certificate2> others = intermediates is null ? [] : ReadCertificates("file of intermediates", host.FullPath(intermediates));
        if (Pkcs12File.IsOne(bytes))
        {
            if (privateKey is not null)
                throw new CommandException($"The certificate '{path}' comes with its key (PKCS #12): leave out --private-key.");
            var (own, chain, itsKey) = Pkcs12File.Read(path, bytes, password);
            return new CertificateFiles(own, [.. chain, .. others], itsKey);
        }
        var shown = ReadCertificates("certificate", path, bytes);
        if (privateKey is null)
            throw new CommandException("--certificate needs --private-key, unless it is a PKCS #12 file, which has the key in it.");
        var keyPath = host.FullPath(privateKey);
        var key = PrivateKeyFile.Read(keyPath, Encoding.UTF8.GetString(ReadFile("private key", keyPath)), password);
        return shown.FirstOrDefault(each => IsKeyOf(key, each)) is { } leaf
            ? new CertificateFiles(leaf, [.. shown.Where(each => each != leaf), .. others], key)
            : throw new CommandException($"The private key '{privateKey}' is not that of the certificate '{certificate}'.");
    }

    /// <summary>What may be shown of the files to anybody: the certificate and those between it and the anchor, as Base64 of their DER.</summary>
    /// <exception cref="CommandException">A file cannot be read.</exception>
    public static (string Certificate, IReadOnlyList<string> Chain) ReadShown(Host host, string certificate, string? intermediates)
    {
        List<X509Certificate2> all = [.. ReadCertificates("certificate", host.FullPath(certificate))];
        if (intermediates is not null)
            all.AddRange(ReadCertificates("file of intermediates", host.FullPath(intermediates)));
        List<string> shown = [.. all.Select(each => Convert.ToBase64String(each.RawDataMemory.Span))];
        all.ForEach(each => each.Dispose());
        return (shown[0], shown[1..]);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Key.Dispose();
        foreach (var each in Chain)
            each.Dispose();
    }

    private static IReadOnlyList<X509Certificate2> ReadCertificates(string what, string path) => ReadCertificates(what, path, ReadFile(what, path));

    private static IReadOnlyList<X509Certificate2> ReadCertificates(string what, string path, byte[] bytes) => IsDer(bytes) ? [X509CertificateLoader.LoadCertificate(bytes)] : ReadPem(what, path, bytes);

    private static IReadOnlyList<X509Certificate2> ReadPem(string what, string path, byte[] bytes)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(Encoding.UTF8.GetString(bytes));
        }
        catch (CryptographicException)
        {
            found.Clear();
        }
        return found.Count > 0 ? [.. found] : throw new CommandException($"The {what} '{path}' has no certificate in PEM (-----BEGIN CERTIFICATE-----).");
    }

    private static bool IsDer(byte[] bytes) => bytes is [0x30, ..] && X509Certificate2.GetCertContentType(bytes) == X509ContentType.Cert;

    private static bool IsKeyOf(AsymmetricAlgorithm key, X509Certificate2 certificate) =>
        key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    private static byte[] ReadFile(string what, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The {what} '{path}' cannot be read: {exception.Message}");
        }
    }
}
