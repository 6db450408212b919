namespace Daypass.Compat.Tests.Harness;

/// <summary>A server that may call an identity provider on this machine, and that provider. Scripts find it by <c>PROVIDER_*</c>.</summary>
public sealed class FederatedWorld : World
{
    private IdentityProvider? _provider;

    /// <summary>The provider, started when somebody first asks for it.</summary>
    public IdentityProvider Provider => _provider ?? throw new InvalidOperationException("The provider has not been started.");

    protected override string[] Options => ["--federation-networks", "127.0.0.0/8", "--log-level", "debug"];

    public async Task<FederatedWorld> WithProviderAsync()
    {
        _provider ??= await IdentityProvider.StartAsync(Folder("provider"));
        return this;
    }

    public override async Task DisposeAsync()
    {
        if (_provider is not null)
            await _provider.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Add(IDictionary<string, string> environment)
    {
        environment["PROVIDER_ISSUER"] = Provider.Issuer.GetLeftPart(UriPartial.Authority);
        environment["PROVIDER_THUMBPRINT"] = Provider.Thumbprint;
    }
}
