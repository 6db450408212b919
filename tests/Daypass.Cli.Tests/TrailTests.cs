using System.Net;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass trail trace</c>: the chain behind an event as people see it.</summary>
public sealed class TrailTests : IAsyncLifetime, IDisposable
{
    private const string Chain = """
        {"Event":{"EventId":"e-3","EventName":"ListUsers","EventSource":"iam.amazonaws.com","EventTime":1700000020,"ErrorCode":"AccessDenied"},
         "Links":[
          {"AccountId":"111122223333","Type":"IAMUser","PrincipalId":"AIDAEXAMPLE","Arn":"arn:aws:iam::111122223333:user/alice","UserName":"alice","AccessKeyId":"AKIAEXAMPLE"},
          {"AccountId":"111122223333","Type":"AssumedRole","PrincipalId":"AROAEXAMPLE:s","Arn":"arn:aws:sts::111122223333:assumed-role/first/s","AccessKeyId":"ASIAEXAMPLE",
           "IssuedTime":1700000000,"MfaAuthenticated":false,"SourceIdentity":"alice","IssuedByEventId":"e-1","IssuedByEventName":"AssumeRole","MfaSerialNumber":"arn:aws:iam::111122223333:mfa/phone"},
          {"AccountId":"444455556666","Type":"AWSAccount","PrincipalId":"AROAOTHER:s","IssuedTime":1700000010,"IssuedByEventId":"e-2","IssuedByEventName":"AssumeRole","IssuedBySharedEventId":"sh-2"}],
         "SourceIdentity":"alice","IsComplete":true}
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
    public async Task The_chain_is_drawn_from_the_person_to_the_event()
    {
        Answer(Chain);
        Assert.Equal(0, await _host.RunAsync("trail", "trace", "e-3"));
        Assert.Equal("Action=TraceEvent&Version=2026-11-22&EventId=e-3", _server.Last!.Body);
        Assert.Equal(
            """
            1. arn:aws:iam::111122223333:user/alice
                 access key AKIAEXAMPLE
               -> AssumeRole, event e-1, MFA device arn:aws:iam::111122223333:mfa/phone
            2. arn:aws:sts::111122223333:assumed-role/first/s
                 session ASIAEXAMPLE since 2023-11-14 22:13:20Z, without MFA, source identity alice
               -> AssumeRole, event e-2, shared event sh-2
            3. AROAOTHER:s of account 444455556666
                 session since 2023-11-14 22:13:30Z
               -> ListUsers of iam.amazonaws.com at 2023-11-14 22:13:40Z, event e-3: refused, AccessDenied
            Source identity: alice

            """.ReplaceLineEndings("\n"),
            _host.Output);
    }

    [Fact]
    public async Task What_is_missing_is_said()
    {
        Answer("""{"Event":{"EventId":"e"},"Links":[{"AccountId":"1","Type":"AWSAccount","IssuedTime":1}],"IsComplete":false,"MissingNodes":["node-2"]}""");
        Assert.Equal(0, await _host.RunAsync("trail", "trace", "e"));
        Assert.StartsWith("The call that issued the first of these credentials is not in the trail any more.\n1. somebody of account 1\n", _host.Output, StringComparison.Ordinal);
        Assert.EndsWith("Source identity: none was set\nEvents of these nodes may be missing: node-2\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_get_json_and_a_refusal_is_one_line()
    {
        Answer(Chain);
        Assert.Equal(0, await _host.RunAsync("trail", "trace", "e-3", "--output", "json"));
        Assert.Contains("\"IssuedBySharedEventId\": \"sh-2\"", _host.Output, StringComparison.Ordinal);
        _server.Answer = ((int)HttpStatusCode.Forbidden, "application/json", """{"Error":{"Code":"AccessDenied","Message":"No."}}""");
        Assert.Equal(254, await _host.RunAsync("trail", "trace", "e-3"));
        Assert.Equal("An error occurred (AccessDenied) when calling the TraceEvent operation: No.\n", _host.Error);
    }

    [Theory]
    [InlineData("trail")]
    [InlineData("trail trace")]
    [InlineData("trail show e")]
    [InlineData("trail trace e --output table")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string command)
    {
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
        Assert.Null(_server.Last);
    }

    private void Answer(string result) => _server.Answer = (200, "application/json", $$$"""{"TraceEventResponse":{"TraceEventResult":{{{result}}}}}""");
}
