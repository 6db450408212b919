using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Tokens exchanged with a stock OAuth client (npm openid-client). What is promised is in <c>node/exchange.mjs</c>.</summary>
public sealed class JavaScriptExchange(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "exchange.mjs")]
    public async Task A_stock_oauth_client_finds_the_promise_kept(string generation, string promise) =>
        await (await world.WithProviderAsync()).KeepAsync(Tool.Node, generation, "exchange", promise);
}
