using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Ways to pick up credentials with no code, with boto3. What is promised is in <c>python/pickup.py</c>.</summary>
public sealed class Boto3Pickup(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "pickup.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "pickup", promise);
}
