using System.Buffers.Text;
using Daypass.Reports;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Reports;

/// <summary>Reports through the whole pipeline: what they cost their service, and what the trail says of the calls themselves.</summary>
public sealed class ReportPipelineTests
{
    [Fact]
    public async Task Batches_above_the_services_budget_are_throttled_and_may_come_again_later()
    {
        var time = new ManualTime();
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { EventsPerService = 1 }, throttling: time);
        await bench.CallAsync("RegisterService", ("Name", "photos"), ("Region", "us-east-1"));
        Assert.Null((await ReportAsync(bench, "batch-0000000000001")).Error);
        Assert.Equal("Throttling", (await ReportAsync(bench, "batch-0000000000002")).Error!.Code);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null((await ReportAsync(bench, "batch-0000000000002")).Error);
        Assert.Equal(ReportProtocol.AlreadyRecorded, (await ReportAsync(bench.FromAnotherSource(), "batch-0000000000001", 0)).Error!.Code);
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task The_call_itself_is_in_the_trail_without_the_batch()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("RegisterService", ("Name", "photos"), ("Region", "us-east-1"));
        await ReportAsync(bench, "batch-0000000000001");
        var record = Assert.Single(await bench.TrailAsync(), each => each["eventName"]!.GetValue<string>() == "ReportEvents");
        Assert.Equal("batch-0000000000001", record["requestParameters"]!["batchId"]!.GetValue<string>());
        Assert.DoesNotContain("eyJ", record["requestParameters"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(10, record["responseElements"]!["refused"]!.AsArray().Count);
    }

    private static Task<ApiAnswer> ReportAsync(PipelineBench bench, string id, int events = 10)
    {
        var said = new ReportedEvent { Ticket = 0, Name = "GetPhoto", Time = 0, RequestId = "r", Status = 200 };
        var batch = new ReportBatch { Tickets = [[1]], Events = [.. Enumerable.Repeat(said, events)] };
        return bench.CallAsync("ReportEvents", ("ServiceName", "photos"), ("Region", "us-east-1"), ("BatchId", id), ("Batch", Base64Url.EncodeToString(batch.Serialize())));
    }
}
