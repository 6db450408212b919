using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The token endpoint on the wire, and its credentials with boto3. What is promised is in <c>python/exchange.py</c>.</summary>
public sealed class Boto3Exchange(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.Boto3, Tool.Node), EachPromise(Tool.Boto3, "exchange.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise)
    {
        await (await world.WithProviderAsync()).KeepAsync(Tool.Boto3, generation, "exchange", promise);
        // No token, whole or in part: each begins with a brace and a quotation mark in base64url.
        Assert.DoesNotContain("eyJ", world.Server.Output, StringComparison.Ordinal);
    }
}
