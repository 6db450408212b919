using System.Text.Json;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A server, and real SAML providers (<c>node/saml-issuer.mjs</c>: npm samlify, npm saml) with a key of their own. Scripts find it by <c>SAML_*</c>.</summary>
public sealed class SamlIssuer : World
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    /// <summary>Makes the key when somebody first asks for it.</summary>
    public async Task<SamlIssuer> WithKeyAsync()
    {
        if (_environment.Count > 0)
            return this;
        var folder = Folder("issuer");
        (_environment["SAML_CERTIFICATE"], _environment["SAML_KEY"]) = await KeyPair.WriteAsync(folder, "issuer");
        (_environment["SAML_RECIPIENT"], _environment["SAML_RECIPIENT_KEY"]) = await KeyPair.WriteAsync(folder, "recipient");
        _environment["SAML_NODE"] = SearchPath.Find("node") ?? "node";
        _environment["SAML_ISSUER"] = Path.Combine(Tool.ScriptFolder("node"), "saml-issuer.mjs");
        return this;
    }

    /// <summary>The file of the key that assertions are encrypted for.</summary>
    public string RecipientKey => _environment["SAML_RECIPIENT_KEY"];

    public Task<string> MetadataAsync() => AskAsync("metadata");

    /// <summary>A response in Base64.</summary>
    public Task<string> ResponseAsync(object said) => AskAsync("response", JsonSerializer.Serialize(said));

    protected override void Add(IDictionary<string, string> environment)
    {
        foreach (var (name, value) in _environment)
            environment[name] = value;
    }

    private async Task<string> AskAsync(params string[] words)
    {
        var finished = await External.RunAsync(_environment["SAML_NODE"], [_environment["SAML_ISSUER"], .. words], _environment, Home);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        return finished.Output.Trim();
    }
}
