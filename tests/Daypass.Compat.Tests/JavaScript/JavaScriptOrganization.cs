using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Across accounts with the AWS SDK for JavaScript, and the trail. What is promised is in <c>node/organization.mjs</c>.</summary>
public sealed class JavaScriptOrganization(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "organization.mjs")]
    public Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) =>
        world.KeepAsync(Tool.Node, generation, "organization", promise);
}
