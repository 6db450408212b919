namespace Daypass.Compat.Tests.Harness;

/// <summary>A world with the sample host service.</summary>
public class HostedWorld : World
{
    private readonly SemaphoreSlim _once = new(1);
    private HostSite? _hosts;

    /// <summary>The sample, started when somebody first asks for it.</summary>
    public async Task<HostSite> HostsAsync()
    {
        await _once.WaitAsync();
        try
        {
            return _hosts ??= await HostSite.StartAsync(this);
        }
        finally
        {
            _once.Release();
        }
    }

    public override async Task DisposeAsync()
    {
        if (_hosts is not null)
            await _hosts.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Add(IDictionary<string, string> environment) => environment["DAYPASS_HOSTS"] = _hosts!.Endpoint.ToString();
}
