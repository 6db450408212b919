namespace Daypass.Cli.Tests;

/// <summary>Whole commands against a real HTTP server that verifies what they sign.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
        _host.WithKey();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task A_query_call_is_a_signed_form_and_its_result_is_printed_without_the_envelope()
    {
        _server.Answer = (200, "application/json", """{"CreateUserResponse":{"CreateUserResult":{"User":{"UserName":"alice","CreateDate":1795305600,"Note":"a<b"}},"ResponseMetadata":{"RequestId":"r"}}}""");
        Assert.Equal(0, await _host.RunAsync("iam", "create-user", "--user-name", "al ice+é", "--region", "eu-west-9"));
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Equal("Action=CreateUser&Version=2010-05-08&UserName=al%20ice%2B%C3%A9", _server.Last.Body);
        Assert.Contains("/eu-west-9/iam/aws4_request", _server.Last.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("application/json", _server.Last.Headers["Accept"]);
        Assert.Equal("{\n    \"User\": {\n        \"UserName\": \"alice\",\n        \"CreateDate\": \"2026-11-22T00:00:00Z\",\n        \"Note\": \"a<b\"\n    }\n}\n", _host.Output);
    }

    [Fact]
    public async Task Https_to_a_server_of_plain_http_says_what_is_wrong_and_what_to_change()
    {
        Assert.Equal(1, await _host.RunAsync("sts", "get-caller-identity", "--endpoint-url", _server.Url.Replace("http:", "https:", StringComparison.Ordinal)));
        Assert.Contains("begins with http://", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_json_call_names_its_target()
    {
        _server.Answer = (200, "application/x-amz-json-1.1", """{"Events":[]}""");
        Assert.Equal(0, await _host.RunAsync("cloudtrail", "lookup-events", "--max-results", "3"));
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Equal("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", _server.Last.Headers["X-Amz-Target"]);
        Assert.Equal("""{"MaxResults":3}""", _server.Last.Body);
    }

    [Fact]
    public async Task A_rest_call_has_its_own_path_and_puts_each_parameter_where_it_belongs()
    {
        _server.Answer = (200, "application/json", """{"findings":[]}""");
        Assert.Equal(0, await _host.RunAsync("accessanalyzer", "validate-policy", "--policy-document", "{}", "--policy-type", "IDENTITY_POLICY", "--max-results", "3", "--next-token", "a b/é"));
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Equal("POST", _server.Last.Method);
        Assert.Equal("/policy/validation?maxResults=3&nextToken=a%20b%2F%C3%A9", _server.Last.Target);
        Assert.Equal("""{"policyDocument":"{}","policyType":"IDENTITY_POLICY"}""", _server.Last.Body);
        Assert.Equal("application/json", _server.Last.Headers["Content-Type"]);
        Assert.Contains("/access-analyzer/aws4_request", _server.Last.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rest_services_refusal_has_its_code_in_a_header()
    {
        _server.Answer = (400, "application/json", """{"message":"1 validation error","reason":"fieldValidationFailed"}""");
        _server.AnswerHeaders["x-amzn-ErrorType"] = "ValidationException";
        Assert.NotEqual(0, await _host.RunAsync("accessanalyzer", "validate-policy", "--policy-document", "{}", "--policy-type", "NONE"));
        Assert.Contains("An error occurred (ValidationException) when calling the ValidatePolicy operation: 1 validation error", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_may_have_missed_events_of_a_node_says_so_beside_its_answer()
    {
        _server.Answer = (200, "application/x-amz-json-1.1", """{"Events":[]}""");
        _server.AnswerHeaders["x-daypass-missing-nodes"] = "0123abcd";
        Assert.Equal(0, await _host.RunAsync("cloudtrail", "lookup-events"));
        Assert.Contains("newest events of these nodes may be missing: 0123abcd", _host.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0123abcd", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Action=ListNodes&Version=2026-11-22", "list")]
    [InlineData("Action=ForgetNode&Version=2026-11-22&NodeId=0123abcd", "forget", "0123abcd")]
    public async Task Nodes_are_listed_and_forgotten_by_commands_of_their_own(string body, params string[] words)
    {
        await _host.RunAsync(["nodes", .. words]);
        Assert.Equal(body, _server.Last!.Body);
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        _host.Variables["AWS_SESSION_TOKEN"] = "TOKENEXAMPLE";
        await _host.RunAsync("sts", "get-caller-identity");
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Equal("TOKENEXAMPLE", _server.Last.Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", _server.Last.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_proves_itself_by_a_token_is_not_signed()
    {
        await _host.RunAsync("sts", "assume-role-with-web-identity", "--role-arn", "R", "--role-session-name", "me", "--web-identity-token", "T");
        Assert.DoesNotContain("Authorization", _server.Last!.Headers.Keys);
    }

    [Theory]
    [InlineData(403, """{"Error":{"Code":"AccessDenied","Message":"no","Type":"Sender"},"RequestId":"r"}""", "An error occurred (AccessDenied) when calling the GetCallerIdentity operation: no\n")]
    [InlineData(400, """{"__type":"com.amazonaws#AccessDeniedException","message":"no"}""", "An error occurred (AccessDeniedException) when calling the GetCallerIdentity operation: no\n")]
    [InlineData(502, "<html>gateway</html>", "An error occurred (HTTP 502) when calling the GetCallerIdentity operation: <html>gateway</html>\n")]
    [InlineData(403, """{"Error":{"Code":"ExpiredToken","Message":"late"}}""", "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: late\n(signed with AKIDEXAMPLE from the environment (AWS_ACCESS_KEY_ID))\n")]
    public async Task An_error_of_the_service_is_told_as_aws_tells_it(int status, string body, string told)
    {
        _server.Answer = (status, "application/json", body);
        Assert.Equal(254, await _host.RunAsync("sts", "get-caller-identity"));
        Assert.Equal(told, _host.Error);
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public async Task Credentials_can_be_printed_for_the_shell_and_stay_inside_their_quotes()
    {
        AnswerWithCredentials("SE'CRET");
        Assert.Equal(0, await _host.RunAsync("sts", "assume-role", "--role-arn", "R", "--role-session-name", "me", "--output", "env"));
        Assert.Equal("export AWS_ACCESS_KEY_ID='ASIAEXAMPLE'\nexport AWS_SECRET_ACCESS_KEY='SE'\\''CRET'\nexport AWS_SESSION_TOKEN='TOKENEXAMPLE'\n", _host.Output);
    }

    [Fact]
    public async Task Credentials_can_be_saved_and_used_and_are_not_shown()
    {
        _host.Variables["DAYPASS_CREDENTIALS_FILE"] = Path.Combine(_host.Folder, "keys", "credentials");
        AnswerWithCredentials("SECRETEXAMPLE");
        Assert.Equal(0, await _host.RunAsync("sts", "assume-role", "--role-arn", "R", "--role-session-name", "me", "--save-profile", "session"));
        Assert.DoesNotContain("SECRETEXAMPLE", _host.Output, StringComparison.Ordinal);
        await _host.RunAsync("sts", "get-caller-identity", "--profile", "session");
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Contains("Credential=ASIAEXAMPLE/", _server.Last.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_http_request_can_be_signed()
    {
        _server.Answer = (200, "text/plain", "content");
        _host.WriteFile("new.log", "line");
        Assert.Equal(0, await _host.RunAsync("http", "put", _server.Url + "/logs/a%20b/c.log?x=1&acl", "--data", "@new.log", "--header", "Content-Type: text/plain"));
        Assert.True(_server.Last!.IsSignedRight);
        Assert.Equal(("PUT", "/logs/a%20b/c.log?x=1&acl", "line", "text/plain"), (_server.Last.Method, _server.Last.Target, _server.Last.Body, _server.Last.Headers["Content-Type"]));
        Assert.Equal("content", _host.Output);
    }

    [Fact]
    public async Task A_refused_http_request_ends_with_1_and_shows_status_and_body()
    {
        _server.Answer = (403, "application/xml", "<Error/>");
        Assert.Equal(1, await _host.RunAsync("http", "GET", _server.Url + "/logs", "--unsigned"));
        Assert.Equal(("HTTP 403 Forbidden\n", "<Error/>"), (_host.Error, _host.Output));
        Assert.False(_server.Last!.IsSignedRight);
    }

    [Theory]
    [InlineData("1h30m", "5400")]
    [InlineData("90s", "90")]
    [InlineData("2d", "172800")]
    [InlineData("45", "45")]
    public async Task The_clock_is_moved_by_a_duration(string duration, string seconds)
    {
        Assert.Equal(0, await _host.RunAsync("clock", "advance", duration));
        Assert.Equal($"Action=AdvanceClock&Version=2026-11-22&Seconds={seconds}", _server.Last!.Body);
    }

    [Theory]
    [InlineData("sts")]
    [InlineData("stss get-caller-identity")]
    [InlineData("clock advance soon")]
    [InlineData("clock advance 1h30")]
    [InlineData("clock advance 0s")]
    [InlineData("http GET")]
    [InlineData("http GET not-an-address")]
    [InlineData("http GET http://127.0.0.1:1/ --servce s3")]
    [InlineData("sts get-caller-identity --output xml")]
    [InlineData("sts get-caller-identity --profile")]
    [InlineData("sts get-caller-identity --endpoint-url ftp://x")]
    [InlineData("--region eu-west-1 sts get-caller-identity")]
    [InlineData("version --verbose")]
    public async Task A_wrong_command_line_ends_with_1_one_line_and_no_request(string line)
    {
        Assert.Equal(1, await _host.RunAsync(line.Split(' ')));
        Assert.Null(_server.Last);
        Assert.StartsWith("daypass: ", _host.Error, StringComparison.Ordinal);
        Assert.Single(_host.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_sentence()
    {
        Assert.Equal(1, await _host.RunAsync("sts", "get-caller-identity", "--endpoint-url", "http://127.0.0.1:1"));
        Assert.StartsWith("daypass: No answer from http://127.0.0.1:1: ", _host.Error, StringComparison.Ordinal);
        Assert.Contains("Is a server running there?", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_the_message_says_where_they_may_come_from()
    {
        _host.Variables.Remove("AWS_ACCESS_KEY_ID");
        Assert.Equal(1, await _host.RunAsync("sts", "get-caller-identity"));
        Assert.Contains("AWS_ACCESS_KEY_ID", _host.Error, StringComparison.Ordinal);
        Assert.Contains("admin.credentials", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help", "daypass SERVICE ACTION")]
    [InlineData("--help", "daypass SERVICE ACTION")]
    [InlineData("help iam", "create-user")]
    [InlineData("iam help", "create-user")]
    [InlineData("iam create-user help", "--user-name")]
    [InlineData("sts assume-role --help", "--external-id")]
    [InlineData("help clock", "1h30m")]
    [InlineData("http --help", "--unsigned")]
    [InlineData("version", "daypass 0.")]
    public async Task Help_answers_where_it_is_asked(string line, string shown)
    {
        Assert.Equal(0, await _host.RunAsync(line.Split(' ')));
        Assert.Contains(shown, _host.Output, StringComparison.Ordinal);
    }

    private void AnswerWithCredentials(string secret) =>
        _server.Answer = (200, "application/json", "{\"AssumeRoleResponse\":{\"AssumeRoleResult\":{\"Credentials\":{\"AccessKeyId\":\"ASIAEXAMPLE\",\"SecretAccessKey\":\"" + secret + "\",\"SessionToken\":\"TOKENEXAMPLE\",\"Expiration\":1795305600}}}}");
}
