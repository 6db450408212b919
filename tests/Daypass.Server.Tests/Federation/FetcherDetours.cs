using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Daypass.Server.Federation;
using Daypass.Service.Federation;

namespace Daypass.Server.Tests.Federation;

/// <summary>Alone, for the proxy of a process is everybody's.</summary>
[CollectionDefinition(nameof(FetcherDetours), DisableParallelization = true)]
public sealed class FetcherDetoursAlone;

/// <summary>Ways around the addresses that may be called: names that change, proxies, certificates that name where more is found. Each has somebody listening who must not be called.</summary>
[Collection(nameof(FetcherDetours))]
public sealed class FetcherDetours
{
    private static readonly TestAuthority Authority = new("Detours");
    private static readonly ServerTrust Trusted = new("", Authority.Pem);
    private static readonly IPNetwork[] OnlyOne = [IPNetwork.Parse("127.0.0.1/32")];

    [Fact]
    public async Task A_name_is_asked_for_once_and_called_at_the_address_that_was_checked()
    {
        await using var site = Site(TlsSite.Answer("200 OK", "{}"));
        using var inside = new Decoy(IPAddress.Parse("127.0.0.9"), site.Port);
        var asked = 0;
        // The second answer is the one that an attacker's name server is waiting to give.
        var fetcher = new HttpDocumentFetcher(OnlyOne, _ => Interlocked.Increment(ref asked) == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("127.0.0.9")]);
        Assert.Equal("{}", Encoding.UTF8.GetString(await fetcher.GetAsync(new Uri($"https://idp.example.com:{site.Port}/keys"), Trusted, default)));
        Assert.Equal((1, 0), (asked, inside.Calls));
    }

    [Fact]
    public async Task Of_several_addresses_of_a_name_those_that_may_not_be_called_are_not()
    {
        await using var site = Site(TlsSite.Answer("200 OK", "{}"));
        using var inside = new Decoy(IPAddress.Parse("127.0.0.9"), site.Port);
        IPAddress[] mixed = [IPAddress.Parse("127.0.0.9"), IPAddress.Parse("::ffff:127.0.0.9"), IPAddress.Loopback];
        await new HttpDocumentFetcher(OnlyOne, _ => mixed).GetAsync(new Uri($"https://idp.example.com:{site.Port}/keys"), Trusted, default);
        Assert.Equal(0, inside.Calls);
        Assert.Equal(1, site.Calls);
    }

    [Fact]
    public async Task A_proxy_of_the_process_is_not_used()
    {
        await using var site = Site(TlsSite.Answer("200 OK", "{}"));
        using var proxy = new Decoy(IPAddress.Loopback, 0);
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy("127.0.0.1", proxy.Port);
        try
        {
            await new HttpDocumentFetcher(OnlyOne).GetAsync(site.Address, Trusted, default);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
        Assert.Equal((1, 0), (site.Calls, proxy.Calls));
    }

    [Fact]
    public async Task A_certificate_that_names_where_its_issuers_is_found_makes_nobody_be_called()
    {
        using var elsewhere = new Decoy(IPAddress.Loopback, 0);
        string[] place = [$"http://127.0.0.1:{elsewhere.Port}/ca.crt"];
        using var certificate = Authority.Issue(more: [new X509AuthorityInformationAccessExtension(place, place)]);
        // Its issuer is not sent along: whoever wants a chain would have to fetch it.
        await using var site = new TlsSite(certificate, [], TlsSite.Answer("200 OK"));
        foreach (var trust in (ServerTrust[])[Trusted, new ServerTrust(Authority.Thumbprint, null), new ServerTrust("", null)])
            Assert.Equal(FetchFault.Untrusted, (await Assert.ThrowsAsync<FetchException>(() => new HttpDocumentFetcher(OnlyOne).GetAsync(site.Address, trust, default))).Fault);
        Assert.Equal(0, elsewhere.Calls);
    }

    [Fact]
    public async Task A_document_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(new byte[1_000_000]);
        await using var site = Site(async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(packed.ToArray());
        });
        Assert.Equal(packed.ToArray(), await new HttpDocumentFetcher(OnlyOne).GetAsync(site.Address, Trusted, default));
    }

    private static TlsSite Site(Func<Stream, Task> answer) => new(Authority.Issue(name: "idp.example.com"), [Authority.Intermediate], answer);

    /// <summary>Somebody who listens where nobody may be called.</summary>
    private sealed class Decoy : IDisposable
    {
        private readonly TcpListener _listener;
        private int _calls;

        public Decoy(IPAddress address, int port)
        {
            _listener = new TcpListener(address, port);
            _listener.Start();
            _ = ListenAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        /// <summary>Those who were let in, and those who wait at the door.</summary>
        public int Calls => Volatile.Read(ref _calls) + (_listener.Pending() ? 1 : 0);

        public void Dispose() => _listener.Dispose();

        private async Task ListenAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _calls);
                }
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // Disposed.
            }
        }
    }
}
