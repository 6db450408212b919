using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Server.Setup;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>https by certificate files: the whole chain goes out, and a renewed file is served without a restart.</summary>
public sealed class Certificates : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-tls-").FullName;
    private readonly TestAuthority _authority = new();
    private DaypassServer _server = null!;

    private const string HalfWritten = "-----BEGIN CERTIFICATE-----\nhalf written";

    private string File => Path.Combine(_folder, "server.pem");

    public async Task InitializeAsync()
    {
        _authority.Write(File, "first");
        _server = await DaypassServer.StartAsync("--urls", "https://127.0.0.1:0", "--certificate", File);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_whole_chain_of_the_file_is_sent()
    {
        var (leaf, sent) = await HandshakeAsync();
        Assert.Equal("CN=first", leaf);
        Assert.Contains("CN=intermediate", sent);
    }

    [Fact]
    public async Task A_renewed_file_is_served_without_a_restart()
    {
        Assert.Equal("CN=first", (await HandshakeAsync()).Leaf);
        await System.IO.File.WriteAllTextAsync(File, HalfWritten);
        Assert.Equal("CN=first", (await HandshakeAsync()).Leaf);
        _authority.Write(File, "second");
        var end = TimeProvider.System.GetTimestamp() + 60 * TimeProvider.System.TimestampFrequency;
        string leaf;
        while ((leaf = (await HandshakeAsync()).Leaf) == "CN=first")
        {
            Assert.True(TimeProvider.System.GetTimestamp() < end, "The renewed certificate was never served.");
            await Task.Delay(50);
        }
        Assert.Equal("CN=second", leaf);
    }

    [Fact]
    public async Task A_file_is_looked_at_once_a_second_and_a_broken_one_changes_nothing()
    {
        var file = Path.Combine(_folder, "other.pem");
        _authority.Write(file, "first");
        var time = new SteppedTime();
        var certificate = new ReloadingCertificate(file, null, time);
        await System.IO.File.WriteAllTextAsync(file, HalfWritten);
        foreach (var (content, seconds, expected) in ((string?, double, string)[])[(null, 1.1, "first"), ("second", 0.9, "first"), (null, 0.2, "second"), (null, 5, "second")])
        {
            if (content is not null)
                _authority.Write(file, content);
            time.Step(TimeSpan.FromSeconds(seconds));
            Assert.Equal($"CN={expected}", certificate.Current.TargetCertificate.Subject);
        }
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Calls_are_signed_and_proven_over_either_HTTP_version(string version)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var http = new HttpClient(handler);
        using var request = _server.Administrator.Sign(
            HttpMethod.Post, new Uri(_server.Endpoint, "/"), "sts", "Action=GetCallerIdentity&Version=2011-06-15", new() { ["content-type"] = "application/x-www-form-urlencoded" });
        request.Version = Version.Parse(version);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("user/admin", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Another_host_than_was_signed_is_refused_over_either_HTTP_version(string version)
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        using var http = new HttpClient(handler);
        using var request = _server.Administrator.Sign(
            HttpMethod.Post, new Uri(_server.Endpoint, "/"), "sts", "Action=GetCallerIdentity&Version=2011-06-15", new() { ["content-type"] = "application/x-www-form-urlencoded" });
        request.Version = Version.Parse(version);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        // In HTTP/2 this is the pseudo-header :authority.
        request.Headers.Host = "evil.example.com";
        using var response = await http.SendAsync(request);
        Assert.InRange((int)response.StatusCode, 400, 403);
        Assert.DoesNotContain("user/admin", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Leaf, IReadOnlyList<string> Sent)> HandshakeAsync()
    {
        List<string> sent = [];
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Endpoint.Port);
        await using var stream = new SslStream(client.GetStream(), false, (_, _, chain, _) =>
        {
            sent.AddRange(chain!.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject));
            return true;
        });
        await stream.AuthenticateAsClientAsync("localhost");
        return (stream.RemoteCertificate!.Subject, sent);
    }

    private sealed class SteppedTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan time) => _passed += time;

        public override long GetTimestamp() => _passed.Ticks;
    }

    /// <summary>A root, an intermediate, and certificates under it as PEM files.</summary>
    private sealed class TestAuthority : IDisposable
    {
        private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddHours(-1);
        private static readonly DateTimeOffset Until = From.AddDays(2);
        private readonly X509Certificate2 _root;
        private readonly X509Certificate2 _intermediate;

        public TestAuthority()
        {
            using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            _root = Request("CN=root", rootKey, isAuthority: true).CreateSelfSigned(From, Until);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var issued = Request("CN=intermediate", key, isAuthority: true).Create(_root, From, Until, [1]);
            _intermediate = issued.CopyWithPrivateKey(key);
        }

        public void Write(string path, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var leaf = Request($"CN={name}", key, isAuthority: false).Create(_intermediate, From, Until, [2]);
            System.IO.File.WriteAllText(path, $"{leaf.ExportCertificatePem()}\n{_intermediate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        }

        public void Dispose()
        {
            _root.Dispose();
            _intermediate.Dispose();
        }

        private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
        {
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
            return request;
        }
    }
}
