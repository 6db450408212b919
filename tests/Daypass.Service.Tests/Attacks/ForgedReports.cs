using System.Buffers.Text;
using System.Text;
using Daypass.Reports;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Reports;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Services that report what they have not seen: of others' callers, at other times, in others' trails, or without end.</summary>
public sealed class ForgedReports
{
    private readonly ReportWorld _world = new();

    [Fact]
    public void A_ticket_of_another_service_is_none() =>
        AssertRefused(ReportProtocol.BadTicket, new ReportBatch { Tickets = [_world.TicketOf(_world.Session, "videos")], Events = [_world.Event()] });

    [Fact]
    public void A_ticket_of_another_accounts_service_of_that_name_in_another_region_is_none()
    {
        _world.Bench.As("admin").Call("RegisterService", ("Name", ReportWorld.Service), ("Region", "eu-west-1"));
        var call = _world.Bench.Call(
            "ReportEvents", ("ServiceName", ReportWorld.Service), ("Region", "eu-west-1"), ("BatchId", "batch-0123456789"),
            ("Batch", Base64Url.EncodeToString(_world.Batch(_world.Event()).Serialize())));
        Assert.Equal(ReportProtocol.BadTicket, call["Refused"]![0]!["Reason"]!.GetValue<string>());
    }

    [Fact]
    public void A_ticket_with_any_bit_changed_is_none()
    {
        var changed = Enumerable.Range(0, _world.Ticket.Length).Select(at =>
        {
            var copy = (byte[])_world.Ticket.Clone();
            copy[at] ^= (byte)(1 << (at % 8));
            return copy;
        }).ToList();
        foreach (var some in changed.Chunk(100))
            AssertRefused(ReportProtocol.BadTicket, new ReportBatch { Tickets = some, Events = [.. some.Select((_, i) => _world.Event(said => said with { Ticket = i }))] });
    }

