using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Web identities of a real provider with the AWS SDK for JavaScript. What is promised is in <c>node/federation.mjs</c>.</summary>
public sealed class JavaScriptFederation(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "federation.mjs")]
    public async Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) =>
        await (await world.WithProviderAsync()).KeepAsync(Tool.Node, generation, "federation", promise);
}
