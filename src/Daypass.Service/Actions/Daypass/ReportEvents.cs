using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Daypass.Names;
using Daypass.Reports;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Reports;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass;

/// <summary>
/// Takes what was done with credentials at a protected service into the trail (<see cref="ReportProtocol"/>): each batch once, each event
/// under the identity that its lease's ticket says.
/// </summary>
internal sealed class ReportEvents : ApiAction<ReportEvents.Request, ReportEvents.Response>
{
    private const string Form = "The parameter Batch must be the base64url of the JSON of a batch.";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

    // Longer than any event of the batch could be taken, in whatever batch it comes.
    private static readonly TimeSpan Remembered = ReportProtocol.LateDelivery + ReportProtocol.TicketUse + TimeSpan.FromHours(2);
    private static readonly TextRule BatchIdRule = TextRule.Of(ReportProtocol.MinBatchId, ReportProtocol.MaxBatchId, "[A-Za-z0-9-]+", SearchValues.Create(Letters));
    private static readonly TextRule BatchRule =
        TextRule.Of(1, Base64Url.GetEncodedLength(ReportProtocol.MaxBatchBytes), "[A-Za-z0-9_-]+", SearchValues.Create(Letters + "_")) with { IsSecret = true };

    internal sealed record Request(string ServiceName, string Region, string BatchId, ReportBatch Batch, int Bytes);

    internal sealed record Response(int Accepted, IReadOnlyList<RefusedEvent> Refused) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Number("Accepted", Accepted);
            writer.List("Refused", Refused);
        }
    }

    /// <summary>Services keep what they cannot deliver, and count what they must drop: what is left of a full disk is not for them.</summary>
    public override bool UsesReserve => false;

    /// <summary>The events are in the trail as events, and the tickets are nobody's to see.</summary>
    public override bool IsSecret(string parameter) => parameter == "Batch";

    public override Request Read(Parameters wire)
    {
        var (service, region) = (wire.RequiredText("ServiceName", ServiceRules.Name), wire.RequiredText("Region", ServiceRules.Region));
        var id = wire.RequiredText("BatchId", BatchIdRule);
        var (batch, bytes) = BatchOf(wire.RequiredText("Batch", BatchRule));
        wire.LimitCount("Batch.Tickets", batch.Tickets.Count, ReportProtocol.MaxTickets);
        wire.LimitCount("Batch.Events", batch.Events.Count, ReportProtocol.MaxEvents);
        wire.LimitCount("Batch.Drops", batch.Drops.Count, ReportProtocol.MaxEvents);
        return new Request(service, region, id, batch, bytes);
    }

    // As AcquireLeases has it: another account's service does not exist for the caller.
    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:ReportEvents", ArnOf(request, scene), scene.Caller.Account));

    public override ReportLoad? Load(Request request, Scene scene) =>
        new ReportLoad(ArnOf(request, scene), Math.Max(request.Batch.Events.Count + request.Batch.Drops.Count, request.Bytes / 1024));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        ServiceRules.RequireOwn(request.ServiceName, request.Region, scene);
        var origin = new MessageOrigin(request.ServiceName, request.Region, scene.Caller.Account);
        var reading = ReportReading.Of(request.Batch, new Reporter(origin, ArnOf(request, scene), request.BatchId), scene);
        var changes = new Changes(Documents.Empty(SetId.Reports, scene.Installation.Documents.Position))
            .Claim($"report/{origin.Account}/{origin.Service}/{origin.Region}/{request.BatchId}", scene.RealTime + Remembered, AlreadyRecorded(request))
            .Record(reading.Events);
        return new Outcome<Response>(new Response(reading.Accepted, reading.Refused), changes);
    }

    private static string ArnOf(Request request, Scene scene) => ServiceArn.Of(request.ServiceName, request.Region, scene.Caller.Account);

    private static ApiException AlreadyRecorded(Request request) => Errors.Conflict(ReportProtocol.AlreadyRecorded, $"The batch {request.BatchId} is in the trail already.");

    private static (ReportBatch Batch, int Bytes) BatchOf(string text)
    {
        // Its violation is noted already.
        if (text.Length == 0 || text.Length > BatchRule.Maximum)
            return (new ReportBatch(), 0);
        try
        {
            var json = Base64Url.DecodeFromChars(text);
            var batch = ReportBatch.Deserialize(json);
            var isWhole = batch is { Tickets: not null, Events: not null, Drops: not null } && !batch.Tickets.Contains(null!) && !batch.Events.Contains(null!) && !batch.Drops.Contains(null!);
            return isWhole ? (batch, json.Length) : throw Errors.MalformedInput(Form);
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            throw Errors.MalformedInput(Form);
        }
    }
}