    [Fact]
    public void What_is_no_ticket_is_none()
    {
        byte[][] tickets = [[], [1], new byte[64], [.. _world.Ticket, 0], _world.Ticket[..^1], Encoding.ASCII.GetBytes(_world.Session["SessionToken"]!.GetValue<string>())];
        AssertRefused(ReportProtocol.BadTicket, new ReportBatch { Tickets = tickets, Events = [.. tickets.Select((_, i) => _world.Event(said => said with { Ticket = i }))] });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_event_without_a_ticket_of_the_batch_is_refused(int place) =>
        AssertRefused(ReportProtocol.BadTicket, _world.Batch(_world.Event(said => said with { Ticket = place })));

    [Theory]
    [InlineData(-16)]
    [InlineData(16)]
    [InlineData(60)]
    public void An_event_before_the_lease_or_in_the_future_is_refused(int minutes) =>
        AssertRefused(ReportProtocol.BadTime, _world.Batch(_world.Event(said => said with { Time = said.Time + (minutes * 60_000L) })));

    [Fact]
    public void An_event_after_the_lease_is_refused()
    {
        var late = _world.Bench.Now.AddMinutes(81).ToUnixTimeMilliseconds();
        _world.Bench.Now += TimeSpan.FromHours(3);
        AssertRefused(ReportProtocol.BadTime, _world.Batch(_world.Event(said => said with { Time = late })));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void A_time_that_is_none_is_refused(long time)
    {
        AssertRefused(ReportProtocol.BadTime, _world.Batch(_world.Event(said => said with { Time = time })));
        AssertRefused(time == 0 ? ReportProtocol.BadEvent : ReportProtocol.BadTime, new ReportBatch { Tickets = [_world.Ticket], Drops = [new ReportedDrop(0, time == 0 ? 0 : 1, time, time)] });
    }

    internal static readonly Dictionary<string, Func<ReportedEvent, ReportedEvent>> Damages = new()
    {
        ["no name"] = said => said with { Name = "" },
        ["a name that is none"] = said => said with { Name = "Get Photo" },
        ["another service's action"] = said => said with { Name = "iam:CreateUser" },
        ["a name too long"] = said => said with { Name = new string('a', 129) },
        ["a resource too long"] = said => said with { Resource = new string('a', 2049) },
        ["a resource of two lines"] = said => said with { Resource = "arn:aws:photos:::cat\nforged" },
        ["a resource that turns the line"] = said => said with { Resource = "arn:aws:photos:::\u202Etac" },
        ["half a character"] = said => said with { UserAgent = "\uD800" },
        ["a user agent too long"] = said => said with { UserAgent = new string('a', 1025) },
        ["an error message too long"] = said => said with { ErrorCode = "X", ErrorMessage = new string('a', 1025) },
        ["an error code that is a sentence"] = said => said with { ErrorCode = "all is well" },
        ["an address that is none"] = said => said with { SourceIp = "cloudtrail.amazonaws.com" },
        ["an address that looks like another"] = said => said with { SourceIp = "0177.0.0.1" },
        ["no request id"] = said => said with { RequestId = "" },
        ["a request id of two words"] = said => said with { RequestId = "a b" },
        ["a status that is none"] = said => said with { Status = 0 },
        ["an owner that is no account"] = said => said with { Owner = "root" },
    };

    public static TheoryData<string> Ways => [.. Damages.Keys];

    [Theory, MemberData(nameof(Ways))]
    public void A_bad_event_refuses_itself_and_no_other(string damage)
    {
        var (answer, events) = _world.Report(_world.Batch(_world.Event(), _world.Event(Damages[damage]), _world.Event()));
        Assert.Equal((2, 2), (answer["Accepted"]!.GetValue<int>(), events.Count));
        var refused = Assert.Single(answer["Refused"]!.AsArray())!;
        Assert.Equal((1, ReportProtocol.BadEvent), (refused["Index"]!.GetValue<int>(), refused["Reason"]!.GetValue<string>()));
    }

    [Fact]
    public void Whoever_the_body_says_did_it_the_ticket_says_who()
    {
        var json = Encoding.UTF8.GetString(_world.Batch(_world.Event()).Serialize())
            .Replace("\"ticket\":0", "\"ticket\":0,\"accessKeyId\":\"AKIAOTHEREXAMPLE\",\"account\":\"444455556666\",\"userIdentity\":{\"type\":\"Root\"},\"recipientAccountId\":\"444455556666\"", StringComparison.Ordinal);
        var call = _world.Bench.Begin(
            "ReportEvents", ("ServiceName", ReportWorld.Service), ("Region", "us-east-1"), ("BatchId", "batch-0123456789"), ("Batch", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))));
        var recorded = Assert.Single(call.Changes!.Events);
        Assert.Equal((_world.SessionKey, ActionBench.HomeAccount), (recorded.AccessKeyId, recorded.Account));
        Assert.DoesNotContain("OTHEREXAMPLE", Encoding.UTF8.GetString(recorded.Record.Span));
        Assert.DoesNotContain("444455556666", Encoding.UTF8.GetString(recorded.Record.Span));
    }

    [Fact]
    public void A_strangers_trail_cannot_be_written_by_naming_it_as_the_owner()
    {
        var (_, events) = _world.Report(_world.Batch(_world.Event(said => said with { Owner = ReportWorld.Stranger.ToString() })));
        Assert.Equal(ActionBench.HomeAccount, Assert.Single(events).Account);
    }

    [Fact]
    public void Whoever_came_once_and_long_ago_is_a_stranger_again()
    {
        var old = new ReportTicket
        {
            Origin = new MessageOrigin(ReportWorld.Service, "us-east-1", ActionBench.HomeAccount), Account = ReportWorld.Stranger, AccessKeyId = "ASIAEXAMPLE", Username = "", Identity = "{}", ForeignIdentity = "{}",
            From = _world.Bench.Now.AddDays(-3), Until = _world.Bench.Now.AddDays(-2),
        };
        var batch = new ReportBatch { Tickets = [_world.Ticket, _world.Bench.Vault.SealTicket(old, new SeededEntropy())!], Events = [_world.Event(said => said with { Owner = ReportWorld.Stranger.ToString() })] };
        Assert.Equal(ActionBench.HomeAccount, Assert.Single(_world.Report(batch).Events).Account);
    }

