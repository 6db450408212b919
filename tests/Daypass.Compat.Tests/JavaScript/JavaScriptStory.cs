using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The main job with the AWS SDK for JavaScript. What is promised is in <c>node/story.mjs</c>.</summary>
public sealed class JavaScriptStory(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "story.mjs")]
    public Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Node, generation, "story", promise);
}
