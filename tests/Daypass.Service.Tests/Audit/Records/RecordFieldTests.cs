using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>The fields that each record has, as CloudTrail's readers take them.</summary>
public sealed class RecordFieldTests
{
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData("GetUser", "ValidationError", "ValidationError")]
    [InlineData("GetCallerIdentity", "ExpiredToken", "ExpiredToken")]
    [InlineData("LookupEvents", "ValidationError", "ValidationException")]
    [InlineData("LookupEvents", "InvalidTimeRangeException", "InvalidTimeRangeException")]
    [InlineData("ListAccounts", "AccessDenied", "AccessDeniedException")]
    [InlineData("ListAccounts", "Throttling", "ThrottlingException")]
    [InlineData("ValidatePolicy", "ValidationError", "ValidationException")]
    [InlineData("ListNodes", "AccessDenied", "AccessDenied")]
    public void An_error_has_the_code_that_the_client_saw(string action, string code, string shown) =>
        Assert.Equal(shown, AuditCalls.Refusal(AuditCalls.Request(action), _bench.Caller, new ApiError(code, 400, "No."), _bench.Now)["errorCode"]!.GetValue<string>());

    [Fact]
    public void Numbers_and_flags_are_recorded_as_such_and_what_is_none_as_it_came()
    {
        Equal(
            """{"maxItems":7,"onlyAttached":true,"scope":"Local"}""",
            AuditCalls.Record(_bench, _bench.Caller, "ListPolicies", ("MaxItems", "+7"), ("OnlyAttached", "True"), ("Scope", "Local"))["requestParameters"]!);
        Assert.Equal(3600, AuditCalls.Record(_bench, _bench.Caller, "GetSessionToken", ("DurationSeconds", "3600"))["requestParameters"]!["durationSeconds"]!.GetValue<int>());
    }

    [Fact]
    public void Over_http_the_host_is_all_that_is_known_of_the_connection() =>
        Equal("""{"clientProvidedHostHeader":"sts.example.com"}""", AuditCalls.Record(_bench, _bench.Caller, "GetUser")["tlsDetails"]!);

    [Fact]
    public void Over_https_it_is_version_and_cipher_suite_too() => Equal(
        """{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"sts.example.com"}""",
        AuditCalls.Refusal(AuditCalls.Request("GetUser") with { Tls = ("TLSv1.3", "TLS_AES_128_GCM_SHA256") }, _bench.Caller, Errors.AccessDenied("No.").Error, _bench.Now)["tlsDetails"]!);

    private static void Equal(string expected, JsonNode actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