    [Fact]
    public void A_batch_is_taken_once_whatever_it_holds_the_second_time()
    {
        _world.Report(_world.Batch(_world.Event()), "batch-0123456789");
        Assert.Equal(ReportProtocol.AlreadyRecorded, _world.Refusal(_world.Batch(_world.Event()), "batch-0123456789").Code);
        Assert.Equal(ReportProtocol.AlreadyRecorded, _world.Refusal(_world.Batch(_world.Event(), _world.Event()), "batch-0123456789").Code);
        Assert.Equal(1, _world.Report(_world.Batch(_world.Event()), "batch-9876543210").Answer["Accepted"]!.GetValue<int>());
    }

    [Fact]
    public void A_batch_id_of_one_service_takes_nothing_from_another()
    {
        _world.Report(_world.Batch(_world.Event()), "batch-0123456789");
        var batch = new ReportBatch { Tickets = [_world.TicketOf(_world.Session, "videos")], Events = [_world.Event()] };
        Assert.Equal(1, _world.Report(batch, "batch-0123456789", "videos").Answer["Accepted"]!.GetValue<int>());
    }

    [Fact]
    public void A_batch_beyond_the_limits_is_refused_whole()
    {
        Assert.Equal("ValidationError", _world.Refusal(_world.Batch([.. Enumerable.Repeat(_world.Event(), ReportProtocol.MaxEvents + 1)])).Code);
        Assert.Equal("ValidationError", _world.Refusal(new ReportBatch { Tickets = [.. Enumerable.Repeat((byte[])[1], ReportProtocol.MaxTickets + 1)] }).Code);
        Assert.Equal("ValidationError", _world.Refusal(_world.Batch([.. Enumerable.Repeat(_world.Event(said => said with { Resource = new string('a', 2000) }), 300)])).Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"events\":null}")]
    [InlineData("{\"events\":[null]}")]
    [InlineData("{\"tickets\":[null]}")]
    [InlineData("{\"events\":[{}]}")]
    [InlineData("{\"tickets\":[\"not base64\"]}")]
    public void What_is_no_batch_is_refused(string json) => Assert.Equal("MalformedInput", _world.Bench.As("admin").Refusal(
        "ReportEvents", ("ServiceName", ReportWorld.Service), ("Region", "us-east-1"), ("BatchId", "batch-0123456789"), ("Batch", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)))).Code);

    [Fact]
    public void Who_may_not_report_for_the_service_does_not()
    {
        var batch = _world.Batch(_world.Event());
        _world.Bench.AsHolderOf("daypass:AcquireLeases");
        Assert.Equal("AccessDenied", _world.Refusal(batch).Code);
        _world.Bench.AsHolderOf("daypass:ReportEvents", "arn:aws:daypass:us-east-1:123456789012:service/videos");
        Assert.Equal("AccessDenied", _world.Refusal(batch).Code);
        _world.Bench.As("admin", ReportWorld.Stranger);
        Assert.Equal("NoSuchEntity", _world.Refusal(batch).Code);
        _world.Bench.AsHolderOf("daypass:ReportEvents", "arn:aws:daypass:us-east-1:123456789012:service/photos");
        Assert.Equal(1, _world.Report(batch).Answer["Accepted"]!.GetValue<int>());
    }

    [Fact]
    public void A_service_fills_the_trail_no_faster_than_its_budget_and_a_batch_above_it_passes_sometime()
    {
        var time = new ManualTime();
        var throttle = new Throttle(new ThrottleOptions { EventsPerService = 100 }, time);
        var load = new ReportLoad("arn:aws:daypass:us-east-1:123456789012:service/photos", 1000);
        throttle.AdmitLoad(load);
        Assert.Equal("Throttling", Assert.Throws<ApiException>(() => throttle.AdmitLoad(load)).Error.Code);
        time.Advance(TimeSpan.FromSeconds(10));
        throttle.AdmitLoad(load with { Weight = 5000 });
        Assert.Throws<ApiException>(() => throttle.AdmitLoad(load with { Weight = 1 }));
    }

    private void AssertRefused(string reason, ReportBatch batch)
    {
        var (answer, events) = _world.Report(batch);
        Assert.Empty(events);
        Assert.Equal(0, answer["Accepted"]!.GetValue<int>());
        Assert.All(answer["Refused"]!.AsArray(), refused => Assert.Equal(reason, refused!["Reason"]!.GetValue<string>()));
        Assert.Equal(batch.Events.Count + batch.Drops.Count, answer["Refused"]!.AsArray().Count);
    }
}
