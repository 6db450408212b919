using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Across accounts with boto3: a second account, a partner who gets in, and the trail of it all. What is promised is in <c>python/organization.py</c>.</summary>
public sealed class Boto3Organization(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "organization.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) =>
        await world.KeepAsync(Tool.Boto3, generation, "organization", promise, await world.BucketsAsync());
}
