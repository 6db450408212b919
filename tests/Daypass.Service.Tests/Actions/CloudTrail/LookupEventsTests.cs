using System.Text;
using System.Text.Json.Nodes;
using Daypass.Service.Audit;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.CloudTrail;

public sealed class LookupEventsTests
{
    private readonly ActionBench _bench = new();
    private readonly List<AuditQuery> _asked = [];
    private AuditPage? _page = new([], null);

    public LookupEventsTests() => _bench.Trail = query =>
    {
        _asked.Add(query);
        return _page;
    };

    [Fact]
    public void An_event_is_shown_as_the_model_has_it()
    {
        _page = new AuditPage([Event], null);
        var shown = _bench.Call("LookupEvents");
        Assert.Equal(JsonNode.Parse("""
            {"Events":[{"EventId":"e-1","EventName":"AssumeRole","ReadOnly":"true","AccessKeyId":"AKIAEXAMPLE","EventTime":1772366405,
            "EventSource":"sts.amazonaws.com","Username":"alice","Resources":[{"ResourceType":"AWS::IAM::Role","ResourceName":"arn:aws:iam::123456789012:role/r"}],
            "CloudTrailEvent":"{\"eventID\":\"e-1\"}"}]}
            """)!.ToJsonString(), shown.ToJsonString());
    }

    [Fact]
    public void What_an_event_has_not_is_left_out()
    {
        _page = new AuditPage([Event with { Username = "", AccessKeyId = "", IsReadOnly = false, Resources = [] }], null);
        var shown = _bench.Call("LookupEvents")["Events"]![0]!.AsObject();
        Assert.False(shown.ContainsKey("Username") || shown.ContainsKey("AccessKeyId"));
        Assert.Equal("false", shown["ReadOnly"]!.GetValue<string>());
        Assert.Empty(shown["Resources"]!.AsArray());
    }

    [Fact]
    public void Only_the_callers_own_trail_is_searched_and_only_its_last_90_days()
    {
        _bench.Call("LookupEvents");
        Assert.Equal(
            new AuditQuery { Account = ActionBench.HomeAccount, From = _bench.Now.AddDays(-90), PageSize = 50 }, Assert.Single(_asked));
    }

    [Theory]
    [InlineData("EventId", AuditAttribute.EventId)]
    [InlineData("EventName", AuditAttribute.EventName)]
    [InlineData("ReadOnly", AuditAttribute.ReadOnly)]
    [InlineData("Username", AuditAttribute.Username)]
    [InlineData("ResourceType", AuditAttribute.ResourceType)]
    [InlineData("ResourceName", AuditAttribute.ResourceName)]
    [InlineData("EventSource", AuditAttribute.EventSource)]
    [InlineData("AccessKeyId", AuditAttribute.AccessKeyId)]
    public void One_attribute_narrows_the_search(string key, object attribute)
    {
        _bench.Call("LookupEvents", ("LookupAttributes.member.1.AttributeKey", key), ("LookupAttributes.member.1.AttributeValue", "v"), ("MaxResults", "1"));
        Assert.Equal(((AuditAttribute)attribute, "v", 1), (_asked[0].Attribute, _asked[0].Value, _asked[0].PageSize));
    }

