using System.Net;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass keys</c>: what it sends, and what people see.</summary>
public sealed class KeysTests : IAsyncLifetime, IDisposable
{
    private const string Key = """{"Purpose":"session","KeyId":"0000ABCD","State":"STATE","CreatedTime":1700000000,"MasterKey":"11112222"EXTRA}""";
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
    public async Task Keys_are_a_table_and_json_when_asked()
    {
        Answer("ListKeys", $$"""{"Keys":[{{Row("Active")}},{{Row("DecryptOnly", ",\"RetiredTime\":1700000010,\"MayGoTime\":1700219610")}}],"MasterKey":"11112222"}""");
        Assert.Equal(0, await _host.RunAsync("keys", "list"));
        Assert.Equal(
            """
            PURPOSE  KEY-ID    STATE        CREATED               RETIRED               MAY GO                MASTER KEY
            session  0000ABCD  Active       2023-11-14 22:13:20Z  -                     -                     11112222
            session  0000ABCD  DecryptOnly  2023-11-14 22:13:20Z  2023-11-14 22:13:30Z  2023-11-17 11:13:30Z  11112222
            New keys are sealed under the master key 11112222.

            """.ReplaceLineEndings("\n"),
            _host.Output);
        Assert.Equal(0, await _host.RunAsync("keys", "list", "--output", "json"));
        Assert.Contains("\"KeyId\": \"0000ABCD\"", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys rotate session", "RotateKeys", "Action=RotateKeys&Version=2026-11-22&Purpose=session")]
    [InlineData("keys revoke secret 0000ABCD", "RevokeKey", "Action=RevokeKey&Version=2026-11-22&Purpose=secret&KeyId=0000ABCD")]
    public async Task What_was_typed_is_what_is_sent(string command, string action, string body)
    {
        Answer(action, $$"""{"Key":{{Row("Compromised")}}}""");
        Assert.Equal(0, await _host.RunAsync(command.Split(' ')));
        Assert.Equal(body, _server.Last!.Body);
        Assert.True(_server.Last.IsSignedRight);
        Assert.Contains("0000ABCD", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_of_secrets_that_still_opens_is_shown_as_revoked()
    {
        Answer("RevokeKey", $$"""{"Key":{{Row("DecryptOnly", ",\"RevokedTime\":1700000010")}}}""");
        Assert.Equal(0, await _host.RunAsync("keys", "revoke", "secret", "0000ABCD"));
        Assert.Contains("  Revoked  ", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sealing_anew_says_how_many_and_under_what()
    {
        Answer("RewrapKeys", """{"MasterKey":"33334444","Rewrapped":2}""");
        Assert.Equal(0, await _host.RunAsync("keys", "rewrap"));
        Assert.Equal("2 keys sealed anew; all are under the master key 33334444.\n", _host.Output);
    }

    [Fact]
    public async Task A_refusal_is_one_line_and_the_exit_code_of_refusals()
    {
        _server.Answer = ((int)HttpStatusCode.Forbidden, "application/json", """{"Error":{"Code":"AccessDenied","Message":"No."}}""");
        Assert.Equal(254, await _host.RunAsync("keys", "rewrap"));
        Assert.Equal("An error occurred (AccessDenied) when calling the RewrapKeys operation: No.\n", _host.Error);
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys rotate")]
    [InlineData("keys revoke session")]
    [InlineData("keys list --wait")]
    [InlineData("keys list --output env")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string command)
    {
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
        Assert.Null(_server.Last);
    }

    private static string Row(string state, string extra = "") => Key.Replace("STATE", state, StringComparison.Ordinal).Replace("EXTRA", extra, StringComparison.Ordinal);

    private void Answer(string action, string result) => _server.Answer = (200, "application/json", $$$"""{"{{{action}}}Response":{"{{{action}}}Result":{{{result}}}}}""");
}
