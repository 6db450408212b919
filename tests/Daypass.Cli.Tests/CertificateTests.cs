using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass credential-process --certificate</c>: what it sends, and what it says of files and options that do not fit.</summary>
public sealed class CertificateTests : IAsyncLifetime, IDisposable
{
    private const string Anchor = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a";
    private const string Profile = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p";
    private const string Role = "arn:aws:iam::111122223333:role/web";
    private readonly TestHost _host = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-certificate-").FullName;
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
        Answer(TimeProvider.System.GetUtcNow().AddHours(1));
        using var key = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=web", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        Write("web.pem", certificate.ExportCertificatePem());
        Write("two.pem", certificate.ExportCertificatePem() + "\n" + certificate.ExportCertificatePem());
        Write("web.key", key.ExportPkcs8PrivateKeyPem());
        Write("old.key", key.ExportRSAPrivateKeyPem());
        Write("other.key", "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + other.ExportECPrivateKeyPem());
        Write("locked.key", key.ExportEncryptedPkcs8PrivateKeyPem("EXAMPLE", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)));
        Write("empty", "");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("web.pem", "web.key", "")]
    [InlineData("web.pem", "old.key", "--session-duration 15m")]
    [InlineData("two.pem", "web.key", "--duration 900 --role-session-name build")]
    [InlineData("web.pem", "web.key", "--intermediates web.pem --region us-east-1")]
    public async Task It_prints_the_members_of_the_contract_and_needs_no_key(string certificate, string key, string more)
    {
        Assert.Equal(0, await RunAsync(certificate, key, more));
        var printed = JsonDocument.Parse(_host.Output).RootElement;
        Assert.Equal(["Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"], printed.EnumerateObject().Select(member => member.Name));
        Assert.Equal("ASIAEXAMPLE", printed.GetProperty("AccessKeyId").GetString());
        Assert.Equal("", _host.Error);
        var body = JsonDocument.Parse(_server.Last!.Body).RootElement;
        Assert.Equal(more.Contains("duration", StringComparison.Ordinal), body.TryGetProperty("durationSeconds", out var seconds) && seconds.GetInt32() == 900);
        Assert.Equal(more.Contains("build", StringComparison.Ordinal), body.TryGetProperty("roleSessionName", out _));
    }

    [Fact]
    public async Task The_end_is_told_by_this_machines_clock_when_the_servers_is_ahead()
    {
        Answer(TimeProvider.System.GetUtcNow().AddHours(20));
        Assert.Equal(0, await RunAsync("web.pem", "web.key", "--session-duration 900"));
        Assert.True(JsonDocument.Parse(_host.Output).RootElement.GetProperty("Expiration").GetDateTimeOffset() <= TimeProvider.System.GetUtcNow().AddSeconds(900));
    }

    [Theory]
    [InlineData("web.pem", "other.key", "", "is not that of the certificate")]
    [InlineData("web.pem", "locked.key", "", "is encrypted")]
    [InlineData("web.pem", "web.pem", "", "is not an RSA or EC key")]
    [InlineData("web.key", "web.key", "", "has no certificate in PEM")]
    [InlineData("empty", "web.key", "", "has no certificate in PEM")]
    [InlineData("absent", "web.key", "", "cannot be read")]
    [InlineData("web.pem", "web.key", "--intermediates empty", "file of intermediates")]
    [InlineData("web.pem", "web.key", "--external-id x", "--external-id is not for sessions by certificate")]
    [InlineData("web.pem", "web.key", "--session", "--session is not for sessions by certificate")]
    public async Task What_does_not_fit_is_said_on_standard_error_alone(string certificate, string key, string more, string said)
    {
        Assert.Equal(1, await RunAsync(certificate, key, more));
        Assert.Equal("", _host.Output);
        Assert.Contains(said, _host.Error, StringComparison.Ordinal);
        Assert.Null(_server.Last);
    }

    [Theory]
    [InlineData("--certificate x", "--certificate needs --trust-anchor-arn, --profile-arn, --role-arn.")]
    [InlineData("--private-key x --role-arn y", "--private-key needs --certificate")]
    public async Task Options_come_together(string options, string said)
    {
        Assert.Equal(1, await _host.RunAsync(["credential-process", .. options.Split(' ')]));
        Assert.Contains(said, _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_as_others_are()
    {
        _server.Answer = (403, "application/json", """{"message":"Untrusted certificate. It is revoked."}""");
        Assert.NotEqual(0, await RunAsync("web.pem", "web.key", ""));
        Assert.Equal("", _host.Output);
        Assert.Contains("CreateSession operation", _host.Error, StringComparison.Ordinal);
    }

    private void Answer(DateTimeOffset expiration) => _server.Answer = (201, "application/json",
        $$$"""{"credentialSet":[{"credentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"secretEXAMPLE","sessionToken":"tokenEXAMPLE","expiration":"{{{expiration.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}"} }]}""");

    private Task<int> RunAsync(string certificate, string key, string more) => _host.RunAsync(
        ["credential-process", "--certificate", Path.Combine(_folder, certificate), "--private-key", Path.Combine(_folder, key), "--trust-anchor-arn", Anchor, "--profile-arn", Profile, "--role-arn", Role,
            .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => File.Exists(Path.Combine(_folder, word)) ? Path.Combine(_folder, word) : word)]);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
