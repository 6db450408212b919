using System.Collections.Concurrent;
using System.Text;
using Daypass.Service.Federation;

namespace Daypass.Service.Tests.Federation;

/// <summary>What stands in for the network: documents by address, how often each was fetched, and every way to fail.</summary>
internal sealed class TestNetwork : IDocumentFetcher
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, Task<byte[]>>> _pages = new();

    public ConcurrentDictionary<string, int> Fetched { get; } = new();

    public int CountOf(TestIssuer issuer) => Fetched.GetValueOrDefault(issuer.Url + "/keys");

    public TestNetwork Serve(TestIssuer issuer)
    {
        Put(issuer.Url + "/.well-known/openid-configuration", () => issuer.DiscoveryDocument);
        Put(issuer.Url + "/keys", () => issuer.KeySet);
        return this;
    }

    public void Put(string address, Func<string> text) => _pages[address] = _ => Task.FromResult(Encoding.UTF8.GetBytes(text()));

    public void Put(string address, Func<CancellationToken, Task<byte[]>> answer) => _pages[address] = answer;

    public void Fail(TestIssuer issuer, FetchFault fault) => _pages[issuer.Url + "/.well-known/openid-configuration"] = _ => throw new FetchException(fault, "as the test has it");

    public Task<byte[]> GetAsync(Uri address, ServerTrust trust, CancellationToken cancellationToken)
    {
        Fetched.AddOrUpdate(address.ToString(), 1, (_, count) => count + 1);
        return _pages.TryGetValue(address.ToString(), out var page) ? page(cancellationToken) : throw new FetchException(FetchFault.Unusable, "404");
    }
}
