using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Buckets with the AWS SDK for JavaScript, at a service that Daypass protects. What is promised is in <c>node/buckets.mjs</c>.</summary>
public sealed class JavaScriptBuckets(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "buckets.mjs")]
    public async Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) =>
        await world.KeepAsync(Tool.Node, generation, "buckets", promise, await world.BucketsAsync());
}
