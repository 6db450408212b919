namespace Daypass.Compat.Tests.Harness;

/// <summary>A server, and SimpleSAMLphp. Scripts find a response by <c>SAML_*</c>.</summary>
public sealed class SimpleSamlWorld : World
{
    private SimpleSaml? _provider;

    internal SimpleSaml Provider => _provider ?? throw new InvalidOperationException("The provider has not been started.");

    /// <summary>What the next script shall redeem.</summary>
    internal (SamlSetup Setup, string Response)? Redeemed { get; set; }

    internal async Task<SimpleSaml> StartAsync() => _provider ??= await SimpleSaml.StartAsync(Folder("simplesaml"));

    public override async Task DisposeAsync()
    {
        if (_provider is not null)
            await _provider.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Add(IDictionary<string, string> environment)
    {
        if (Redeemed is not var (setup, response))
            return;
        (environment["SAML_PROVIDER"], environment["SAML_ROLE"], environment["SAML_RESPONSE"]) = (setup.Provider, setup.Role, response);
    }
}
