using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Web identity tokens with boto3. What is promised is in <c>python/outbound.py</c>.</summary>
public sealed class Boto3Outbound(OutboundWorld world) : IClassFixture<OutboundWorld>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "outbound.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) => await world.KeepAsync(Tool.Boto3, generation, "outbound", promise);
}
