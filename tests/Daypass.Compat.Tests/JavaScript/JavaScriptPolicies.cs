using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Policies looked over and compared with the AWS SDK for JavaScript. What is promised is in <c>node/policies.mjs</c>.</summary>
public sealed class JavaScriptPolicies(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "policies.mjs")]
    public Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) =>
        world.KeepAsync(Tool.Node, generation, "policies", promise);
}
