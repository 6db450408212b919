using Daypass.AspNetCore;

namespace HostService;

/// <summary>The three actions, and what each is done to. Hosts belong to the company of whoever made them.</summary>
internal sealed class HostApi(HostStore store, string urnPrefix)
{
    private const int MostListed = 100;

    public string OneHost(UprojectCall call) => UrnOf(call, call.Require("UHostId"));

    /// <summary>A list of hosts is asked about as all of them, unless it is a list of one.</summary>
    public string OneOrAnyHost(UprojectCall call) => call.List("UHostIds") is [var single] ? UrnOf(call, single) : AnyHost(call);

    public string AnyHost(UprojectCall call) => UrnOf(call, "*");

    public object Create(UprojectCall call)
    {
        var host = new Host("uhost-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(5)), call.Require("Name"), call.Number("CPU", 1, 64) ?? 1, call.ProjectId ?? "");
        store.Add(call.Caller.Account, host);
        return new { UHostIds = new[] { host.UHostId } };
    }

    public object Describe(UprojectCall call)
    {
        var (ids, offset, limit) = (call.List("UHostIds"), call.Number("Offset", 0, int.MaxValue) ?? 0, call.Number("Limit", 1, MostListed) ?? 20);
        var found = store.List(call.Caller.Account, call.ProjectId ?? "").Where(host => ids.Count == 0 || ids.Contains(host.UHostId)).ToArray();
        return new { TotalCount = found.Length, UHostSet = found.Skip(offset).Take(limit).ToArray() };
    }

    public object Terminate(UprojectCall call)
    {
        var id = call.Require("UHostId");
        return store.Remove(call.Caller.Account, call.ProjectId ?? "", id) ? new { UHostId = id } : throw UprojectException.NotValid("UHostId", "there is no such host");
    }

    private string UrnOf(UprojectCall call, string host) => $"{urnPrefix}:uhost:{call.Region}:{call.Caller.Account.Number}:instance/{host}";
}
