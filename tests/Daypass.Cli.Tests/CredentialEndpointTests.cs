using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Daypass.Cli.Credentials;
using Daypass.Cli.Serving;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Tests;

/// <summary>The endpoint that renews: whom it answers, what it refuses, and when it asks for new credentials.</summary>
public sealed class CredentialEndpointTests : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly HeldClock _clock = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));
    private readonly TestHost _host = new();
    private readonly List<string> _warnings = [];
    private readonly CredentialEndpoint _endpoint;
    private Func<Task> _beforeIssuing = () => Task.CompletedTask;
    private int _issued;

    public CredentialEndpointTests() => _endpoint = CredentialEndpoint.Start(new RenewingSession(IssueAsync, _clock, null, _warnings.Add), 0);

    public async ValueTask DisposeAsync() => await _endpoint.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task It_answers_as_a_containers_endpoint_does()
    {
        var (status, body) = await AskAsync(Request());
        Assert.Equal(200, status);
        Assert.Equal(
            """{"RoleArn":"arn:aws:iam::111122223333:role/reader","AccessKeyId":"ASIA1","SecretAccessKey":"SECRETEXAMPLE","Token":"TOKENEXAMPLE","Expiration":"2026-11-22T01:00:00Z"}""",
            body);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", "Host: HERE", 401, "no secret")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Authorization: ", 401, "an empty secret")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Authorization: SECREx", 401, "a wrong secret")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Authorization: Bearer SECRET", 401, "more than the secret")]
    [InlineData("GET / HTTP/1.1", "Host: rebound.example:PORT|Authorization: SECRET", 403, "another name")]
    [InlineData("GET / HTTP/1.1", "Host: 127.0.0.1|Authorization: SECRET", 403, "another port")]
    [InlineData("GET / HTTP/1.1", "Authorization: SECRET", 403, "no name")]
    [InlineData("GET http://rebound.example/ HTTP/1.1", "Host: HERE|Authorization: SECRET", 404, "another name in the target")]
    [InlineData("GET /x HTTP/1.1", "Host: HERE|Authorization: SECRET", 404, "another path")]
    [InlineData("POST / HTTP/1.1", "Host: HERE|Authorization: SECRET", 405, "another method")]
    [InlineData("OPTIONS / HTTP/1.1", "Host: HERE|Origin: http://rebound.example", 405, "a browser's question")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Authorization: SECRET|Content-Length: 4", 405, "a body")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Authorization: SECRET|Transfer-Encoding: chunked", 405, "a body of unknown length")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Host: HERE|Authorization: SECRET", 400, "two names")]
    [InlineData("GET / HTTP/1.1", "Host: HERE|Authorization: wrong|Authorization: SECRET", 400, "two secrets")]
    [InlineData("GET / HTTP/1.1", "Host: HERE| Authorization: SECRET", 400, "a folded line")]
    [InlineData("GET / HTTP/1.1", "Host : HERE|Authorization: SECRET", 400, "a space before the colon")]
    [InlineData("GET / HTTP/2.0", "Host: HERE|Authorization: SECRET", 400, "another protocol")]
    [InlineData("GET  / HTTP/1.1", "Host: HERE|Authorization: SECRET", 400, "two spaces")]
    public async Task Whatever_is_not_its_own_clients_question_gets_no_credentials(string line, string headers, int status, string because)
    {
        var request = $"{line}\r\n{headers.Replace("|", "\r\n", StringComparison.Ordinal)}\r\n\r\n"
            .Replace("HERE", $"127.0.0.1:{_endpoint.Port}", StringComparison.Ordinal)
            .Replace("PORT", $"{_endpoint.Port}", StringComparison.Ordinal)
            .Replace("SECREx", _endpoint.Secret[..^1] + "!", StringComparison.Ordinal)
            .Replace("SECRET", _endpoint.Secret, StringComparison.Ordinal);
        var (answered, body) = await AskAsync(request);
        Assert.True(answered == status, $"{because}: {answered} {body}");
        Assert.DoesNotContain("SECRETEXAMPLE", body, StringComparison.Ordinal);
        Assert.Equal(0, _issued);
    }

    [Fact]
    public async Task A_head_without_end_is_cut_off()
    {
        const string start = "GET / HTTP/1.1\r\nX: ";
        var (status, _) = await AskAsync(start + new string('x', RequestHead.MostBytes - start.Length));
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Those_who_say_nothing_do_not_keep_others_waiting_for_long()
    {
        var silent = Enumerable.Range(0, 40).Select(_ => new TcpClient("127.0.0.1", _endpoint.Port)).ToList();
        var (status, _) = await AskAsync(Request()).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(200, status);
        silent.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task One_session_is_handed_out_until_a_quarter_of_an_hour_is_left_and_then_the_next()
    {
        Assert.Equal("ASIA1", await KeyAsync());
        _clock.Now += TimeSpan.FromMinutes(44);
        Assert.Equal("ASIA1", await KeyAsync());
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal("ASIA2", await KeyAsync());
        Assert.Equal("ASIA2", await KeyAsync());
    }

    [Fact]
    public async Task However_many_ask_at_once_one_session_is_issued()
    {
        var gate = new TaskCompletionSource();
        _beforeIssuing = () => gate.Task;
        var asking = Enumerable.Range(0, 20).Select(_ => KeyAsync()).ToList();
        gate.SetResult();
        Assert.All(await Task.WhenAll(asking), key => Assert.Equal("ASIA1", key));
        Assert.Equal(1, _issued);
    }

    [Fact]
    public async Task While_a_session_lasts_a_server_that_refuses_does_no_harm_and_afterwards_the_refusal_is_told()
    {
        await KeyAsync();
        _beforeIssuing = () => throw CommandException.Refused("AssumeRole", new("AccessDenied", "No."));
        _clock.Now += TimeSpan.FromMinutes(50);
        Assert.Equal("ASIA1", await KeyAsync());
        Assert.Equal("ASIA1", await KeyAsync());
        Assert.Contains("AccessDenied", Assert.Single(_warnings), StringComparison.Ordinal);
        _clock.Now += TimeSpan.FromMinutes(10);
        var (status, body) = await AskAsync(Request());
        Assert.Equal((403, """{"Code":"AccessDenied","Message":"No."}"""), (status, body));
        _beforeIssuing = () => Task.CompletedTask;
        Assert.Equal("ASIA2", await KeyAsync());
    }

    [Fact]
    public async Task While_a_session_lasts_a_server_that_does_not_answer_keeps_nobody_waiting()
    {
        await KeyAsync();
        var gate = new TaskCompletionSource();
        _beforeIssuing = () => gate.Task;
        _clock.Now += TimeSpan.FromMinutes(50);
        Assert.Equal("ASIA1", await KeyAsync());
        gate.SetResult();
    }

    [Fact]
    public void This_client_asks_it_too_with_the_secret_or_the_file_that_holds_it()
    {
        _host.Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = _endpoint.Address;
        Assert.Throws<CommandException>(Find);
        _host.Variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = _endpoint.Secret;
        Assert.Equal("ASIA1", Find().Id);
        _host.Variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = _host.WriteFile("token", _endpoint.Secret + "\n");
        Assert.Equal("TOKENEXAMPLE", Find().SessionToken);
        _host.Variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://credentials.example/";
        Assert.Contains("without https", Assert.Throws<CommandException>(Find).Message, StringComparison.Ordinal);

        AccessKey Find() => new CredentialChain(_host.Host, null, null).Find();
    }

    private string Request() => $"GET / HTTP/1.1\r\nHost: 127.0.0.1:{_endpoint.Port}\r\nAuthorization: {_endpoint.Secret}\r\n\r\n";

    private async Task<string?> KeyAsync() => JsonDocument.Parse((await AskAsync(Request())).Body).RootElement.GetProperty("AccessKeyId").GetString();

    private async Task<(int Status, string Body)> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _endpoint.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        return (int.Parse(answer.Split(' ')[1]), answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
    }

    private async Task<IssuedSession> IssueAsync(CancellationToken cancellationToken)
    {
        await _beforeIssuing();
        return new($"ASIA{Interlocked.Increment(ref _issued)}", "SECRETEXAMPLE", "TOKENEXAMPLE", _clock.Now + Lifetime, "arn:aws:iam::111122223333:role/reader");
    }
}
