using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Web identities of a real provider with boto3. What is promised is in <c>python/federation.py</c>.</summary>
public sealed class Boto3Federation(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.Boto3, Tool.Node), EachPromise(Tool.Boto3, "federation.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) =>
        await (await world.WithProviderAsync()).KeepAsync(Tool.Boto3, generation, "federation", promise);
}
