using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Daypass.AspNetCore.Leases;
using Daypass.Reports;

namespace Daypass.AspNetCore.Reporting;

/// <summary>What became of a batch.</summary>
internal enum ReportOutcome
{
    /// <summary>It is in the trail, but for what <see cref="ReportAnswer.Refused"/> names.</summary>
    Recorded,

    /// <summary>Nobody knows, or not now: the same batch again, later.</summary>
    Later,

    /// <summary>It will never be taken.</summary>
    Refused,
}

/// <summary>The answer to a batch.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Refused">The places of events that were not taken, with the reason.</param>
internal sealed record ReportAnswer(ReportOutcome Outcome, IReadOnlyList<(int Index, string Reason)> Refused);

/// <summary>Sends batches to Daypass (<see cref="ReportProtocol"/>), and tells "no" from "not now".</summary>
internal sealed class ReportClient(NodeCalls calls, ILogger<ReportClient> logger)
{
    private static readonly ReportAnswer Later = new(ReportOutcome.Later, []);

    /// <summary>One try at all nodes.</summary>
    public async Task<ReportAnswer> SendAsync(string id, byte[] batch, CancellationToken cancellationToken)
    {
        var form = FormOf(id, batch);
        foreach (var node in calls.Nodes)
        {
            if (await SendAsync(node, form, cancellationToken).ConfigureAwait(false) is { } answer)
                return answer;
        }
        return Later;
    }

    private async Task<ReportAnswer?> SendAsync(Uri node, byte[] form, CancellationToken cancellationToken)
    {
        try
        {
            if (await calls.PostAsync(node, form, cancellationToken).ConfigureAwait(false) is not { } answer)
                return null;
            if (answer.IsSuccess)
                return new ReportAnswer(ReportOutcome.Recorded, RefusedIn(answer.Body));
            return Judge(node, answer, LeaseAnswers.CodeOf(answer.Body));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // An answer that is no answer, or credentials that cannot be read: the batch may be in the trail, and its id will tell.
            Log.BadAnswer(logger, node, failure);
            return Later;
        }
    }

    private ReportAnswer Judge(Uri node, NodeAnswer answer, string? code)
    {
        if (code == ReportProtocol.AlreadyRecorded)
            return new ReportAnswer(ReportOutcome.Recorded, []);
        Log.Rejected(logger, node, answer.Status, LeaseAnswers.ErrorOf(answer.Body));
        // What is wrong with the batch itself no later try betters. Everything else an administrator can, or time.
        return code is "ValidationError" or "MalformedInput" || answer.Status == 413 ? new ReportAnswer(ReportOutcome.Refused, []) : Later;
    }

    private byte[] FormOf(string id, byte[] batch)
    {
        var form = calls.Form(ReportProtocol.Action);
        NodeCalls.Add(form, "BatchId", id);
        // No character of base64url is escaped.
        form.Append("&Batch=").Append(Base64Url.EncodeToString(batch));
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private static (int Index, string Reason)[] RefusedIn(string body)
    {
        using var document = JsonDocument.Parse(body);
        var result = document.RootElement.GetProperty($"{ReportProtocol.Action}Response").GetProperty($"{ReportProtocol.Action}Result");
        return [.. result.GetProperty("Refused").EnumerateArray().Select(refused => (refused.GetProperty("Index").GetInt32(), refused.GetProperty("Reason").GetString() ?? ""))];
    }
}
