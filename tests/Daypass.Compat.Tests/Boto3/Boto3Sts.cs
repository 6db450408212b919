using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>What sessions carry, with boto3: tags, source identity, federation, down to a bucket's door. What is promised is in <c>python/sts.py</c>.</summary>
public sealed class Boto3Sts(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "sts.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) =>
        await world.KeepAsync(Tool.Boto3, generation, "sts", promise, await world.BucketsAsync());
}
