using System.Net;
using Daypass.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests;

/// <summary>What a service tells the trail of its requests, and that it tells it once, or says that it could not.</summary>
public sealed class RequestsAreReported
{
    private static readonly Action<DaypassOptions> Soon = options => options.Events.BatchInterval = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task An_allowed_request_is_an_event_with_its_action_resource_status_and_the_ticket_of_its_caller()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.SendAsync(service.Sign(Known.Alice(), headers: ("User-Agent", "tests/1")))).Status);
        var told = Assert.Single(await EventsAsync(node, 1));
        Assert.Equal(("GetObject", "arn:aws:s3:::photos/cat.jpg", "111122223333", 200, true), (told.Name, told.Resource, told.Owner, told.Status, told.ReadOnly));
        Assert.Equal(("127.0.0.1", "tests/1", null), (told.SourceIp, told.UserAgent, told.ErrorCode));
        Assert.Equal(["ticket of AKIAALICEEXAMPLE0000"], node.Reports.Tickets);
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(told.Time), service.Time.GetUtcNow().AddMinutes(-5), service.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_refused_request_is_an_event_with_the_sentence_and_without_the_encoded_message()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon);
        node.Put(Known.Alice());
        Assert.Equal(403, (await service.GetAsync(Known.Alice())).Status);
        var told = Assert.Single(await EventsAsync(node, 1));
        Assert.Equal(("AccessDenied", 403), (told.ErrorCode, told.Status));
        Assert.StartsWith("User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject", told.ErrorMessage);
        Assert.DoesNotContain("Encoded", told.ErrorMessage);
    }

    [Fact]
    public async Task Each_answer_of_a_request_is_an_event_of_one_request_id_and_what_was_only_wondered_is_none()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, async http =>
        {
            foreach (var key in (string[])["a", "b", "c"])
                await http.CheckAction("s3:DeleteObject", "arn:aws:s3:::photos/" + key, isRecorded: key != "b");
        }, Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var told = await EventsAsync(node, 2);
        Assert.Equal(["arn:aws:s3:::photos/a", "arn:aws:s3:::photos/c"], told.Select(each => each.Resource).Order());
        Assert.Single(told.Select(each => each.RequestId).Distinct());
        Assert.All(told, each => Assert.Equal(("AccessDenied", 200, false), (each.ErrorCode, each.Status, each.ReadOnly)));
    }

    [Fact]
    public async Task A_proven_request_that_asks_for_nothing_is_an_event_too_and_an_anonymous_one_is_none()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, _ => Task.CompletedTask, Soon);
        node.Put(Known.Alice());
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(service.Endpoint)).StatusCode);
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var told = Assert.Single(await EventsAsync(node, 1));
        Assert.Equal(("Request", null, true), (told.Name, told.Resource, told.ReadOnly));
    }

    public static TheoryData<string, int, string?> Ends => new()
    {
        { "throws", 500, "InternalServerError" },
        { "answers", 404, "NotFound" },
        { "explains", 404, "NoSuchKey" },
    };

    [Theory, MemberData(nameof(Ends))]
    public async Task How_a_request_ended_after_it_was_allowed_is_in_its_event(string end, int status, string code)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, async http =>
        {
            await http.RequireAction("s3:GetObject", "arn:aws:s3:::photos/cat.jpg");
            if (end == "throws")
                throw new InvalidOperationException("by intention");
            http.Response.StatusCode = 404;
            if (end == "explains")
                http.SetEventError("NoSuchKey", "The specified key does not exist.");
        }, Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        await service.GetAsync(Known.Alice());
        var told = Assert.Single(await EventsAsync(node, 1));
        Assert.Equal((status, code), (told.Status, told.ErrorCode));
    }

    [Fact]
    public async Task A_lost_answer_doubles_nothing()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.LostAnswers = 2;
        await service.GetAsync(Known.Alice());
        await Eventually(() => node.Reports.Arrived.Count >= 3);
        Assert.Single(node.Reports.Arrived.Distinct());
        Assert.Single(node.Reports.Events);
        await Eventually(() => service.Events.Pending == 0);
    }

    [Theory]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(400, "Throttling")]
    [InlineData(403, "AccessDenied")]
    [InlineData(500, "InternalFailure")]
    public async Task What_cannot_be_told_now_is_told_later_once(int status, string code)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.Error = (status, code);
        for (var i = 0; i < 3; i++)
            await service.GetAsync(Known.Alice(), $"/cat{i}.jpg");
        await Eventually(() => node.Reports.Arrived.Count >= 2);
        node.Reports.Error = null;
        var told = await EventsAsync(node, 3);
        Assert.Equal(3, told.Select(each => each.Resource).Distinct().Count());
        Assert.Empty(node.Reports.Drops);
    }

    [Fact]
    public async Task What_finds_no_room_is_counted_and_the_trail_is_told_how_many()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options =>
        {
            Soon(options);
            options.Events.MaxPending = 2;
        });
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.Error = (503, "ServiceUnavailable");
        for (var i = 0; i < 7; i++)
            Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        node.Reports.Error = null;
        // A batch that begins between two of them tells those before it.
        await Eventually(() => node.Reports.Drops.Sum(drop => drop.Count) >= 5 && service.Events.Pending == 0);
        Assert.Equal(5, node.Reports.Drops.Sum(drop => drop.Count));
        Assert.All(node.Reports.Drops, drop => Assert.True(drop.From <= drop.Until));
        Assert.Equal(2, node.Reports.Events.Count);
    }

    [Fact]
    public async Task Where_nothing_may_go_unrecorded_it_is_refused_and_goes_on_when_there_is_room_again()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options =>
        {
            Soon(options);
            options.Events.MaxPending = 1;
            options.Events.RefuseWhenFull = true;
        });
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.Error = (503, "ServiceUnavailable");
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var (status, body) = await service.GetAsync(Known.Alice());
        Assert.Equal(503, status);
        Assert.Contains("cannot be recorded", body);
        node.Reports.Error = null;
        await Eventually(() => service.Events.Pending == 0);
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task Where_nothing_may_go_unrecorded_and_Daypass_takes_no_reports_everything_is_refused()
    {
        await using var node = await FakeNode.StartAsync();
        node.HasTickets = false;
        await using var service = await ProtectedService.StartAsync(node, configure: options => options.Events.RefuseWhenFull = true);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(503, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task What_is_asked_after_the_end_of_a_request_is_an_event_all_the_same()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, http =>
        {
            http.Response.OnCompleted(async () => await http.CheckAction("s3:GetObject", "arn:aws:s3:::photos/later.jpg"));
            return Task.CompletedTask;
        }, Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var told = await EventsAsync(node, 2);
        Assert.Equal(["Request", "GetObject"], told.OrderBy(each => each.Resource is not null).Select(each => each.Name));
        await Eventually(() => service.Events.Pending == 0);
    }

    [Fact]
    public async Task Questions_asked_at_once_are_all_events()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(
            node,
            http =>
            {
                // Kestrel makes a request's services when they are first asked for, and not from two sides at once.
                _ = http.RequestServices;
                return Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () => await http.CheckAction("s3:GetObject", $"arn:aws:s3:::photos/{i}"))));
            },
            Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal(200, (await EventsAsync(node, 200)).Select(each => each.Resource).Distinct().Count());
    }

    [Fact]
    public async Task Events_that_Daypass_refuses_are_logged_and_told_as_dropped()
    {
        await using var node = await FakeNode.StartAsync();
        var log = new LogLines();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon, log: log);
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.Refused = [0];
        await service.GetAsync(Known.Alice());
        await Eventually(() => node.Reports.Drops.Count == 1);
        Assert.Equal(1, node.Reports.Drops[0].Count);
        Assert.Contains(log.Lines, line => line.Contains("misses 1 data events", StringComparison.Ordinal) && line.Contains("BadTime", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_that_is_never_taken_is_counted_and_does_not_stop_the_next()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon);
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.Error = (400, "ValidationError");
        await service.GetAsync(Known.Alice(), "/one.jpg");
        await Eventually(() => service.Events.Pending == 0);
        node.Reports.Error = null;
        await service.GetAsync(Known.Alice(), "/two.jpg");
        Assert.Equal("arn:aws:s3:::photos/two.jpg", Assert.Single(await EventsAsync(node, 1)).Resource);
        await Eventually(() => node.Reports.Drops.Sum(drop => drop.Count) == 1);
    }

    [Fact]
    public async Task A_service_that_stops_sends_what_waits_first()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options => options.Events.BatchInterval = TimeSpan.FromMinutes(1));
        node.Put(Known.Alice(Known.ReadOnly));
        for (var i = 0; i < 5; i++)
            await service.GetAsync(Known.Alice());
        await service.StopAsync();
        Assert.Equal(5, node.Reports.Events.Count);
    }

    [Fact]
    public async Task A_service_that_stops_while_Daypass_is_away_says_how_many_events_are_lost_and_stops_all_the_same()
    {
        await using var node = await FakeNode.StartAsync();
        var log = new LogLines();
        await using var service = await ProtectedService.StartAsync(node, log: log, configure: options =>
        {
            Soon(options);
            options.Events.ShutdownPatience = TimeSpan.FromMilliseconds(300);
        });
        node.Put(Known.Alice(Known.ReadOnly));
        node.Reports.Error = (503, "ServiceUnavailable");
        for (var i = 0; i < 3; i++)
            await service.GetAsync(Known.Alice());
        await service.StopAsync();
        Assert.Contains(log.Lines, line => line.Contains("misses 3 data events", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DaypassEventKinds.None, 0)]
    [InlineData(DaypassEventKinds.Writes, 1)]
    [InlineData(DaypassEventKinds.All, 2)]
    public async Task A_service_chooses_what_is_reported(DaypassEventKinds kinds, int expected)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, Act, options =>
        {
            Soon(options);
            options.Events.Record = kinds;
        });
        await ReadAndWriteAsync(node, service);
        await service.StopAsync();
        Assert.Equal(expected, node.Reports.Events.Count);
    }

    [Fact]
    public async Task An_endpoint_may_choose_otherwise()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(
            node,
            http =>
            {
                http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new DaypassEventsAttribute(DaypassEventKinds.Writes)), "quiet"));
                return Act(http);
            },
            Soon);
        await ReadAndWriteAsync(node, service);
        await service.StopAsync();
        Assert.Equal("PutObject", Assert.Single(node.Reports.Events).Name);
    }

    [Fact]
    public async Task Names_of_resources_that_are_secret_are_told_as_the_service_says()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options =>
        {
            Soon(options);
            options.Events.ResourceName = name => name[..(name.LastIndexOf('/') + 1)] + "***";
        });
        node.Put(Known.Alice(Known.ReadOnly));
        await service.GetAsync(Known.Alice());
        Assert.Equal("arn:aws:s3:::photos/***", Assert.Single(await EventsAsync(node, 1)).Resource);
    }

    [Fact]
    public async Task A_resource_that_the_service_fails_to_name_goes_without_one()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options =>
        {
            Soon(options);
            options.Events.ResourceName = _ => throw new InvalidOperationException("by intention");
        });
        node.Put(Known.Alice(Known.ReadOnly));
        await service.GetAsync(Known.Alice());
        Assert.Null(Assert.Single(await EventsAsync(node, 1)).Resource);
    }

    [Fact]
    public async Task What_a_caller_chose_never_costs_the_event_or_the_batch()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, async http =>
        {
            await http.CheckAction("s3:GetObject", "arn:aws:s3:::photos/\u202Eevil\n\"\\" + new string('ü', 5000));
        }, options => options.Events.BatchInterval = TimeSpan.FromMinutes(1));
        node.Put(Known.Alice(Known.ReadOnly));
        for (var i = 0; i < 60; i++)
            await service.GetAsync(Known.Alice());
        await service.StopAsync();
        Assert.Equal(60, node.Reports.Events.Count);
        Assert.All(node.Reports.Events, each => Assert.StartsWith("arn:aws:s3:::photos/?evil?\"\\ü", each.Resource));
        Assert.All(node.Reports.Events, each => Assert.Equal(2048, each.Resource!.Length));
    }

    [Fact]
    public async Task A_Daypass_that_gives_no_tickets_is_told_nothing_and_that_is_logged()
    {
        await using var node = await FakeNode.StartAsync();
        node.HasTickets = false;
        var log = new LogLines();
        await using var service = await ProtectedService.StartAsync(node, configure: Soon, log: log);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        await service.StopAsync();
        Assert.Empty(node.Reports.Arrived);
        Assert.Single(log.Lines, line => line.Contains("no tickets", StringComparison.Ordinal));
    }

    private static async Task Act(HttpContext http) =>
        await http.RequireAction(HttpMethods.IsGet(http.Request.Method) ? "s3:GetObject" : "s3:PutObject", "arn:aws:s3:::photos/cat.jpg");

    private static async Task ReadAndWriteAsync(FakeNode node, ProtectedService service)
    {
        node.Put(Known.Alice(Known.Everything));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal(200, (await service.SendAsync(service.Sign(Known.Alice(), HttpMethod.Put, body: [1]))).Status);
    }

    private static async Task<List<Daypass.Reports.ReportedEvent>> EventsAsync(FakeNode node, int count)
    {
        await Eventually(() => node.Reports.Events.Count >= count);
        return node.Reports.Events;
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 3000 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
