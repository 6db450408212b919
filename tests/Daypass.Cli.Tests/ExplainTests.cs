using System.Net;
using System.Text.Json;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass explain</c>: what it finds in what people paste, what it sends, and what they see.</summary>
public sealed class ExplainTests : IAsyncLifetime, IDisposable
{
    private const string Sent = "Action=DecodeAuthorizationMessage&Version=2011-06-15&EncodedMessage=AQab-_09";

    private const string Decoded =
        """
        {"allowed":false,"explicitDeny":false,"matchedStatements":{"items":[]},"failures":{"items":[]},
        "context":{"principal":{"id":"AIDAEXAMPLE","arn":"arn:aws:iam::111122223333:user/alice"},"action":"s3:GetObject","resource":"arn:aws:s3:::b/k","conditions":{"items":[]}},
        "trace":{"decision":"implicitDeny","reason":"noIdentityPolicyAllows","policyType":"identity",
        "nearest":{"policy":{"id":"own"},"sid":"Near","index":0,"effect":"Allow","line":3,"column":5,"matched":false,"lacks":[{"element":"condition","operator":"Bool","key":"aws:SecureTransport","wanted":["true"],"found":["false"]},{"element":"condition","operator":"StringEquals","key":"k:k","wanted":["a","b"],"missingKeys":["k:k"]}]},
        "withheld":true,"sets":[{"type":"serviceControl","level":0,"outcome":"allows","policies":[{"id":"p-1","arn":"arn:aws:organizations::1:policy/p-1","statements":[{"index":0,"effect":"Allow","line":1,"column":2,"matched":true,"lacks":[]}]}]},
        {"type":"identity","outcome":"silent","policies":[{"id":"own","statements":[{"sid":"Other","index":1,"effect":"Allow","line":4,"column":5,"matched":false,"lacks":[{"element":"resource"}]}],"omitted":7}]}]},
        "reportedBy":{"service":"s3","region":"us-east-1","account":"444455556666","time":"2026-11-22T12:00:00Z"}}
        """;

    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
        Answer(Decoded);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("AQab-_09")]
    [InlineData("  AQab\n-_09 \n")]
    [InlineData("An error occurred (AccessDenied): User: x is not authorized. Encoded authorization failure message: AQab-_09")]
    [InlineData("<Message>User: x Encoded authorization failure message: AQab-\n_09</Message></Error>")]
    [InlineData("{\"message\":\"User: x Encoded authorization failure message: AQab-_09\"}")]
    public async Task The_message_is_found_in_whatever_was_copied(string text)
    {
        Assert.Equal(0, await _host.RunAsync("explain", text));
        Assert.Equal(Sent, _server.Last!.Body);
        Assert.True(_server.Last.IsSignedRight);
    }

    [Fact]
    public async Task It_may_be_piped_in()
    {
        _host.Input = "User: x Encoded authorization failure message: AQab-_09\n";
        Assert.Equal(0, await _host.RunAsync("explain", "-"));
        Assert.Equal(Sent, _server.Last!.Body);
    }

    [Fact]
    public async Task It_may_be_in_a_file()
    {
        var file = _host.WriteFile("refusal.txt", "User: x Encoded authorization failure message: AQab-_09\n");
        Assert.Equal(0, await _host.RunAsync("explain", "file://" + file));
        Assert.Equal(Sent, _server.Last!.Body);
    }

    [Fact]
    public async Task A_message_that_is_not_valid_may_be_so_for_several_reasons_and_all_are_said()
    {
        _server.Answer = ((int)HttpStatusCode.BadRequest, "application/json", """{"Error":{"Code":"InvalidAuthorizationMessageException","Message":"Message is not valid"}}""");
        Assert.Equal(254, await _host.RunAsync("explain", "AQab-_09"));
        Assert.Contains("Message is not valid\nIt is not whole or has more behind it, is older than a day,", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_see_is_what_was_refused_what_came_nearest_and_what_each_policy_said()
    {
        Assert.Equal(0, await _host.RunAsync("explain", "AQab-_09"));
        Assert.Equal(
            """
            Denied: arn:aws:iam::111122223333:user/alice s3:GetObject arn:aws:s3:::b/k
            reported by s3 in us-east-1 of account 444455556666 at 2026-11-22T12:00:00Z
            because: noIdentityPolicyAllows (identity)
            nearest: own, Allow "Near" (line 3, column 5), which lacks Bool aws:SecureTransport "true", the request has "false"; StringEquals k:k ["a", "b"], the request has no k:k
            serviceControl level 0: allows
              arn:aws:organizations::1:policy/p-1, Allow (line 1, column 2): applies
            identity: silent
              own, Allow "Other" (line 4, column 5): lacks a fitting resource
              own: 7 more
            policies of the other account: withheld

            """.ReplaceLineEndings("\n"),
            _host.Output);
    }

    [Fact]
    public async Task JSON_is_given_when_asked()
    {
        Assert.Equal(0, await _host.RunAsync("explain", "AQab-_09", "--output", "json"));
        Assert.Equal("s3:GetObject", JsonDocument.Parse(_host.Output).RootElement.GetProperty("context").GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"context":[],"trace":7,"reportedBy":"x"}""")]
    [InlineData("""{"context":{"principal":"x","action":{}},"trace":{"nearest":"x","decisive":[],"sets":[1,"x",{"policies":{}},{"policies":[[],{"statements":[null,3]}]}]}}""")]
    public async Task What_a_service_wrote_may_be_anything(string decoded)
    {
        Answer(decoded);
        Assert.Equal(0, await _host.RunAsync("explain", "AQab-_09"));
        Assert.StartsWith("Denied: ", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_it_moves_the_terminals_cursor()
    {
        Answer("""{"context":{"resource":"arn:\u001b[2J\r\n\u009bx"}}""");
        Assert.Equal(0, await _host.RunAsync("explain", "AQab-_09"));
        Assert.Contains("arn:?[2J???x", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_explaining_is_one_line_without_its_own_message()
    {
        _server.Answer = ((int)HttpStatusCode.Forbidden, "application/json", """{"Error":{"Code":"AccessDenied","Message":"User: x may not. Encoded authorization failure message: AQab-_09"}}""");
        Assert.Equal(254, await _host.RunAsync("explain", "AQab-_09"));
        Assert.Equal("An error occurred (AccessDenied) when calling the DecodeAuthorizationMessage operation: User: x may not. Encoded authorization failure message: (8 characters)\n", _host.Error);
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("explain -")]
    [InlineData("explain <>")]
    [InlineData("explain Parameter validation failed: Invalid length for parameter RoleSessionName, value: 1")]
    [InlineData("explain file://none.txt")]
    [InlineData("explain AQab --output table")]
    public async Task What_cannot_be_is_refused_before_anything_is_sent(string command)
    {
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
        Assert.Null(_server.Last);
    }

    private void Answer(string decoded) => _server.Answer = (200, "application/json", JsonSerializer.Serialize(
        new { DecodeAuthorizationMessageResponse = new { DecodeAuthorizationMessageResult = new { DecodedMessage = decoded } } }));
}
