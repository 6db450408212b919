using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The policy simulator with boto3. What is promised is in <c>python/simulator.py</c>.</summary>
public sealed class Boto3Simulator(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "simulator.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "simulator", promise);
}
