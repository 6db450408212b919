using System.Net;
using System.Security.Cryptography;
using System.Text;
using Daypass.Server.Federation;
using Daypass.Service.Federation;

namespace Daypass.Server.Tests.Federation;

/// <summary>Whom this server calls for keys, and whose word it takes.</summary>
public sealed class DocumentFetcherTests
{
    private static readonly TestAuthority Authority = new("Test");
    private static readonly TestAuthority Other = new("Other");
    private static readonly ServerTrust Pinned = new(Authority.Thumbprint, null);
    private readonly HttpDocumentFetcher _fetcher = new([IPNetwork.Parse("127.0.0.0/8")]);

    [Fact]
    public async Task A_document_comes_from_a_server_that_is_vouched_for()
    {
        await using var site = Site(TlsSite.Answer("200 OK", """{"keys":[]}"""));
        Assert.Equal("""{"keys":[]}""", Encoding.UTF8.GetString(await _fetcher.GetAsync(site.Address, Pinned, default)));
        Assert.Equal("""{"keys":[]}""", Encoding.UTF8.GetString(await _fetcher.GetAsync(site.Address, new ServerTrust("", Authority.Pem), default)));
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/keys")]
    [InlineData("https://localhost:{0}/keys")]
    [InlineData("https://127.1:{0}/keys")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/keys")]
    public async Task Nobody_at_a_private_address_is_called_by_whatever_name(string address)
    {
        await using var site = Site(TlsSite.Answer("200 OK"));
        var failure = await Assert.ThrowsAsync<FetchException>(() => new HttpDocumentFetcher([]).GetAsync(new Uri(string.Format(null, address, site.Port)), Pinned, default));
        Assert.Equal(FetchFault.Unreachable, failure.Fault);
        Assert.Equal(0, site.Calls);
    }

    [Fact]
    public async Task Names_that_are_never_answered_hold_no_thread_that_answers_requests()
    {
        using var silence = new ManualResetEventSlim();
        var held = new System.Collections.Concurrent.ConcurrentBag<bool>();
        var now = 0;
        var counts = new System.Collections.Concurrent.ConcurrentBag<int>();
        var fetcher = new HttpDocumentFetcher([], name =>
        {
            counts.Add(Interlocked.Increment(ref now));
            held.Add(Thread.CurrentThread.IsThreadPoolThread);
            silence.Wait();
            Interlocked.Decrement(ref now);
            throw new System.Net.Sockets.SocketException();
        });
        using var patience = new CancellationTokenSource();
        var fetches = Enumerable.Range(0, NameLookup.MaxAtOnce + 10).Select(i => fetcher.GetAsync(new Uri($"https://idp{i}.example.com/keys"), Pinned, patience.Token)).ToList();
        while (held.Count < 2)
            await Task.Delay(10, CancellationToken.None);
        await patience.CancelAsync();
        foreach (var fetch in fetches)
            await Assert.ThrowsAnyAsync<Exception>(() => fetch);
        silence.Set();
        // At a time: once there are places again, a look-up that its client has not given up yet may still begin.
        Assert.InRange(counts.Max(), 2, NameLookup.MaxAtOnce);
        Assert.DoesNotContain(true, held);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var inside = Site(TlsSite.Answer("200 OK"));
        await using var site = Site(TlsSite.Answer($"302 Found\r\nLocation: {inside.Address}"));
        Assert.Equal(FetchFault.Unusable, await FaultAsync(site, Pinned));
        Assert.Equal(0, inside.Calls);
    }

    [Theory]
    [InlineData("404 Not Found", nameof(FetchFault.Unusable))]
    [InlineData("204 No Content", nameof(FetchFault.Unusable))]
    [InlineData("503 Service Unavailable", nameof(FetchFault.Unreachable))]
    public async Task An_error_is_no_document(string head, string fault)
    {
        await using var site = Site(TlsSite.Answer(head));
        Assert.Equal(Enum.Parse<FetchFault>(fault), await FaultAsync(site, Pinned));
    }

    [Fact]
    public async Task What_is_too_large_or_never_ends_is_given_up()
    {
        await using var large = Site(TlsSite.Answer("200 OK", new string(' ', 300_000)));
        Assert.Equal(FetchFault.Unusable, await FaultAsync(large, Pinned));
        await using var headers = Site(TlsSite.Answer("200 OK\r\nX-Large: " + new string('x', 100_000)));
        Assert.Equal(FetchFault.Unusable, await FaultAsync(headers, Pinned));
        var isCalled = new TaskCompletionSource();
        await using var silent = Site(async _ =>
        {
            isCalled.SetResult();
            await Task.Delay(Timeout.Infinite);
        });
        using var patience = new CancellationTokenSource();
        var fetch = _fetcher.GetAsync(silent.Address, Pinned, patience.Token);
        await isCalled.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
    }

    [Fact]
    public async Task A_server_that_speaks_no_http_is_no_issuer()
    {
        await using var site = Site(async stream => await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray()));
        Assert.NotEqual(FetchFault.Untrusted, await FaultAsync(site, Pinned));
    }

    [Fact]
    public async Task A_private_authority_counts_only_where_it_is_registered()
    {
        await using var site = Site(TlsSite.Answer("200 OK"));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust("", null)));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust(Other.Thumbprint, null)));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust("", Other.Pem)));
        // A provider with authorities of its own has no others: its thumbprints do not open a second door.
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust(Authority.Thumbprint, Other.Pem)));
    }

    [Fact]
    public async Task The_thumbprint_of_the_servers_own_certificate_does_as_well()
    {
        using var certificate = Authority.Issue();
        await using var site = new TlsSite(certificate, [Authority.Intermediate], TlsSite.Answer("200 OK"));
        await _fetcher.GetAsync(site.Address, new ServerTrust(certificate.GetCertHashString(HashAlgorithmName.SHA1), null), default);
    }

    [Fact]
    public async Task A_certificate_for_another_name_counts_for_nothing()
    {
        using var certificate = Authority.Issue("127.0.0.9");
        await using var site = new TlsSite(certificate, [Authority.Intermediate], TlsSite.Answer("200 OK"));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, Pinned));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust("", Authority.Pem)));
    }

    [Fact]
    public async Task A_registered_certificate_that_is_only_sent_along_vouches_for_nobody()
    {
        using var certificate = Other.Issue();
        await using var site = new TlsSite(certificate, [Other.Intermediate, Authority.Intermediate], TlsSite.Answer("200 OK"));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, Pinned));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust("", Authority.Pem)));
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.2", 1)]
    [InlineData("1.3.6.1.5.5.7.3.1", -1)]
    public async Task A_certificate_for_clients_or_of_yesterday_is_none(string use, int validFor)
    {
        using var certificate = Authority.Issue(use: use, validFor: validFor);
        await using var site = new TlsSite(certificate, [Authority.Intermediate], TlsSite.Answer("200 OK"));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, Pinned));
        Assert.Equal(FetchFault.Untrusted, await FaultAsync(site, new ServerTrust("", Authority.Pem)));
    }

    private static TlsSite Site(Func<Stream, Task> answer) => new(Authority.Issue(), [Authority.Intermediate], answer);

    private async Task<FetchFault> FaultAsync(TlsSite site, ServerTrust trust) =>
        (await Assert.ThrowsAsync<FetchException>(() => _fetcher.GetAsync(site.Address, trust, default))).Fault;
}
