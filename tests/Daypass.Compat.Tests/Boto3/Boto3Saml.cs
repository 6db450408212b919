using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Assertions of a real SAML provider with boto3. What is promised is in <c>python/saml.py</c>.</summary>
public sealed class Boto3Saml(SamlIssuer issuer) : IClassFixture<SamlIssuer>
{
    [NeedsTheory(Tool.Boto3, Tool.Node), EachPromise(Tool.Boto3, "saml.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) =>
        await (await issuer.WithKeyAsync()).KeepAsync(Tool.Boto3, generation, "saml", promise);
}
