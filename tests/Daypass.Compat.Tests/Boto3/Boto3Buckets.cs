using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Buckets with boto3, at a service that Daypass protects. What is promised is in <c>python/buckets.py</c>.</summary>
public sealed class Boto3Buckets(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "buckets.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) =>
        await world.KeepAsync(Tool.Boto3, generation, "buckets", promise, await world.BucketsAsync());
}
