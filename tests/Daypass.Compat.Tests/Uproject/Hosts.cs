using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The sample host service, called with a signer in Python. What is promised is in <c>python/hosts.py</c>.</summary>
public sealed class Hosts(HostedWorld world) : IClassFixture<HostedWorld>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "hosts.py")]
    public async Task The_promise_is_kept(string generation, string promise)
    {
        await world.HostsAsync();
        await world.KeepAsync(Tool.Boto3, generation, "hosts", promise, await world.BucketsAsync());
    }
}
