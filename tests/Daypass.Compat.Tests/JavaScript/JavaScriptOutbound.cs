using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Web identity tokens at a verifier that knows nothing of Daypass. What is promised is in <c>node/outbound.mjs</c>.</summary>
public sealed class JavaScriptOutbound(OutboundWorld world) : IClassFixture<OutboundWorld>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "outbound.mjs")]
    public async Task The_javascript_sdk_and_jose_find_the_promise_kept(string generation, string promise) => await world.KeepAsync(Tool.Node, generation, "outbound", promise);
}
