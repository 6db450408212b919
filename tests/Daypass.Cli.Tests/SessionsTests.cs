using System.Net;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass sessions</c>: what it sends, and what people see.</summary>
public sealed class SessionsTests : IAsyncLifetime, IDisposable
{
    private const string Session = """
        {"AccessKeyId":"ID","Kind":"AssumedRole","Arn":"arn:aws:sts::111122223333:assumed-role/reader/alice","Account":"111122223333","IssuedAt":1700000000,"ExpiresAt":1700003600,
         "SourceIpAddress":"192.0.2.7","SourceIdentity":"alice","Chain":[{"Kind":"AccessKey","AccessKeyId":"AKIAEXAMPLE","PrincipalArn":"arn:aws:iam::111122223333:user/alice","PrincipalId":"AIDAEXAMPLE","Account":"111122223333"},
         {"Kind":"Session","AccessKeyId":"ASIAEXAMPLE","PrincipalId":"AROAEXAMPLE","Account":"444455556666","IssuedAt":1700000000}]}
        """;

    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Sessions_are_a_table_that_says_who_through_whom_since_when_until_when_and_from_where()
    {
        Answer("ListSessions", $$"""{"Sessions":[{{Session.Replace("ID", "ASIAFIRST", StringComparison.Ordinal)}}]}""");
        Assert.Equal(0, await _host.RunAsync("sessions", "list"));
        Assert.Equal(
            """
            SESSION    WHO                                                  THROUGH                                SINCE                 UNTIL                 FROM       SOURCE IDENTITY  MFA
            ASIAFIRST  arn:aws:sts::111122223333:assumed-role/reader/alice  user/alice > 444455556666:AROAEXAMPLE  2023-11-14 22:13:20Z  2023-11-14 23:13:20Z  192.0.2.7  alice            -

            """.ReplaceLineEndings("\n"),
            _host.Output);
        Assert.Equal(0, await _host.RunAsync("sessions", "list", "--output", "json"));
        Assert.Contains("\"AccessKeyId\": \"ASIAFIRST\"", _host.Output, StringComparison.Ordinal);
        Assert.Contains("\"IssuedAt\": \"2023-11-14T22:13:20Z\"", _host.Output, StringComparison.Ordinal);
        Assert.Contains("\"ExpiresAt\": \"2023-11-14T23:13:20Z\"", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sessions list --principal-arn arn:aws:iam::111122223333:role/reader", "ListSessions", "PrincipalArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Freader")]
    [InlineData("sessions revoke --access-key-id ASIAEXAMPLE", "RevokeSessions", "AccessKeyId=ASIAEXAMPLE")]
    [InlineData("sessions revoke --source-identity alice --reason gone", "RevokeSessions", "SourceIdentity=alice&Reason=gone")]
    [InlineData("sessions revoke --provider arn:aws:iam::111122223333:oidc-provider/idp.example.com --subject alice", "RevokeSessions", "ProviderArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Aoidc-provider%2Fidp.example.com&Subject=alice")]
    [InlineData("sessions revoke --all --issued-before 2026-11-22T12:00:00Z", "RevokeSessions", "AllSessions=true&IssuedBefore=2026-11-22T12%3A00%3A00Z")]
    public async Task What_was_typed_is_what_is_sent(string command, string action, string body)
    {
        Answer(action, """{"Sessions":[],"Revocation":{"Kind":"All","IssuedBefore":1700000000,"RevokedBy":"arn:aws:iam::111122223333:user/admin"}}""");
        Assert.Equal(0, await _host.RunAsync(command.Split(' ')));
        Assert.Equal($"Action={action}&Version=2026-11-22&{body}", _server.Last!.Body);
        Assert.True(_server.Last.IsSignedRight);
    }

    [Fact]
    public async Task What_is_revoked_is_said_with_the_bound()
    {
        Answer("RevokeSessions", """{"Revocation":{"Kind":"Role","PrincipalArn":"arn:aws:iam::111122223333:role/reader","PrincipalId":"AROAEXAMPLE","IssuedBefore":1700000000,"RevokedBy":"arn:aws:iam::111122223333:user/admin"}}""");
        Assert.Equal(0, await _host.RunAsync("sessions", "revoke", "--principal-arn", "arn:aws:iam::111122223333:role/reader"));
        Assert.Equal(
            """
            KIND  WHAT                                   ISSUED BEFORE         REVOKED BY                            REASON
            Role  arn:aws:iam::111122223333:role/reader  2023-11-14 22:13:20Z  arn:aws:iam::111122223333:user/admin  -
            These sessions are over at every node within a second, and at every protected service within five.

            """.ReplaceLineEndings("\n"),
            _host.Output);
    }

    [Theory]
    [InlineData("sessions list", "No session is live.\n")]
    [InlineData("sessions revocations", "Nothing is revoked.\n")]
    public async Task Where_there_is_nothing_that_is_said(string command, string text)
    {
        Answer(command.EndsWith("list", StringComparison.Ordinal) ? "ListSessions" : "ListRevocations", """{"Sessions":[],"Revocations":[]}""");
        Assert.Equal(0, await _host.RunAsync(command.Split(' ')));
        Assert.Equal(text, _host.Output);
    }

    [Fact]
    public async Task A_refusal_is_one_line_and_the_exit_code_of_refusals()
    {
        _server.Answer = ((int)HttpStatusCode.Forbidden, "application/json", """{"Error":{"Code":"AccessDenied","Message":"No."}}""");
        Assert.Equal(254, await _host.RunAsync("sessions", "list"));
        Assert.Equal("An error occurred (AccessDenied) when calling the ListSessions operation: No.\n", _host.Error);
    }

    [Theory]
    [InlineData("sessions")]
    [InlineData("sessions revoke")]
    [InlineData("sessions revoke --all --source-identity alice")]
    [InlineData("sessions list --all --reason none")]
    [InlineData("sessions list --issued-before 2026-11-22T12:00:00Z")]
    [InlineData("sessions revocations --all")]
    [InlineData("sessions list --output env")]
    [InlineData("sessions revoke --subject alice")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string command)
    {
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
        Assert.Null(_server.Last);
    }

    private void Answer(string action, string result) => _server.Answer = (200, "application/json", $$$"""{"{{{action}}}Response":{"{{{action}}}Result":{{{result}}}}}""");
}
