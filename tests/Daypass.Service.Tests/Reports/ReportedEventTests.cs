using Daypass.Reports;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Reports;

/// <summary>What the trail holds of what was done at protected services.</summary>
public sealed class ReportedEventTests
{
    private readonly ReportWorld _world = new();

    [Fact]
    public void It_says_who_did_what_by_which_session_and_by_whose_word()
    {
        var (answer, events) = _world.Report(_world.Batch(_world.Event()), "batch-0123456789");
        Assert.Equal(1, answer["Accepted"]!.GetValue<int>());
        var recorded = Assert.Single(events);
        Assert.Equal(
            ("GetPhoto", "photos.amazonaws.com", _world.SessionKey, "session", true, ActionBench.HomeAccount),
            (recorded.EventName, recorded.EventSource, recorded.AccessKeyId, recorded.Username, recorded.IsReadOnly, recorded.Account));
        Assert.Equal([new AuditResource("Daypass::ProtectedResource", "arn:aws:photos:::cat")], recorded.Resources);
        var record = ReportWorld.RecordOf(recorded);
        Assert.Equal(("Data", false, "AwsApiCall"), (record["eventCategory"]!.GetValue<string>(), record["managementEvent"]!.GetValue<bool>(), record["eventType"]!.GetValue<string>()));
        Assert.Equal("AssumedRole", record["userIdentity"]!["type"]!.GetValue<string>());
        Assert.Equal(_world.SessionKey, record["userIdentity"]!["accessKeyId"]!.GetValue<string>());
        Assert.Equal("alice", record["userIdentity"]!["sessionContext"]!["sourceIdentity"]!.GetValue<string>());
        Assert.Equal(("192.0.2.9", "camera/1", "r-1"), (record["sourceIPAddress"]!.GetValue<string>(), record["userAgent"]!.GetValue<string>(), record["requestID"]!.GetValue<string>()));
        var by = record["additionalEventData"]!["reportedBy"]!;
        Assert.Equal(("arn:aws:daypass:us-east-1:123456789012:service/photos", "batch-0123456789"), (by["arn"]!.GetValue<string>(), by["batchId"]!.GetValue<string>()));
    }

    [Fact]
    public void What_failed_says_how()
    {
        var (_, events) = _world.Report(_world.Batch(_world.Event(said => said with { Status = 403, ErrorCode = "AccessDenied", ErrorMessage = "no", ReadOnly = false })));
        var record = ReportWorld.RecordOf(Assert.Single(events));
        Assert.Equal(("AccessDenied", "no", 403), (record["errorCode"]!.GetValue<string>(), record["errorMessage"]!.GetValue<string>(), record["additionalEventData"]!["httpStatus"]!.GetValue<int>()));
        Assert.False(record["readOnly"]!.GetValue<bool>());
    }

