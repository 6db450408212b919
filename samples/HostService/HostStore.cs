using Daypass.Names;

namespace HostService;

/// <summary>A host that is none: its name, and what it would have.</summary>
internal sealed record Host(string UHostId, string Name, int CPU, string ProjectId);

/// <summary>The hosts of all companies, until the program ends.</summary>
internal sealed class HostStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, SortedDictionary<string, Host>> _hosts = [];

    public void Add(AccountId company, Host host)
    {
        lock (_gate)
        {
            if (!_hosts.TryGetValue(company, out var hosts))
                _hosts[company] = hosts = new SortedDictionary<string, Host>(StringComparer.Ordinal);
            hosts[host.UHostId] = host;
        }
    }

    public IReadOnlyList<Host> List(AccountId company, string project)
    {
        lock (_gate)
            return _hosts.TryGetValue(company, out var hosts) ? [.. hosts.Values.Where(host => host.ProjectId == project)] : [];
    }

    public bool Remove(AccountId company, string project, string id)
    {
        lock (_gate)
            return _hosts.TryGetValue(company, out var hosts) && hosts.TryGetValue(id, out var host) && host.ProjectId == project && hosts.Remove(id);
    }
}
