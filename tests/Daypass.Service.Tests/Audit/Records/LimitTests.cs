using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>CloudTrail's limits: what is longer is cut, whole characters stay, and the record says so.</summary>
public sealed class LimitTests
{
    private const string Emoji = "\U0001F511";
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData("a", 1024)]
    [InlineData("\u00e9", 1024)]
    [InlineData("\u20ac", 1023)]
    [InlineData(Emoji, 1024)]
    [InlineData("x" + Emoji, 1021)]
    public void A_user_agent_has_one_kilobyte(string unit, int bytes)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 2000));
        var shown = Record(AuditCalls.Request("GetUser") with { UserAgent = text })["userAgent"]!.GetValue<string>();
        Assert.StartsWith(shown, text, StringComparison.Ordinal);
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(shown));
    }

    [Fact]
    public void So_have_an_error_message_and_a_host()
    {
        var record = AuditCalls.Refusal(AuditCalls.Request("GetUser") with { Host = new string('h', 5000) }, _bench.Caller, Errors.AccessDenied(new string('m', 5000)).Error, _bench.Now);
        Assert.Equal(1024, record["errorMessage"]!.GetValue<string>().Length);
        Assert.Equal(1024, record["tlsDetails"]!["clientProvidedHostHeader"]!.GetValue<string>().Length);
    }

    [Fact]
    public void What_fits_is_whole()
    {
        var text = new string('a', 1022) + "\u00e9";
        Assert.Equal(text, Record(AuditCalls.Request("GetUser") with { UserAgent = text })["userAgent"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"")]
    [InlineData("\u0001")]
    [InlineData("\u20ac")]
    [InlineData(Emoji)]
    public void Parameters_have_a_hundred_kilobytes_as_they_stand_in_the_record(string unit)
    {
        var record = Record(AuditCalls.Request("CreateUser", ("UserName", string.Concat(Enumerable.Repeat(unit, 150_000))), ("Path", "/x/")));
        Assert.InRange(SizeOf(record["requestParameters"]!), 101_000, AuditLimits.Elements);
        Assert.Null(record["requestParameters"]!["path"]);
        Assert.Equal("""{"truncated":["requestParameters"]}""", record["additionalEventData"]!.ToJsonString());
    }

    [Fact]
    public void So_have_nested_ones()
    {
        (string, string)[] tags = [.. Enumerable.Range(1, 50).SelectMany(i => new[] { ($"Tags.member.{i}.Key", $"k{i}"), ($"Tags.member.{i}.Value", new string('v', 4000)) })];
        var record = Record(AuditCalls.Request("CreateUser", [("UserName", "alice"), .. tags]));
        Assert.InRange(SizeOf(record["requestParameters"]!), 98_000, AuditLimits.Elements);
        Assert.Equal("k25", record["requestParameters"]!["tags"]![24]!["key"]!.GetValue<string>());
        Assert.Equal("requestParameters", record["additionalEventData"]!["truncated"]![0]!.GetValue<string>());
    }

    [Fact]
    public void Parameters_that_fit_are_whole_and_nothing_is_said_of_it()
    {
        var policy = new string('p', 100_000);
        var record = Record(AuditCalls.Request("CreateUser", ("UserName", policy)));
        Assert.Equal(policy, record["requestParameters"]!["userName"]!.GetValue<string>());
        Assert.Null(record["additionalEventData"]);
    }

    [Fact]
    public void A_response_has_a_hundred_kilobytes()
    {
        var scene = _bench.Look("CreateUser", ("UserName", "alice"));
        var record = JsonNode.Parse(AuditRecords.Of(scene.Request, scene, new Large(), [], new SeededEntropy())[0].Record.Span)!;
        Assert.InRange(SizeOf(record["responseElements"]!), 99_000, AuditLimits.Elements);
        Assert.Equal("""{"truncated":["responseElements"]}""", record["additionalEventData"]!.ToJsonString());
        Assert.Equal("alice", record["requestParameters"]!["userName"]!.GetValue<string>());
    }

    [Fact]
    public void Additional_data_has_28_kilobytes()
    {
        var federated = FederatedIdentity.OfSaml("q", "alice") with { VerificationMethod = new string('t', 50_000) };
        var record = AuditCalls.Record(_bench, _bench.Caller with { Federated = federated }, "GetUser");
        Assert.InRange(SizeOf(record["additionalEventData"]!), 28_000, AuditLimits.AdditionalData);
    }

    [Fact]
    public void A_thread_that_wrote_a_large_record_writes_the_next_one_whole()
    {
        Record(AuditCalls.Request("CreateUser", ("UserName", new string('a', 200_000))));
        Assert.Equal("bob", Record(AuditCalls.Request("CreateUser", ("UserName", "bob")))["requestParameters"]!["userName"]!.GetValue<string>());
    }

    private JsonNode Record(ApiRequest request) => AuditCalls.Refusal(request, _bench.Caller, Errors.AccessDenied("No.").Error, _bench.Now);

    private static int SizeOf(JsonNode node) =>
        Encoding.UTF8.GetByteCount(node.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    private sealed class Large : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("Items", Enumerable.Range(0, 3000).Select(number => new Item(number)));
            writer.Text("Behind", "this");
        }
    }

    private sealed record Item(int Number) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("Number", Number);
            writer.Structure("Inner", new Inner());
            writer.TextList("Texts", ["a", "b"]);
        }
    }

    private sealed class Inner : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("Text", new string('x', 40));
    }
}
