using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Text;
using Daypass.Reports;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>The node's side of reports: it keeps each batch once, and goes wrong as a test says.</summary>
internal sealed class FakeTrail
{
    private readonly ConcurrentDictionary<string, ReportBatch> _batches = new();

    /// <summary>Ids in the order of arrival, each as often as it came.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    /// <summary>How many answers get lost from here on, after the batch was kept.</summary>
    public int LostAnswers { get; set; }

    /// <summary>The error of every call instead, before anything is kept; null for none.</summary>
    public (int Status, string Code)? Error { get; set; }

    /// <summary>The places of each batch's events that are refused.</summary>
    public int[] Refused { get; set; } = [];

    public IReadOnlyCollection<ReportBatch> Batches => [.. _batches.Values];

    public List<ReportedEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    public List<ReportedDrop> Drops => [.. Batches.SelectMany(batch => batch.Drops)];

    /// <summary>Whose ticket an event has.</summary>
    public List<string> Tickets => [.. Batches.SelectMany(batch => batch.Events.Select(each => Encoding.ASCII.GetString(batch.Tickets[each.Ticket])))];

    public async Task AnswerAsync(HttpContext context, NameValueCollection form)
    {
        Arrived.Enqueue(form["BatchId"]!);
        if (Error is var (status, code))
        {
            await FailAsync(context, status, code);
            return;
        }
        var json = Base64Url.DecodeFromChars(form["Batch"]);
        Assert.InRange(json.Length, 1, ReportProtocol.MaxBatchBytes);
        var isNew = _batches.TryAdd(form["BatchId"]!, ReportBatch.Deserialize(json));
        if (LostAnswers > 0)
        {
            LostAnswers--;
            context.Abort();
        }
        else if (isNew)
        {
            var refused = string.Join(',', Refused.Select(index => "{\"Index\":" + index + ",\"Reason\":\"BadTime\"}"));
            await context.Response.WriteAsync("{\"ReportEventsResponse\":{\"ReportEventsResult\":{\"Accepted\":1,\"Refused\":[" + refused + "]}}}", context.RequestAborted);
        }
        else
        {
            await FailAsync(context, 409, ReportProtocol.AlreadyRecorded);
        }
    }

    private static Task FailAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync("{\"Error\":{\"Code\":\"" + code + "\",\"Message\":\"no\"}}", context.RequestAborted);
    }
}
