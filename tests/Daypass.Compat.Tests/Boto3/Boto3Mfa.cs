using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>MFA with boto3. What is promised is in <c>python/mfa.py</c>.</summary>
public sealed class Boto3Mfa(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "mfa.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "mfa", promise);
}
