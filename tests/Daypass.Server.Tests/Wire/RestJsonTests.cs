using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>The REST dialect on the wire: paths, methods, where parameters count, errors, and what a signature covers.</summary>
public sealed class RestJsonTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Service = "access-analyzer";
    private const string Path = "/policy/validation";
    private const string Good = """{"policyDocument":"{}","policyType":"IDENTITY_POLICY"}""";
    private readonly DaypassServer _server = fixture.Server;

    [Fact]
    public async Task An_answer_is_plain_JSON_under_the_models_names()
    {
        var reply = await CallAsync(Path, Good);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
        Assert.Equal("application/json", reply.Headers["Content-Type"]);
        Assert.Matches("^[0-9a-f-]{36}$", reply.Headers["x-amzn-RequestId"]);
        var finding = JsonNode.Parse(reply.Body)!["findings"]!.AsArray().First(found => found!["findingType"]!.GetValue<string>() == "ERROR")!;
        Assert.Equal(JsonValueKind.Array, finding["locations"]![0]!["path"]!.GetValueKind());
        Assert.Equal("""{"line":1,"column":0,"offset":0}""", finding["locations"]![0]!["span"]!["start"]!.ToJsonString());
        Assert.EndsWith("#" + finding["issueCode"]!.GetValue<string>().ToLowerInvariant(), finding["learnMoreLink"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int, string, string> Requests => new()
    {
        { "/policy", Good, 404, "UnknownOperationException", "There is no operation at the path /policy" },
        { "/policy/validation/", Good, 404, "UnknownOperationException", "/policy/validation/" },
        { "/policy//validation", Good, 404, "UnknownOperationException", "/policy//validation" },
        { "/x/../policy/validation", Good, 404, "UnknownOperationException", "There is no operation" },
        { "/policy/%76alidation", Good, 404, "UnknownOperationException", "%76alidation" },
        { "/analyzer", Good, 404, "UnknownOperationException", "/analyzer" },
        { Path, "", 400, "ValidationException", "2 validation errors detected" },
        { Path, "[]", 400, "SerializationException", "one JSON object" },
        { Path, "{}{}", 400, "SerializationException", "not valid JSON" },
        { Path, "{", 400, "SerializationException", "not valid JSON" },
        { Path, Good[..^1] + ""","policyType":"IDENTITY_POLICY"}""", 400, "SerializationException", "The parameter policyType is given more than once." },
        { Path, """{"a":[{"b":1}],"a":[{"c":2}]}""", 400, "SerializationException", "The parameter a is given more than once." },
        { "/policy/check-access-not-granted", """{"policyDocument":"{}","policyType":"IDENTITY_POLICY","access":[{"actions":["s3:GetObject"]}],"access.member.1.actions.member.2":"s3:PutObject"}""", 400, "SerializationException", "access.member.1.actions.member.2 has a dot." },
        { Path, """{"a":null,"a":1}""", 400, "SerializationException", "The parameter a is given more than once." },
        { Path, new string('[', 100_000), 400, "SerializationException", "not valid JSON" },
        { Path, """{"a":[""" + string.Join(',', Enumerable.Repeat("1", 3000)) + "]}", 400, "SerializationException", "more than 2000 parameters" },
        { Path + "?maxResults=1&maxResults=2", Good, 400, "SerializationException", "The parameter maxResults is given more than once." },
        { Path + "?maxResults=%zz", Good, 404, "MalformedQueryString", "Illegal hex character" },
        { Path + "?maxResults=many", Good, 400, "SerializationException", "must be a whole number, not 'many'" },
        { Path + "?maxResults=0", Good, 400, "ValidationException", "Value '0' at 'maxResults' failed to satisfy constraint" },
        { Path + "?nextToken=1", Good, 400, "ValidationException", "Value '1' at 'nextToken' failed to satisfy constraint" },
        { Path, """{"policyDocument":"{}","policyType":"TRUST"}""", 400, "ValidationException", "Value 'TRUST' at 'policyType' failed to satisfy constraint: Member must satisfy enum value set" },
        { "/policy/check-no-new-access", """{"newPolicyDocument":"{}","existingPolicyDocument":"no","policyType":"IDENTITY_POLICY"}""", 400, "InvalidParameterException", "The parameter newPolicyDocument is not a valid policy (line 1, column " },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_makes_no_sense_is_told_so(string path, string body, int status, string code, string message)
    {
        var reply = await CallAsync(path, body);
        Assert.True(status == (int)reply.Status, reply.Body);
        Assert.Equal(code, reply.Headers["x-amzn-ErrorType"]);
        Assert.Equal("application/json", reply.Headers["Content-Type"]);
        Assert.Contains(message, MessageOf(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validation_error_names_its_reason_and_every_member()
    {
        var error = JsonNode.Parse((await CallAsync(Path, """{"locale":"XX"}""")).Body)!;
        Assert.Equal("fieldValidationFailed", error["reason"]!.GetValue<string>());
        Assert.Equal(["locale", "policyDocument", "policyType"], error["fieldList"]!.AsArray().Select(field => field!["name"]!.GetValue<string>()).Order());
        Assert.All(error["fieldList"]!.AsArray(), field => Assert.Contains(field!["message"]!.GetValue<string>(), MessageOf(error), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_method_is_refused_with_the_right_one()
    {
        using var request = _server.Administrator.Sign(HttpMethod.Get, new Uri(_server.Endpoint, Path), Service, "", []);
        var reply = await SigningClient.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.Status);
        Assert.Equal("POST", reply.Headers["Allow"]);
        Assert.Contains("takes POST, not GET", MessageOf(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_content_type_is_not_read_as_JSON()
    {
        using var request = Signed(Path, Good, "application/x-www-form-urlencoded");
        var reply = await SigningClient.SendAsync(request);
        Assert.Equal("SerializationException", reply.Headers["x-amzn-ErrorType"]);
        Assert.Contains("application/json", MessageOf(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_counts_only_where_the_model_has_it()
    {
        var document = JsonNode.Parse((await CallAsync(Path, Good[..^1] + ""","maxResults":0,"nextToken":"x"}""")).Body)!;
        Assert.NotNull(document["findings"]);
        var missing = await CallAsync(Path + "?policyType=IDENTITY_POLICY", """{"policyDocument":"{}"}""");
        Assert.Contains("Value null at 'policyType'", MessageOf(missing), StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<HttpRequestMessage, Uri, HttpRequestMessage>> Damages => new()
    {
        { "another path", (request, endpoint) => To(request, new Uri(endpoint, "/policy/check-no-public-access?maxResults=5")) },
        { "another value in the query", (request, endpoint) => To(request, new Uri(endpoint, Path + "?maxResults=6")) },
        { "one parameter more", (request, endpoint) => To(request, new Uri(endpoint, Path + "?maxResults=5&nextToken=1")) },
        { "no query", (request, endpoint) => To(request, new Uri(endpoint, Path)) },
        { "white space behind the body", (request, _) => { request.Content = new StringContent(Good + "\r\n ", Encoding.UTF8, "application/json"); return request; } },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_signature_covers_path_query_and_body(string what, Func<HttpRequestMessage, Uri, HttpRequestMessage> damage)
    {
        using var good = Signed(Path + "?maxResults=5", Good);
        Assert.Equal(HttpStatusCode.OK, (await SigningClient.SendAsync(good)).Status);
        using var request = Signed(Path + "?maxResults=5", Good);
        using var damaged = damage(request, _server.Endpoint);
        var reply = await SigningClient.SendAsync(damaged);
        Assert.True(reply.Status == HttpStatusCode.Forbidden, $"{what}: {reply.Body}");
        Assert.Equal("InvalidSignatureException", reply.Headers["x-amzn-ErrorType"]);
    }

    [Theory]
    [InlineData("accessanalyzer")]
    [InlineData("iam")]
    public async Task A_signature_for_another_service_is_refused(string service)
    {
        var reply = await _server.Administrator.RestAsync(service, Path, Good);
        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Contains("correct service: 'access-analyzer'", MessageOf(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_known_and_who_may_not_hear_it_with_403()
    {
        using var unsigned = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Endpoint, Path)) { Content = new StringContent(Good, Encoding.UTF8, "application/json") };
        var nobody = await SigningClient.SendAsync(unsigned);
        Assert.Equal((HttpStatusCode.Forbidden, "MissingAuthenticationTokenException"), (nobody.Status, nobody.Headers["x-amzn-ErrorType"]));

        await _server.Administrator.IamAsync("CreateUser", ("UserName", "unprivileged"));
        var key = (await _server.Administrator.IamAsync("CreateAccessKey", ("UserName", "unprivileged"))).Result.GetProperty("AccessKey");
        var user = new SigningClient(_server.Endpoint, key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
        var denied = await user.RestAsync(Service, Path, Good);
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDeniedException"), (denied.Status, denied.Headers["x-amzn-ErrorType"]));
        Assert.Contains("is not authorized to perform: access-analyzer:ValidatePolicy on resource: *", MessageOf(denied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_together_are_the_whole_and_a_token_of_another_policy_is_refused()
    {
        var statements = string.Join(',', Enumerable.Range(0, 7).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"Effect":"Maybe{{number}}","Action":"s3:GetObject","Resource":"*"}""")));
        var body = new JsonObject { ["policyDocument"] = $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""", ["policyType"] = "IDENTITY_POLICY" };
        var all = Findings(await CallAsync(Path, body.ToJsonString()), out var none);
        Assert.Null(none);
        Assert.True(all.Count >= 7);

        var paged = new List<string>();
        string? token = null;
        do
        {
            paged.AddRange(Findings(await CallAsync($"{Path}?maxResults=3{(token is null ? "" : "&nextToken=" + Uri.EscapeDataString(token))}", body.ToJsonString()), out var next));
            if (next is not null)
                Assert.Equal("ValidationException", (await CallAsync($"{Path}?nextToken={Uri.EscapeDataString(next)}", Good)).Headers["x-amzn-ErrorType"]);
            token = next;
        }
        while (token is not null);
        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task Forms_are_still_taken_at_the_root_and_the_rest_of_the_web_is_not_here()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.StsAsync("GetCallerIdentity")).Status);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Endpoint, "/favicon.ico"));
        var reply = await SigningClient.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotFound, "UnknownOperationException"), (reply.Status, reply.Headers["x-amzn-ErrorType"]));
    }

    [Fact]
    public async Task Who_calls_too_often_is_told_so_by_429_and_when_to_come_again()
    {
        await using var server = await DaypassServer.StartAsync("--calls-per-account", "1");
        ApiReply reply;
        var calls = 0;
        do
            reply = await server.Administrator.RestAsync(Service, Path, Good);
        while (reply.Status == HttpStatusCode.OK && ++calls < 1000);
        Assert.Equal((HttpStatusCode.TooManyRequests, "ThrottlingException", "1"), (reply.Status, reply.Headers["x-amzn-ErrorType"], reply.Headers["Retry-After"]));
    }

    private static List<string> Findings(ApiReply reply, out string? nextToken)
    {
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
        var page = JsonNode.Parse(reply.Body)!;
        nextToken = page["nextToken"]?.GetValue<string>();
        return [.. page["findings"]!.AsArray().Select(finding => finding!.ToJsonString())];
    }

    private async Task<ApiReply> CallAsync(string path, string body)
    {
        using var request = Signed(path, body);
        return await SigningClient.SendAsync(request);
    }

    // The path goes out as it is written here: a Uri would tidy it up.
    private HttpRequestMessage Signed(string path, string body, string type = "application/json") =>
        _server.Administrator.Sign(HttpMethod.Post, new Uri(_server.Endpoint.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), Service, body, new() { ["content-type"] = type });

    private static HttpRequestMessage To(HttpRequestMessage request, Uri uri)
    {
        request.RequestUri = uri;
        return request;
    }

    private static string MessageOf(ApiReply reply) => MessageOf(JsonNode.Parse(reply.Body)!);

    private static string MessageOf(JsonNode error) => error["message"]!.GetValue<string>();
}
