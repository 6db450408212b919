using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Server.Setup;

/// <summary>A certificate and the chain behind it from PEM files that are read again, at most once a second, when a file has changed.</summary>
internal sealed class ReloadingCertificate
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly string? _keyPath;
    private readonly TimeProvider _time;
    private SslStreamCertificateContext _current;
    private (DateTime, DateTime) _written;
    private long _checked;

    public ReloadingCertificate(string path, string? keyPath, TimeProvider time)
    {
        _path = path;
        _keyPath = keyPath;
        _time = time;
        try
        {
            _written = Written();
            _current = Load();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"The certificate in {path} cannot be used: {failure.Message}");
        }
        _checked = time.GetTimestamp();
    }

    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_checked) > TimeSpan.FromSeconds(1))
                    Refresh();
                return _current;
            }
        }
    }

    private void Refresh()
    {
        _checked = _time.GetTimestamp();
        try
        {
            var written = Written();
            if (written == _written)
                return;
            _current = Load();
            _written = written;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Half-written files are the normal case of a renewal: the old certificate serves until the new one can be read.
        }
    }

    private (DateTime, DateTime) Written() => (File.GetLastWriteTimeUtc(_path), File.GetLastWriteTimeUtc(_keyPath ?? _path));

    private SslStreamCertificateContext Load()
    {
        using var pem = X509Certificate2.CreateFromPemFile(_path, _keyPath);
        // Clients know their roots, not what stands between: the file's other certificates go out with the first.
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_path);
        // Some platforms only take keys that came with a PKCS#12.
        return SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), chain, offline: true);
    }
}
