using System.Net;
using System.Text;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>
/// One good request, and one way to break it per row: each gets AWS's code, status and text.
/// </summary>
public sealed class BadRequests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Form = "Action=GetCallerIdentity&Version=2011-06-15";
    private readonly DaypassServer _server = fixture.Server;

    public static TheoryData<string, Action<HttpRequestMessage>, int, string, string> Damages => new()
    {
        { "no signature", request => request.Headers.Remove("Authorization"), 403, "MissingAuthenticationToken", "Request is missing Authentication Token" },
        { "another algorithm", request => Authorization(request, value => value.Replace("AWS4-HMAC-SHA256", "AWS3-HMAC-SHA256")), 400, "IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS3-HMAC-SHA256'" },
        { "no signature part", request => Authorization(request, value => value[..value.IndexOf(", Signature", StringComparison.Ordinal)]), 400, "IncompleteSignature", "Authorization header requires 'Signature' parameter." },
        { "another signature", request => Authorization(request, value => value[..^1] + (value[^1] == '0' ? '1' : '0')), 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided." },
        { "a signature in capitals", request => Authorization(request, value => value[..^64] + value[^64..].ToUpperInvariant()), 403, "SignatureDoesNotMatch", "The request signature we calculated does not match" },
        { "a signature cut short", request => Authorization(request, value => value[..^1]), 403, "SignatureDoesNotMatch", "The request signature we calculated does not match" },
        { "an unknown key", request => Authorization(request, value => value.Replace(DaypassServer.AccessKeyId, "AKIA6RVFFB77RE7OLMKI")), 403, "InvalidClientTokenId", "The security token included in the request is invalid." },
        { "the key id in other case", request => Authorization(request, value => value.Replace(DaypassServer.AccessKeyId, DaypassServer.AccessKeyId.ToUpperInvariant())), 403, "InvalidClientTokenId", "The security token included in the request is invalid." },
        { "another service's scope", request => Authorization(request, value => value.Replace("/sts/", "/iam/")), 403, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'sts'." },
        { "another terminator", request => Authorization(request, value => value.Replace("aws4_request", "aws5_request")), 403, "SignatureDoesNotMatch", "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'." },
        { "a stray session token", request => request.Headers.Add("X-Amz-Security-Token", "AAAA"), 403, "", "" },
        { "another body", request => Body(request, Form + "&X=1"), 403, "SignatureDoesNotMatch", "The request signature we calculated does not match" },
        { "another date", request => Replace(request, "X-Amz-Date", value => value[..^2] + (value[^2] == '0' ? "1Z" : "0Z")), 403, "SignatureDoesNotMatch", "The request signature we calculated does not match" },
        { "a date in words", request => Replace(request, "X-Amz-Date", _ => "yesterday"), 400, "IncompleteSignature", "Date must be in ISO-8601 'basic format'. Got 'yesterday'." },
        { "two authorizations", request => request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=00"), 403, "SignatureDoesNotMatch", "" },
        { "an unsigned header of ours", request => request.Headers.Add("X-Amz-Extra", "1"), 403, "SignatureDoesNotMatch", "" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_request_is_refused_with_AWSs_code_and_text(string what, Action<HttpRequestMessage> damage, int status, string code, string message)
    {
        using var request = Signed();
        damage(request);
        var reply = await SigningClient.SendAsync(request);

        Assert.True(status == (int)reply.Status, $"{what}: {reply.Body}");
        if (code.Length > 0)
            Assert.Equal(code, reply.ErrorCode);
        Assert.Contains(message, reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f-]{36}$", reply.Headers["x-amzn-RequestId"]);
    }

    [Theory]
    [InlineData(-16, "Signature expired: ")]
    [InlineData(16, "Signature not yet current: ")]
    public async Task A_signature_outside_its_quarter_of_an_hour_is_refused(int minutes, string message)
    {
        using var request = Signed(at: TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        var reply = await SigningClient.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, reply.Status);
        Assert.Equal("SignatureDoesNotMatch", reply.ErrorCode);
        Assert.StartsWith(message, reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Action=NoSuchThing&Version=2011-06-15", 400, "InvalidAction", "Could not find operation NoSuchThing for version 2011-06-15")]
    [InlineData("Action=AssumeRole", 400, "InvalidAction", "Could not find operation AssumeRole for version NO_VERSION_SPECIFIED")]
    [InlineData("Action=getcalleridentity&Version=2011-06-15", 400, "InvalidAction", "Could not find operation getcalleridentity")]
    [InlineData("Version=2011-06-15", 400, "MissingAction", "Action")]
    [InlineData("Action=GetCallerIdentity&Version=2011-06-15&Action=AssumeRole", 400, "MalformedInput", "The parameter Action is given more than once.")]
    [InlineData("Action=GetCallerIdentity&Version=2011-06-15&A=%zz", 404, "MalformedQueryString", "Illegal hex character in escape % pattern: %zz")]
    [InlineData("Action=GetCallerIdentity&Version=2011-06-15&A=%4", 404, "MalformedQueryString", "Incomplete trailing escape % sequence")]
    [InlineData("Action=AssumeRole&Version=2011-06-15", 400, "ValidationError", "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=a:b", 400, "ValidationError", @"1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:a:::something/test-role&RoleSessionName=ab", 400, "ValidationError", "arn:a:::something/test-role is invalid")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:user/admin&RoleSessionName=ab", 400, "ValidationError", "Request ARN is invalid")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/none&RoleSessionName=ab", 403, "AccessDenied", "User: arn:aws:iam::111122223333:user/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/none")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=ab&DurationSeconds=899", 400, "ValidationError", "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=ab&DurationSeconds=43201", 400, "ValidationError", "Member must have value less than or equal to 43200")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=ab&TokenCode=123456", 403, "AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=ab&Tags.member.1.Key=a", 400, "ValidationError", "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null")]
    [InlineData("Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111122223333:role/x&RoleSessionName=ab&Tags=", 403, "AccessDenied", "is not authorized to perform: sts:AssumeRole")]
    [InlineData("Action=GetSessionToken&Version=2011-06-15&DurationSeconds=1e9", 400, "MalformedInput", "must be a whole number, not '1e9'")]
    public async Task A_signed_request_that_makes_no_sense_is_told_so(string form, int status, string code, string message)
    {
        using var request = Signed(form);
        var reply = await SigningClient.SendAsync(request);
        Assert.True(status == (int)reply.Status, reply.Body);
        Assert.Equal(code, reply.ErrorCode);
        Assert.Contains(message, reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_parameters_of_a_known_action_are_ignored()
    {
        using var request = Signed(Form + "&Whatever=1&Tags=");
        Assert.Equal(HttpStatusCode.OK, (await SigningClient.SendAsync(request)).Status);
    }

    [Fact]
    public async Task An_error_in_XML_has_AWSs_envelope()
    {
        using var request = Signed("Action=NoSuchThing&Version=%3C%26%3E", accept: null);
        var reply = await SigningClient.SendAsync(request);
        Assert.Equal("text/xml", reply.Headers["Content-Type"]);
        var xml = System.Xml.Linq.XDocument.Parse(reply.Body).Root!;
        System.Xml.Linq.XNamespace sts = "https://sts.amazonaws.com/doc/2011-06-15/";
        Assert.Equal(sts + "ErrorResponse", xml.Name);
        Assert.Equal("Sender", xml.Element(sts + "Error")!.Element(sts + "Type")!.Value);
        Assert.Equal("Could not find operation NoSuchThing for version <&>", xml.Element(sts + "Error")!.Element(sts + "Message")!.Value);
        Assert.Equal(reply.Headers["x-amzn-RequestId"], xml.Element(sts + "RequestId")!.Value);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_cut_off()
    {
        using var request = Signed(Form + "&X=" + new string('x', 1024 * 1024));
        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SigningClient.SendAsync(request)).Status);
        }
        catch (HttpRequestException)
        {
            // The connection may be closed while the client still writes.
        }
    }

    [Fact]
    public async Task Too_many_parameters_are_refused()
    {
        using var request = Signed(Form + string.Concat(Enumerable.Range(0, 3000).Select(number => $"&P{number}=1")));
        Assert.Equal("MalformedInput", (await SigningClient.SendAsync(request)).ErrorCode);
    }

    [Theory]
    [InlineData("PUT", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed)]
    [InlineData("HEAD", HttpStatusCode.MethodNotAllowed)]
    public async Task Other_methods_are_not_spoken_here(string method, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), _server.Endpoint);
        Assert.Equal(status, (await SigningClient.SendAsync(request)).Status);
    }

    [Fact]
    public async Task No_secret_appears_in_what_the_server_writes()
    {
        var session = (await _server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials");
        await _server.Administrator.With(session).StsAsync("GetCallerIdentity");
        Assert.DoesNotContain(DaypassServer.Secret, _server.Output, StringComparison.Ordinal);
        var secret = Encoding.UTF8.GetBytes(session.GetProperty("SecretAccessKey").GetString()!);
        foreach (var file in Directory.EnumerateFiles(_server.DataDirectory, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("admin.credentials", StringComparison.Ordinal) && !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var bytes = ReadShared(file);
            Assert.True(bytes.AsSpan().IndexOf(secret) < 0, $"the session's secret is in {file}");
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(DaypassServer.Secret)) < 0, $"the administrator's secret is in {file}");
        }
    }

    private HttpRequestMessage Signed(string form = Form, string? accept = "application/json", DateTimeOffset? at = null)
    {
        var headers = new Dictionary<string, string> { ["content-type"] = "application/x-www-form-urlencoded; charset=utf-8" };
        if (accept is not null)
            headers["accept"] = accept;
        return _server.Administrator.Sign(HttpMethod.Post, new Uri(_server.Endpoint, "/"), "sts", form, headers, at: at);
    }

    private static void Authorization(HttpRequestMessage request, Func<string, string> change) => Replace(request, "Authorization", change);

    private static void Replace(HttpRequestMessage request, string name, Func<string, string> change)
    {
        var value = string.Join(",", request.Headers.GetValues(name));
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, change(value));
    }

    private static void Body(HttpRequestMessage request, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var header in request.Content!.Headers.Where(header => header.Key != "Content-Length"))
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        request.Content = content;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
