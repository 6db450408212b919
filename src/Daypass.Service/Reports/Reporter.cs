using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Reports;

/// <summary>The protected service that reports, as it is registered.</summary>
/// <param name="Origin">Its name, region and account.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="BatchId">The batch that it reports with.</param>
internal sealed record Reporter(MessageOrigin Origin, string Arn, string BatchId)
{
    /// <summary>The service in the trail, under AWS's form of such names. Daypass's own are taken, so it can never be one of them.</summary>
    public string EventSource { get; } = $"{Origin.Service}.amazonaws.com";
}

/// <summary>An event that did not get into the trail.</summary>
/// <param name="Index">Its place among the batch's events; notes of dropped ones count on behind them.</param>
/// <param name="Reason">A word of <see cref="Daypass.Reports.ReportProtocol"/>.</param>
internal sealed record RefusedEvent(int Index, string Reason) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Number("Index", Index);
        writer.Text("Reason", Reason);
    }
}
