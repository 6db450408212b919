using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Daypass.Server.Http;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>What the trail says of a connection is what this server saw of it, and nothing where it did not see it.</summary>
public sealed class TlsDetailsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daypass-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Over_https_the_trail_has_version_and_suite_unless_a_proxy_stands_between()
    {
        await using var server = await DaypassServer.StartAsync("--urls", "https://127.0.0.1:0", "--certificate", MakeCertificate(), "--behind-proxy", "127.0.0.2/32");
        var direct = await CallAsync(server, IPAddress.Loopback, "1", ("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-Proto", "http"));
        Assert.StartsWith("TLSv1.", direct.GetProperty("tlsVersion").GetString(), StringComparison.Ordinal);
        Assert.Contains("GCM", direct.GetProperty("cipherSuite").GetString(), StringComparison.Ordinal);
        Assert.Equal(server.Endpoint.Authority, direct.GetProperty("clientProvidedHostHeader").GetString());

        var proxied = await CallAsync(server, IPAddress.Parse("127.0.0.2"), "2", ("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-Proto", "https"));
        Assert.Equal(["clientProvidedHostHeader"], proxied.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Over_http_nothing_that_a_client_says_makes_it_https()
    {
        await using var server = await DaypassServer.StartAsync();
        var plain = await CallAsync(server, IPAddress.Loopback, "1", ("X-Forwarded-Proto", "https"), ("X-Tls-Version", "TLSv1.3"), ("X-Amzn-Tls-Version", "TLSv1.3"));
        Assert.Equal(["clientProvidedHostHeader"], plain.EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_256_GCM_SHA384, "TLSv1.3", "TLS_AES_256_GCM_SHA384")]
    [InlineData(SslProtocols.Tls12, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_CCM_8, "TLSv1.2", "TLS_DHE_RSA_WITH_AES_128_CCM_8")]
    public void Names_are_those_that_CloudTrail_writes(SslProtocols protocol, TlsCipherSuite suite, string version, string name) =>
        Assert.Equal((version, name), (TlsDetails.NameOf(protocol), TlsDetails.NameOf(suite)));

    // The record of a call that is told from others by its user agent.
    private static async Task<JsonElement> CallAsync(DaypassServer server, IPAddress from, string agent, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(Handler(from));
        await SendAsync(http, server, "sts", "Action=GetCallerIdentity&Version=2011-06-15", new() { ["content-type"] = "application/x-www-form-urlencoded" }, [("User-Agent", agent), .. headers]);
        var found = await SendAsync(http, server, "cloudtrail", "{}", new()
        {
            ["content-type"] = "application/x-amz-json-1.1",
            ["X-Amz-Target"] = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
        }, []);
        return JsonDocument.Parse(found).RootElement.GetProperty("Events").EnumerateArray()
            .Select(found => JsonDocument.Parse(found.GetProperty("CloudTrailEvent").GetString()!).RootElement)
            .First(record => record.GetProperty("userAgent").GetString() == agent).GetProperty("tlsDetails");
    }

    private static async Task<string> SendAsync(HttpClient http, DaypassServer server, string service, string body, Dictionary<string, string> signed, (string Name, string Value)[] unsigned)
    {
        using var request = server.Administrator.Sign(HttpMethod.Post, server.Endpoint, service, body, signed);
        foreach (var (name, value) in unsigned)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private static SocketsHttpHandler Handler(IPAddress from) => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=daypass.example.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder.FullName, "certificate.pem");
        File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
