using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The policy simulator with the AWS SDK for JavaScript. What is promised is in <c>node/simulator.mjs</c>.</summary>
public sealed class JavaScriptSimulator(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "simulator.mjs")]
    public Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Node, generation, "simulator", promise);
}
