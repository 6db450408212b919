using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Daypass.Server.Federation;
using Daypass.Server.Federation.Ldap;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;
using Daypass.Testing;

namespace Daypass.Server.Tests.Federation.Ldap;

/// <summary>What a server may answer that is no directory, or means ill: the conversation ends, within bounds, and nothing breaks.</summary>
public sealed class HostileDirectoryTests
{
    // A result of success in the operation's tag, to the first question: 0x61 bind, 0x65 search, 0x78 extended.
    private const string Done = "300c020101{0}070a010004000400";

    public static TheoryData<string, string> BindAnswers => new()
    {
        { "nothing", "" },
        { "half a message", "300c0201" },
        { "text", Hex("HTTP/1.1 400 Bad Request\r\n\r\n") },
        { "an indefinite length", "3080020101610700" },
        { "a length of nine bytes", "3089000000000000000005" },
        { "a length of four gigabytes", "3084ffffffff" },
        { "a length of a megabyte", "308300100000" },
        { "an empty message", "3000" },
        { "another id", "300c02010261070a010004000400" },
        { "no id", "300561030a0100" },
        { "a notice of disconnection", "3024020100781f0a013404000400" + "8a16" + Hex("1.3.6.1.4.1.1466.20036") },
        { "a search's answer", string.Format(System.Globalization.CultureInfo.InvariantCulture, Done, "65") },
        { "a result without a code", "3007020101610204 00".Replace(" ", "", StringComparison.Ordinal) },
        { "a tag of another class", "300c02010121070a010004000400" },
    };

    [Theory, MemberData(nameof(BindAnswers))]
    public async Task A_bind_that_is_not_answered_is_never_a_yes(string what, string answer)
    {
        using var server = new FakeServer(answer);
        await using var connection = await server.ConnectAsync();
        var failure = await Assert.ThrowsAsync<FetchException>(() => connection.BindAsync("cn=a", "passwordEXAMPLE", default));
        Assert.DoesNotContain("EXAMPLE", what + failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Active_Directory_says_to_a_locked_account_is_a_no_with_its_reason()
    {
        const string Said = "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 775, v3839\0";
        using var server = new FakeServer($"30{12 + Said.Length:x2}02010161{7 + Said.Length:x2}0a01310400" + $"04{Said.Length:x2}" + Hex(Said));
        await using var connection = await server.ConnectAsync();
        Assert.False(await connection.BindAsync("cn=a", "passwordEXAMPLE", default));
        Assert.Equal("AccountLocked", connection.Refusal);
    }

    [Fact]
    public async Task An_answer_that_is_one_is_taken()
    {
        using var server = new FakeServer(string.Format(System.Globalization.CultureInfo.InvariantCulture, Done, "61"));
        await using var connection = await server.ConnectAsync();
        Assert.True(await connection.BindAsync("cn=a", "passwordEXAMPLE", default));
    }

    [Fact]
    public async Task A_search_without_end_is_given_up()
    {
        // An entry "cn=a" without attributes, again and again.
        using var server = new FakeServer("300d0201016408" + "0404" + Hex("cn=a") + "3000", times: 100_000);
        await using var connection = await server.ConnectAsync();
        var failure = await Assert.ThrowsAsync<FetchException>(() => connection.SearchAsync(new LdapSearch("dc=x", LdapFilterReader.TryRead("(a=b)")!, new LdapNames(""), null, 1), default));
        Assert.Contains("without end", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_with_more_than_anybody_can_use_is_given_up()
    {
        // An entry of 200,000 bytes, all of them its name: eight would pass each limit of its own.
        using var server = new FakeServer(Entry(200_000), times: 8);
        await using var connection = await server.ConnectAsync();
        var failure = await Assert.ThrowsAsync<FetchException>(() => connection.SearchAsync(new LdapSearch("dc=x", LdapFilterReader.TryRead("(a=b)")!, new LdapNames(""), null, 1000), default));
        Assert.Contains("without end", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("300c02010178070a010204000400")]
    [InlineData("300c02010161070a010004000400")]
    [InlineData("")]
    public async Task Where_StartTLS_is_refused_nothing_more_is_said(string answer)
    {
        using var server = new FakeServer(answer);
        await Assert.ThrowsAsync<FetchException>(() => server.ConnectAsync(LdapEncryption.StartTLS));
        await server.Ended;
        Assert.Equal("301d02010177188016312e332e362e312e342e312e313436362e3230303337", server.Received);
    }

    [Theory]
    [InlineData("", true)]
    // The answer to a bind that was not asked yet, in plain text, ahead of the handshake. The server goes on as if nothing were: whoever had kept these bytes
    // would take them for said under TLS.
    [InlineData("300c02010161070a010004000400", false)]
    public async Task What_is_slipped_in_behind_the_answer_to_StartTLS_counts_for_nothing(string slippedIn, bool isConnected)
    {
        using var authority = new LoopbackAuthority();
        using var server = new FakeServer("300c02010178070a010004000400" + slippedIn) { Authority = authority };
        var connecting = server.ConnectAsync(LdapEncryption.StartTLS);
        if (isConnected)
            await (await connecting).DisposeAsync();
        else
            await Assert.ThrowsAsync<FetchException>(() => connecting);
    }

    [Fact]
    public async Task Who_keeps_silent_is_left_when_patience_ends()
    {
        using var server = new FakeServer("") { StaysSilent = true };
        await using var connection = await server.ConnectAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.BindAsync("cn=a", "passwordEXAMPLE", patience.Token));
    }

    private static string Entry(int length)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence(new Asn1Tag(TagClass.Application, 4)))
            {
                writer.WriteOctetString(new byte[length]);
                writer.PushSequence().Dispose();
            }
        }
        return Convert.ToHexString(writer.Encode());
    }

    private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    /// <summary>Waits for the first bytes of one client, answers as told, and closes.</summary>
    private sealed class FakeServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;
        private readonly int _times;

        public FakeServer(string answer, int times = 1)
        {
            (_answer, _times) = (Convert.FromHexString(answer), times);
            _listener.Start();
            Ended = AnswerAsync();
        }

        public bool StaysSilent { get; init; }

        /// <summary>Who issues the certificate of the TLS that begins after the answer; null for none.</summary>
        public LoopbackAuthority? Authority { get; init; }

        public string Received { get; private set; } = "";

        public Task Ended { get; }

        public Task<ILdapConnection> ConnectAsync(LdapEncryption encryption = LdapEncryption.UnsafePlaintext) => new LdapConnector(new PublicSockets([IPNetwork.Parse("127.0.0.0/8")])).ConnectAsync(
            new LdapServer(LdapServerUrl.TryParse($"ldap://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}", out _)!, encryption, ServerTrust.Of([], Authority?.Pem)), default);

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            var buffer = new byte[4096];
            try
            {
                Received = Convert.ToHexStringLower(buffer.AsSpan(0, await stream.ReadAsync(buffer)));
                if (StaysSilent)
                    _ = await stream.ReadAsync(buffer);
                for (var i = 0; i < _times; i++)
                    await stream.WriteAsync(_answer);
                if (Authority is not null)
                    await EncryptAsync(stream, Authority);
            }
            catch (Exception failure) when (failure is IOException or AuthenticationException)
            {
                // The client has gone.
            }
        }

        private static async Task EncryptAsync(NetworkStream stream, LoopbackAuthority authority)
        {
            var (certificate, key) = authority.Issue(IPAddress.Loopback);
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = pair });
            // The good-bye.
            while (await tls.ReadAsync(new byte[64]) > 0)
            {
                // And nothing else.
            }
        }
    }
}
