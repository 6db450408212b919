using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>What sessions carry, with the AWS SDK for JavaScript. What is promised is in <c>node/sts.mjs</c>.</summary>
public sealed class JavaScriptSts(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "sts.mjs")]
    public async Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) =>
        await world.KeepAsync(Tool.Node, generation, "sts", promise, await world.BucketsAsync());
}