    [Theory]
    [InlineData("1795000000", "1795000010", 1795000000_000, 1795000010_999)]
    [InlineData("1795000000.5", "1795000010.9", 1795000001_000, 1795000010_999)]
    [InlineData("1.795E9", "1795000000.0", 1795000000_000, 1795000000_999)]
    public void Times_are_seconds_as_events_show_them_whatever_their_fraction(string start, string end, long from, long until)
    {
        _bench.Call("LookupEvents", ("StartTime", start), ("EndTime", end));
        Assert.Equal((from, until), (_asked[0].From!.Value.ToUnixTimeMilliseconds(), _asked[0].Until!.Value.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public void A_start_before_the_last_90_days_starts_with_them()
    {
        _bench.Call("LookupEvents", ("StartTime", "0"));
        Assert.Equal(_bench.Now.AddDays(-90), _asked[0].From);
    }

    public static TheoryData<string, string[], string> Refusals => new()
    {
        { "two attributes", ["LookupAttributes.member.1.AttributeKey", "EventName", "LookupAttributes.member.1.AttributeValue", "a", "LookupAttributes.member.2.AttributeKey", "EventId", "LookupAttributes.member.2.AttributeValue", "a"], "InvalidLookupAttributesException" },
        { "an unknown attribute", ["LookupAttributes.member.1.AttributeKey", "Region", "LookupAttributes.member.1.AttributeValue", "a"], "InvalidLookupAttributesException" },
        { "an attribute in another case", ["LookupAttributes.member.1.AttributeKey", "eventname", "LookupAttributes.member.1.AttributeValue", "a"], "InvalidLookupAttributesException" },
        { "our own word for no attribute", ["LookupAttributes.member.1.AttributeKey", "None", "LookupAttributes.member.1.AttributeValue", "a"], "InvalidLookupAttributesException" },
        { "an attribute by number", ["LookupAttributes.member.1.AttributeKey", "2", "LookupAttributes.member.1.AttributeValue", "a"], "InvalidLookupAttributesException" },
        { "no key", ["LookupAttributes.member.1.AttributeValue", "a"], "InvalidLookupAttributesException" },
        { "no value", ["LookupAttributes.member.1.AttributeKey", "EventName"], "InvalidLookupAttributesException" },
        { "an empty value", ["LookupAttributes.member.1.AttributeKey", "EventName", "LookupAttributes.member.1.AttributeValue", ""], "InvalidLookupAttributesException" },
        { "a value too long", ["LookupAttributes.member.1.AttributeKey", "EventName", "LookupAttributes.member.1.AttributeValue", new string('a', 2001)], "InvalidLookupAttributesException" },
        { "a start after the end", ["StartTime", "1795000001", "EndTime", "1795000000"], "InvalidTimeRangeException" },
        { "a time before all times", ["StartTime", "-99999999999999"], "InvalidTimeRangeException" },
        { "a time after all times", ["EndTime", "253402300800"], "InvalidTimeRangeException" },
        { "a time that is no number", ["EndTime", "yesterday"], "MalformedInput" },
        { "no results", ["MaxResults", "0"], "InvalidMaxResultsException" },
        { "too many results", ["MaxResults", "51"], "InvalidMaxResultsException" },
        { "results past counting", ["MaxResults", "4294967297"], "InvalidMaxResultsException" },
        { "results that are no number", ["MaxResults", "all"], "MalformedInput" },
        { "another category", ["EventCategory", "management"], "InvalidEventCategoryException" },
        { "an empty token", ["NextToken", ""], "InvalidNextTokenException" },
        { "a token made up", ["NextToken", "000000000000000000000000.5"], "InvalidNextTokenException" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_search_that_cannot_be_is_refused_and_asks_no_store(string what, string[] parameters, string code)
    {
        Assert.Equal((what, code), (what, _bench.Refusal("LookupEvents", Pairs(parameters)).Code));
        Assert.Empty(_asked);
    }

    [Fact]
    public void A_token_goes_on_with_its_own_search_and_with_no_other()
    {
        _page = new AuditPage([Event], "cursor-1");
        (string, string)[] sought = [("LookupAttributes.member.1.AttributeKey", "EventName"), ("LookupAttributes.member.1.AttributeValue", "a"), ("StartTime", "1795000000"), ("EndTime", "1795000009")];
        var token = _bench.Call("LookupEvents", sought)["NextToken"]!.GetValue<string>();
        _bench.Call("LookupEvents", [.. sought, ("NextToken", token), ("MaxResults", "7")]);
        Assert.Equal("cursor-1", _asked[^1].After);
        foreach (var changed in new[] { ("LookupAttributes.member.1.AttributeKey", "Username"), ("LookupAttributes.member.1.AttributeValue", "b"), ("StartTime", "1795000001"), ("EndTime", "1795000008") })
        {
            (string, string)[] other = [.. sought.Select(pair => pair.Item1 == changed.Item1 ? changed : pair), ("NextToken", token)];
            Assert.Equal("InvalidNextTokenException", _bench.Refusal("LookupEvents", other).Code);
        }
        Assert.Equal("InvalidNextTokenException", _bench.Refusal("LookupEvents", ("NextToken", token)).Code);
    }

    [Fact]
    public void A_token_whose_place_the_store_never_had_is_refused()
    {
        _page = new AuditPage([Event], "cursor-1");
        var token = _bench.Call("LookupEvents")["NextToken"]!.GetValue<string>();
        _page = null;
        Assert.Equal("InvalidNextTokenException", _bench.Refusal("LookupEvents", ("NextToken", token)).Code);
    }

    [Fact]
    public void There_are_no_insights()
    {
        _page = new AuditPage([Event], null);
        Assert.Empty(_bench.Call("LookupEvents", ("EventCategory", "insight"))["Events"]!.AsArray());
        Assert.Empty(_asked);
    }

    [Fact]
    public void Whoever_may_not_look_makes_the_store_do_nothing()
    {
        Assert.Equal("AccessDenied", _bench.AsHolderOf("cloudtrail:DescribeTrails").Refusal("LookupEvents").Code);
        Assert.Empty(_asked);
        _bench.AsHolderOf("cloudtrail:LookupEvents").Call("LookupEvents");
        Assert.Single(_asked);
    }

    private static AuditEvent Event => new()
    {
        EventId = "e-1",
        Account = ActionBench.HomeAccount,
        Time = new DateTimeOffset(2026, 3, 1, 12, 0, 5, 300, TimeSpan.Zero),
        EventName = "AssumeRole",
        EventSource = "sts.amazonaws.com",
        Username = "alice",
        AccessKeyId = "AKIAEXAMPLE",
        IsReadOnly = true,
        Resources = [new("AWS::IAM::Role", "arn:aws:iam::123456789012:role/r")],
        Record = Encoding.UTF8.GetBytes("""{"eventID":"e-1"}"""),
    };

    private static ReadOnlySpan<(string Name, string Value)> Pairs(string[] parameters) => parameters.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
}
