using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Encrypted assertions with the AWS SDK for JavaScript. What is promised is in <c>node/saml.mjs</c>.</summary>
public sealed class JavaScriptSaml(SamlIssuer issuer) : IClassFixture<SamlIssuer>
{
    [NeedsTheory(Tool.Node), EachPromise(Tool.Node, "saml.mjs")]
    public async Task The_javascript_sdk_finds_the_promise_kept(string generation, string promise) =>
        await (await issuer.WithKeyAsync()).KeepAsync(Tool.Node, generation, "saml", promise);
}
