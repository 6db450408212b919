using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Policies looked over and compared with boto3. What is promised is in <c>python/policies.py</c>.</summary>
public sealed class Boto3Policies(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "policies.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "policies", promise);
}
