using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Server.Tests.Federation;

/// <summary>A site on https that answers with what a test says, byte for byte, and counts who called.</summary>
internal sealed class TlsSite : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _calls;

    public TlsSite(X509Certificate2 certificate, X509Certificate2Collection sentAlong, Func<Stream, Task> answer)
    {
        _listener.Start();
        var context = SslStreamCertificateContext.Create(certificate, sentAlong, offline: true);
        _serving = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _calls);
                _ = ServeAsync(client, context, answer);
            }
        }, CancellationToken.None);
    }

    /// <summary>How often somebody connected.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"https://127.0.0.1:{Port}/keys");

    public static Func<Stream, Task> Answer(string head, string body = "{}") => async stream =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        await stream.FlushAsync();
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private static async Task ServeAsync(TcpClient client, SslStreamCertificateContext context, Func<Stream, Task> answer)
    {
        try
        {
            using (client)
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context });
                await stream.ReadAtLeastAsync(new byte[4096], 1);
                await answer(stream);
                await stream.ShutdownAsync();
            }
        }
        catch (Exception failure) when (failure is IOException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // Whoever called did not like what it saw.
        }
    }
}

/// <summary>Certificates of a small authority of the test's own: a root, which servers do not send along, and an intermediate, which they do.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly RSA _key = RSA.Create(2048);

    public TestAuthority(string name)
    {
        using var rootKey = RSA.Create(2048);
        using var root = Authority($"CN={name} root", rootKey).CreateSelfSigned(Now.AddDays(-3), Now.AddDays(3));
        Pem = root.ExportCertificatePem();
        using var issued = Authority($"CN={name} intermediate", _key).Create(root, Now.AddDays(-3), Now.AddDays(3), RandomNumberGenerator.GetBytes(8));
        Intermediate = issued.CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Intermediate { get; }

    /// <summary>The root.</summary>
    public string Pem { get; }

    /// <summary>Of the intermediate.</summary>
    public string Thumbprint => Intermediate.GetCertHashString(HashAlgorithmName.SHA1);

    public X509Certificate2 Issue(string address = "127.0.0.1", string use = "1.3.6.1.5.5.7.3.1", int validFor = 1, string? name = null, params X509Extension[] more)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        if (name is not null)
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        foreach (var extension in more)
            request.CertificateExtensions.Add(extension);
        using var certificate = request.Create(Intermediate, Now.AddDays(-2), Now.AddDays(validFor), RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    private static CertificateRequest Authority(string name, RSA key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}