    [Fact]
    public void It_names_the_role_that_it_was_when_the_role_is_gone()
    {
        _world.Bench.As("admin").Call("DeleteRolePolicy", ("RoleName", "reader"), ("PolicyName", "rights"));
        _world.Bench.As("admin").Call("DeleteRole", ("RoleName", "reader"));
        var (_, events) = _world.Report(_world.Batch(_world.Event()));
        Assert.Equal("reader", ReportWorld.RecordOf(Assert.Single(events))["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["userName"]!.GetValue<string>());
    }

    [Fact]
    public void The_owner_of_the_resource_has_what_was_allowed_under_one_shared_id_without_the_callers_name_and_key()
    {
        _world.Bench.As("admin", ReportWorld.Stranger).Call("RegisterService", ("Name", "boxes"), ("Region", "us-east-1"));
        var ticket = _world.TicketOf(_world.Session, "boxes", ReportWorld.Stranger);
        var batch = new ReportBatch { Tickets = [ticket], Events = [_world.Event(said => said with { Owner = ReportWorld.Stranger.ToString() })] };
        var (_, events) = _world.Report(batch, service: "boxes");
        Assert.Equal([ActionBench.HomeAccount, ReportWorld.Stranger], events.Select(each => each.Account));
        var denied = batch with { Events = [batch.Events[0] with { Status = 403, ErrorCode = "AccessDenied" }] };
        Assert.Equal(ActionBench.HomeAccount, Assert.Single(_world.Report(denied, service: "boxes").Events).Account);
        var (own, other) = (ReportWorld.RecordOf(events[0]), ReportWorld.RecordOf(events[1]));
        Assert.Equal(own["sharedEventID"]!.GetValue<string>(), other["sharedEventID"]!.GetValue<string>());
        Assert.NotEqual(own["eventID"]!.GetValue<string>(), other["eventID"]!.GetValue<string>());
        Assert.Equal("AWSAccount", other["userIdentity"]!["type"]!.GetValue<string>());
        Assert.Null(other["userIdentity"]!["accessKeyId"]);
        Assert.Equal(("", ""), (events[1].AccessKeyId, events[1].Username));
        Assert.All((System.Text.Json.Nodes.JsonNode[])[own, other], record => Assert.Equal(ReportWorld.Stranger.ToString(), record["resources"]![0]!["accountId"]!.GetValue<string>()));
    }

    [Fact]
    public void A_clock_that_is_a_little_ahead_puts_nothing_into_the_future()
    {
        var (_, events) = _world.Report(_world.Batch(_world.Event(said => said with { Time = said.Time + 600_000 })));
        Assert.Equal(_world.Bench.Now, Assert.Single(events).Time);
        Assert.Equal(_world.Bench.Now.ToUnixTimeMilliseconds(), EventIds.TimeOf(events[0].EventId));
    }

    [Fact]
    public void Its_id_begins_with_its_own_time_so_that_it_is_found_by_it_however_late_it_came()
    {
        var then = _world.Bench.Now.ToUnixTimeMilliseconds();
        _world.Bench.Now += TimeSpan.FromHours(2);
        var (_, events) = _world.Report(_world.Batch(_world.Event(said => said with { Time = then })));
        Assert.Equal((then, then), (EventIds.TimeOf(events[0].EventId), events[0].Time.ToUnixTimeMilliseconds()));
    }

    [Fact]
    public void What_was_dropped_is_an_event_of_its_own()
    {
        var until = _world.Bench.Now.ToUnixTimeMilliseconds();
        var (answer, events) = _world.Report(new ReportBatch { Tickets = [_world.Ticket], Drops = [new ReportedDrop(0, 17, until - 5000, until)] });
        Assert.Empty(answer["Refused"]!.AsArray());
        var recorded = Assert.Single(events);
        Assert.Equal(("DataEventsDropped", "photos.amazonaws.com"), (recorded.EventName, recorded.EventSource));
        var details = ReportWorld.RecordOf(recorded)["serviceEventDetails"]!;
        Assert.Equal((17, "2026-11-22T11:59:55Z", "2026-11-22T12:00:00Z"), (details["droppedEvents"]!.GetValue<int>(), details["from"]!.GetValue<string>(), details["until"]!.GetValue<string>()));
    }

    [Fact]
    public void A_batch_moves_no_accounts_version_so_that_leases_stay_as_they_are()
    {
        var before = _world.Bench.Home.Documents.Position;
        _world.Report(_world.Batch(_world.Event()));
        Assert.Equal(before, _world.Bench.Home.Documents.Position);
    }

    [Fact]
    public void It_is_taken_late_for_a_day_after_the_lease()
    {
        var batch = _world.Batch(_world.Event());
        _world.Bench.Now += TimeSpan.FromHours(25);
        Assert.Equal(1, _world.Report(batch).Answer["Accepted"]!.GetValue<int>());
        _world.Bench.Now += TimeSpan.FromHours(1);
        Assert.Equal(ReportProtocol.TooLate, _world.Report(batch).Answer["Refused"]![0]!["Reason"]!.GetValue<string>());
    }
}
