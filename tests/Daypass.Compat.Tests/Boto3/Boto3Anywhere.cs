using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Roles Anywhere with boto3, and with a signer of its own. What is promised is in <c>python/anywhere.py</c>.</summary>
public sealed class Boto3Anywhere(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "anywhere.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "anywhere", promise);
}
