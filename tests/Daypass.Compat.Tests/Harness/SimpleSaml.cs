using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Daypass.Compat.Tests.Harness;

/// <summary>What the provider says and how; written for it before each request.</summary>
internal sealed record SimpleSamlSaid(IReadOnlyDictionary<string, string[]> Attributes)
{
    public string Key { get; init; } = "first";

    /// <summary>The key that it will sign with; its metadata has both then.</summary>
    public string? NextKey { get; init; }

    public string Algorithm { get; init; } = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    public bool SignResponse { get; init; } = true;

    public bool SignAssertion { get; init; } = true;

    public bool Encrypt { get; init; }

    public static SimpleSamlSaid Of(SamlSetup setup) => new(new Dictionary<string, string[]>
    {
        ["uid"] = ["alice@example.com"],
        ["https://aws.amazon.com/SAML/Attributes/Role"] = [setup.Offer],
        ["https://aws.amazon.com/SAML/Attributes/RoleSessionName"] = ["alice"],
    });
}

/// <summary>
/// Debian's SimpleSAMLphp, a whole identity provider, on PHP's own server; driven as a browser drives it. It ends when its standard input does, so never
/// later than the tests.
/// </summary>
internal sealed class SimpleSaml : IAsyncDisposable
{
    private const string Site = "/usr/share/simplesamlphp/www";
    private const string Ready = "Development Server (";
    private readonly Process _process;
    private readonly Uri _address;
    private readonly string _folder;
    private readonly Task _drained;

    private SimpleSaml(Process process, Uri address, string folder)
    {
        (_process, _address, _folder) = (process, address, folder);
        // It tells of each request, and would wait for somebody to read that.
        _drained = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>The file of the key that it encrypts for.</summary>
    public string RecipientKey => Path.Combine(_folder, "recipient.key");

    public static async Task<SimpleSaml> StartAsync(string folder)
    {
        foreach (var file in (string[])["config.php", "authsources.php", "metadata/saml20-idp-hosted.php", "metadata/saml20-sp-remote.php"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(Tool.ScriptFolder("php"), file), Path.Combine(folder, file));
        }
        foreach (var name in (string[])["log", "data", "temp"])
            Directory.CreateDirectory(Path.Combine(folder, name));
        foreach (var name in (string[])["first", "second", "recipient"])
            await KeyPair.WriteAsync(folder, name);
        // Without its cache of compiled files, which would not see for two seconds that a test has changed what it is set to.
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"php -d opcache.enable=0 -S 127.0.0.1:0 -t {Site} 2>&1 </dev/null & cat >/dev/null; kill $!; wait"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["SIMPLESAMLPHP_CONFIG_DIR"] = folder;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Ready, StringComparison.Ordinal);
            if (at < 0)
                continue;
            return new SimpleSaml(process, new Uri(line[(at + Ready.Length)..line.IndexOf(')', at)]), folder);
        }
        throw new InvalidOperationException("PHP's server ended before it was ready.");
    }

    public async Task<string> MetadataAsync(SimpleSamlSaid said)
    {
        await SayAsync(said);
        using var browser = Browser();
        return await browser.GetStringAsync(new Uri(_address, "/saml2/idp/metadata.php"));
    }

    /// <summary>Signs alice in at the application, and takes what the provider posts to it.</summary>
    public async Task<string> LoginAsync(SimpleSamlSaid said)
    {
        await SayAsync(said);
        using var browser = Browser();
        var form = await browser.GetStringAsync(new Uri(_address, "/saml2/idp/SSOService.php?spentityid=urn:amazon:webservices"));
        using var typed = new FormUrlEncodedContent([new("AuthState", Field(form, "AuthState")), new("username", "alice"), new("password", "EXAMPLE")]);
        using var answer = await browser.PostAsync(new Uri(_address, "/module.php/core/loginuserpass.php"), typed);
        return Field(await answer.Content.ReadAsStringAsync(), "SAMLResponse");
    }

    /// <summary>Another application of the provider's: one that takes answers at its own address.</summary>
    /// <param name="address">Its entity ID, and where it takes answers.</param>
    /// <param name="encrypts">Whether assertions are encrypted for <see cref="RecipientKey"/>; the response is signed.</param>
    public Task AddApplicationAsync(string address, bool encrypts = false) => File.AppendAllTextAsync(Path.Combine(_folder, "metadata/saml20-sp-remote.php"), $$"""

        $metadata['{{address}}'] = [
            'AssertionConsumerService' => [['Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'Location' => '{{address}}', 'index' => 0]],
            'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
            'simplesaml.nameidattribute' => 'uid',
            'saml20.sign.assertion' => true,
            'saml20.sign.response' => true,
            'assertion.encryption' => {{(encrypts ? "true" : "false")}},
            'certData' => preg_replace('/-----[A-Z ]+-----|\s/', '', file_get_contents(__DIR__ . '/../recipient.pem')),
        ];

        """);

    /// <summary>Where people begin at the provider for an application.</summary>
    public Uri StartOf(string application) => new(_address, "/saml2/idp/SSOService.php?spentityid=" + Uri.EscapeDataString(application));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _drained;
        _process.Dispose();
    }

    private static HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer() });

    private Task SayAsync(SimpleSamlSaid said) => File.WriteAllTextAsync(Path.Combine(_folder, "said.json"), JsonSerializer.Serialize(said, JsonSerializerOptions.Web));

    private static string Field(string page, string name)
    {
        var start = $"name=\"{name}\" value=\"";
        var at = page.IndexOf(start, StringComparison.Ordinal);
        Assert.True(at >= 0, page);
        at += start.Length;
        return WebUtility.HtmlDecode(page[at..page.IndexOf('"', at)]);
    }
}
