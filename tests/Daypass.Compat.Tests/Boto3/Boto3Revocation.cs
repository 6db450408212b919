using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Revoked sessions with boto3. What is promised is in <c>python/revocation.py</c>.</summary>
public sealed class Boto3Revocation(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "revocation.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "revocation", promise);
}
