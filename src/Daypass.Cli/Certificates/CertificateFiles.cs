using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Cli.Certificates;

/// <summary>A workload's certificate, the private key of it, and the certificates between it and the trust anchor, from their files.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private CertificateFiles(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> chain, AsymmetricAlgorithm key) => (Certificate, Chain, Key) = (certificate, chain, key);

    public X509Certificate2 Certificate { get; }

    public IReadOnlyList<X509Certificate2> Chain { get; }

    public AsymmetricAlgorithm Key { get; }

    /// <param name="certificate">PEM; what follows the first certificate in the file goes along as the chain.</param>
    /// <param name="privateKey">PEM, not encrypted: RSA or EC.</param>
    /// <param name="intermediates">PEM; null when there are none.</param>
    /// <exception cref="CommandException">A file cannot be read, or the key is not the certificate's.</exception>
    public static CertificateFiles Read(Host host, string certificate, string privateKey, string? intermediates)
    {
        var shown = ReadCertificates("certificate", host.FullPath(certificate));
        IEnumerable<X509Certificate2> chain = intermediates is null ? [] : ReadCertificates("file of intermediates", host.FullPath(intermediates));
        var key = ReadKey(host.FullPath(privateKey));
        return IsKeyOf(key, shown[0])
            ? new CertificateFiles(shown[0], [.. shown[1..], .. chain], key)
            : throw new CommandException($"The private key '{privateKey}' is not that of the certificate '{certificate}'.");
    }

    /// <summary>What may be shown of the files to anybody: the certificate and those between it and the anchor, as Base64 of their DER.</summary>
    /// <exception cref="CommandException">A file cannot be read.</exception>
    public static (string Certificate, IReadOnlyList<string> Chain) ReadShown(Host host, string certificate, string? intermediates)
    {
        var all = ReadCertificates("certificate", host.FullPath(certificate));
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

    private static List<X509Certificate2> ReadCertificates(string what, string path)
    {
        var text = ReadText(what, path);
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            found.Clear();
        }
        return found.Count > 0 ? [.. found] : throw new CommandException($"The {what} '{path}' has no certificate in PEM (-----BEGIN CERTIFICATE-----).");
    }

    private static AsymmetricAlgorithm ReadKey(string path)
    {
        var text = ReadText("private key", path);
        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new CommandException($"The private key '{path}' is encrypted, and nobody can be asked for its password here. 'openssl pkey -in KEY -out PLAIN' writes one that is not.");
        return Import(RSA.Create(), text) ?? Import(ECDsa.Create(), text)
            ?? throw new CommandException($"The private key '{path}' is not an RSA or EC key in PEM (-----BEGIN PRIVATE KEY-----).");
    }

    private static AsymmetricAlgorithm? Import(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            // What openssl ecparam writes before the key is none.
            key.ImportFromPem(pem[Math.Max(0, FirstKey(pem))..]);
            return key;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static int FirstKey(string pem)
    {
        var end = pem.IndexOf("PRIVATE KEY-----", StringComparison.Ordinal);
        return end < 0 ? 0 : pem.LastIndexOf("-----BEGIN", end, StringComparison.Ordinal);
    }

    private static bool IsKeyOf(AsymmetricAlgorithm key, X509Certificate2 certificate) =>
        key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    private static string ReadText(string what, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The {what} '{path}' cannot be read: {exception.Message}");
        }
    }
}
