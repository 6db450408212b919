using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Cli.Tests;

/// <summary>In which files a certificate and its key may come, as those who issue them write them; and what is said of each that does not open.</summary>
public sealed class CertificateFormsTests : IAsyncLifetime, IDisposable
{
    private const string Password = "EXAMPLE pass phrase";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly PbeParameters Pbe = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2);
    private readonly TestHost _host = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private EchoServer _server = null!;
    private X509Certificate2 _authority = null!, _ofRsa = null!, _ofEc = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
        Answer();
        var authority = new CertificateRequest("CN=Workload CA", _authorityKey, HashAlgorithmName.SHA256);
        _authority = authority.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(9));
        _ofRsa = Issue(new CertificateRequest("CN=rsa", _rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), 7);
        _ofEc = Issue(new CertificateRequest("CN=ec", _ec, HashAlgorithmName.SHA256), 8);
        WriteFiles();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _host.Dispose();
        foreach (var each in new IDisposable[] { _rsa, _ec, _authorityKey, _authority, _ofRsa, _ofEc })
            each.Dispose();
    }

    [Theory]
    [InlineData("rsa.pem", "--private-key rsa.pkcs8", false, false)]
    [InlineData("rsa.pem", "--private-key rsa.pkcs1", false, false)]
    [InlineData("rsa.der", "--private-key rsa.pkcs8", false, false)]
    [InlineData("rsa.pem", "--private-key rsa.locked --key-password-file password", false, false)]
    [InlineData("ec.pem", "--private-key ec.pkcs8", true, false)]
    [InlineData("ec.pem", "--private-key ec.sec1", true, false)]
    [InlineData("ec.pem", "--private-key ec.locked --key-password-file password", true, false)]
    [InlineData("ec-chain.pem", "--private-key ec.pkcs8", true, true)]
    [InlineData("chain-ec.pem", "--private-key ec.sec1", true, true)]
    [InlineData("ec.pem", "--private-key ec.pkcs8 --intermediates authority.pem", true, true)]
    [InlineData("ec-with-key.pem", "--private-key ec-with-key.pem", true, false)]
    [InlineData("rsa.p12", "--key-password-file password", false, true)]
    [InlineData("ec.p12", "--key-password-file password", true, false)]
    [InlineData("open.p12", "", true, false)]
    [InlineData("open.p12", "--intermediates authority.pem --with-proxy", true, true)]
    public async Task A_certificate_and_its_key_may_come_in_any_usual_form(string certificate, string more, bool isEc, bool hasChain)
    {
        Assert.True(await RunAsync(certificate, more) == 0, _host.Error);
        var sent = _server.Last!;
        Assert.True(sent.IsSignedRight);
        Assert.Equal(Convert.ToBase64String((isEc ? _ofEc : _ofRsa).RawData), sent.Headers["X-Amz-X509"]);
        Assert.Equal(hasChain ? Convert.ToBase64String(_authority.RawData) : null, sent.Headers.GetValueOrDefault("X-Amz-X509-Chain"));
    }

    [Theory]
    [InlineData("rsa.pem", "--private-key rsa.locked")]
    [InlineData("rsa.p12", "")]
    public async Task A_password_may_come_in_a_variable(string certificate, string more)
    {
        _host.Variables["DAYPASS_KEY_PASSWORD"] = Password;
        Assert.True(await RunAsync(certificate, more) == 0, _host.Error);
        Assert.True(_server.Last!.IsSignedRight);
    }

    [Theory]
    [InlineData("rsa.pem", "--private-key rsa.locked", "is encrypted. Put its password into a file for --key-password-file, or into DAYPASS_KEY_PASSWORD.")]
    [InlineData("rsa.pem", "--private-key rsa.locked --key-password-file authority.pem", "cannot be opened with the password given")]
    [InlineData("rsa.pem", "--private-key rsa.locked --key-password-file absent", "of the private key's password cannot be read")]
    [InlineData("rsa.pem", "--private-key rsa.old-locked --key-password-file password", "'openssl pkcs8 -topk8 -in KEY -out NEW'")]
    [InlineData("rsa.pem", "--private-key ec.pkcs8", "is not that of the certificate")]
    [InlineData("rsa.pem", "", "--certificate needs --private-key, unless it is a PKCS #12 file")]
    [InlineData("rsa.p12", "", "does not open without a password")]
    [InlineData("rsa.p12", "--key-password-file authority.pem", "does not open with the password given")]
    [InlineData("rsa.p12", "--private-key rsa.pkcs8 --key-password-file password", "leave out --private-key")]
    [InlineData("keyless.p12", "", "without an RSA or EC key")]
    [InlineData("rsa.pem", "--private-key rsa.pkcs8 --instance-property host", "--instance-property takes name=value, not 'host'.")]
    public async Task What_does_not_open_is_said_and_never_the_password(string certificate, string more, string said)
    {
        Assert.Equal(1, await RunAsync(certificate, more));
        Assert.Equal("", _host.Output);
        Assert.Contains(said, _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, _host.Error, StringComparison.Ordinal);
        Assert.Null(_server.Last);
    }

    [Fact]
    public async Task A_certificate_renewed_in_its_place_is_used_from_then_on()
    {
        Assert.Equal(0, await RunAsync("ec.pem", "--private-key ec.pkcs8"));
        Write("ec.pem", _ofRsa.ExportCertificatePem());
        Write("ec.pkcs8", _rsa.ExportPkcs8PrivateKeyPem());
        Assert.Equal(0, await RunAsync("ec.pem", "--private-key ec.pkcs8"));
        Assert.Equal(Convert.ToBase64String(_ofRsa.RawData), _server.Last!.Headers["X-Amz-X509"]);
    }

    [Fact]
    public async Task What_is_said_of_the_machine_goes_along()
    {
        Assert.Equal(0, await RunAsync("ec.pem", "--private-key ec.pkcs8 --instance-property host=web-1 rack=a=b"));
        var properties = JsonDocument.Parse(_server.Last!.Body).RootElement.GetProperty("instanceProperties");
        Assert.Equal(("web-1", "a=b"), (properties.GetProperty("host").GetString(), properties.GetProperty("rack").GetString()));
    }

    [Theory]
    [InlineData(12, "is 12 minutes ahead of the server's: set it.")]
    [InlineData(-90, "is 90 minutes behind the server's: set it.")]
    [InlineData(4, null)]
    public async Task A_clock_that_is_off_is_said_to_be_when_the_server_refuses(int minutes, string? said)
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        _host.Clock = new HeldClock(now.AddMinutes(minutes));
        _server.Answer = (403, "application/json", """{"message":"Signature expired."}""");
        _server.AnswerHeaders["Date"] = now.ToString("R");
        _server.AnswerHeaders["x-amzn-ErrorType"] = "InvalidSignatureException";
        Assert.NotEqual(0, await RunAsync("ec.pem", "--private-key ec.pkcs8"));
        Assert.Contains("Signature expired.", _host.Error, StringComparison.Ordinal);
        Assert.Equal(said is not null, _host.Error.Contains("This machine's clock", StringComparison.Ordinal));
        Assert.Contains(said ?? "", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_used()
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.ClientProgram, .. Words("ec.pem", "--private-key ec.pkcs8 --with-proxy --endpoint-url http://daypass.example.com")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HTTP_PROXY"] = start.Environment["http_proxy"] = _server.Url;
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Contains("ASIAEXAMPLE", await output, StringComparison.Ordinal);
        Assert.StartsWith("http://daypass.example.com/sessions?", _server.Last!.Target, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        Write("password", Password + "\n");
        Write("authority.pem", _authority.ExportCertificatePem());
        Write("rsa.pem", _ofRsa.ExportCertificatePem());
        Write("rsa.pkcs8", _rsa.ExportPkcs8PrivateKeyPem());
        Write("rsa.pkcs1", _rsa.ExportRSAPrivateKeyPem());
        Write("rsa.locked", _rsa.ExportEncryptedPkcs8PrivateKeyPem(Password, Pbe));
        Write("rsa.old-locked", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Write("ec.pem", _ofEc.ExportCertificatePem());
        Write("ec.pkcs8", _ec.ExportPkcs8PrivateKeyPem());
        Write("ec.sec1", "-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n" + _ec.ExportECPrivateKeyPem());
        Write("ec.locked", _ec.ExportEncryptedPkcs8PrivateKeyPem(Password, Pbe));
        Write("ec-chain.pem", $"{_ofEc.ExportCertificatePem()}\n{_authority.ExportCertificatePem()}\n");
        Write("chain-ec.pem", $"{_authority.ExportCertificatePem()}\n{_ofEc.ExportCertificatePem()}\n");
        Write("ec-with-key.pem", $"{_ofEc.ExportCertificatePem()}\n{_ec.ExportPkcs8PrivateKeyPem()}\n");
        using var rsa = _ofRsa.CopyWithPrivateKey(_rsa);
        using var ec = _ofEc.CopyWithPrivateKey(_ec);
        WriteBytes("rsa.der", _ofRsa.RawData);
        WriteBytes("rsa.p12", new X509Certificate2Collection { rsa, _authority }.Export(X509ContentType.Pkcs12, Password)!);
        WriteBytes("ec.p12", ec.Export(X509ContentType.Pkcs12, Password));
        WriteBytes("open.p12", ec.Export(X509ContentType.Pkcs12));
        WriteBytes("keyless.p12", _ofEc.Export(X509ContentType.Pkcs12));
    }

    private X509Certificate2 Issue(CertificateRequest request, byte serial)
    {
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        return request.Create(_authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_authorityKey), TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(8), [serial]);
    }

    private void Answer() => _server.Answer = (201, "application/json",
        $$$"""{"credentialSet":[{"credentials":{"accessKeyId":"ASIAEXAMPLE","secretAccessKey":"secretEXAMPLE","sessionToken":"tokenEXAMPLE","expiration":"{{{TimeProvider.System.GetUtcNow().AddHours(1).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}"} }]}""");

    private Task<int> RunAsync(string certificate, string more) => _host.RunAsync(Words(certificate, more));

    private string[] Words(string certificate, string more) =>
    [
        "credential-process", "--certificate", PathOf(certificate), "--trust-anchor-arn", "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/a", "--profile-arn", "arn:aws:rolesanywhere:us-east-1:111122223333:profile/p",
        "--role-arn", "arn:aws:iam::111122223333:role/web", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => File.Exists(PathOf(word)) || word == "absent" ? PathOf(word) : word),
    ];

    private string PathOf(string name) => Path.Combine(_host.Folder, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private void WriteBytes(string name, byte[] bytes) => File.WriteAllBytes(PathOf(name), bytes);
}
