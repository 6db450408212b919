using System.Buffers.Text;
using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Reports;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Tests.Attacks;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Reports;

/// <summary>A registered service, <c>photos</c>, a session of a role that has come to it, and the ticket of that session's lease.</summary>
internal sealed class ReportWorld
{
    public const string Service = "photos";
    public static readonly AccountId Stranger = AccountId.Of(444455556666);
    private int _batches;

    public ReportWorld()
    {
        Sts = new StsWorld().AddRole("reader", identity: StsWorld.Allow("photos:*"));
        Bench.AddAccount(Stranger);
        Bench.As("admin").Call("RegisterService", ("Name", Service), ("Region", "us-east-1"));
        Bench.As("admin").Call("RegisterService", ("Name", "videos"), ("Region", "us-east-1"));
        Bench.As("alice");
        Session = Sts.Assume("reader", ("SourceIdentity", "alice"))["Credentials"]!;
        Ticket = TicketOf(Session);
    }

    public StsWorld Sts { get; }

    public ActionBench Bench => Sts.Bench;

    /// <summary>The session's credentials.</summary>
    public JsonNode Session { get; }

    /// <summary>The ticket of the session's lease at <see cref="Service"/>.</summary>
    public byte[] Ticket { get; }

    public string SessionKey => Session["AccessKeyId"]!.GetValue<string>();

    public byte[] TicketOf(JsonNode credentials, string service = Service, AccountId? owner = null)
    {
        var proof = new LeaseConfusion.Proof { SecretAccessKey = credentials["SecretAccessKey"]!.GetValue<string>(), Service = service };
        var answer = Bench.As("admin", owner).Call(
            "AcquireLeases",
            ("ServiceName", service), ("Region", "us-east-1"),
            ("Proofs.member.1.AccessKeyId", credentials["AccessKeyId"]!.GetValue<string>()),
            ("Proofs.member.1.SessionToken", credentials["SessionToken"]!.GetValue<string>()),
            ("Proofs.member.1.Date", proof.Date), ("Proofs.member.1.StringToSign", proof.StringToSign), ("Proofs.member.1.Signature", proof.Signature));
        return Lease.Deserialize(answer["Leases"]![0]!["Lease"]!.GetValue<string>()).Ticket!.Sealed;
    }

    public ReportedEvent Event(Func<ReportedEvent, ReportedEvent>? change = null)
    {
        var said = new ReportedEvent
        {
            Ticket = 0, Name = "GetPhoto", Resource = "arn:aws:photos:::cat", Time = Bench.Now.ToUnixTimeMilliseconds(), SourceIp = "192.0.2.9", UserAgent = "camera/1",
            RequestId = "r-1", Status = 200, ReadOnly = true,
        };
        return change is null ? said : change(said);
    }

    public ReportBatch Batch(params ReportedEvent[] events) => new() { Tickets = [Ticket], Events = events };

    /// <summary>Reports as whoever the bench has calling, and writes it.</summary>
    public (JsonNode Answer, IReadOnlyList<AuditEvent> Events) Report(ReportBatch batch, string? id = null, string service = Service)
    {
        var call = Bench.Begin("ReportEvents", Parameters(batch, id, service));
        Assert.True(call.TryCommit());
        return (call.Response, call.Changes!.Events);
    }

    public ApiError Refusal(ReportBatch batch, string? id = null, string service = Service) => Bench.Refusal("ReportEvents", Parameters(batch, id, service));

    public static JsonNode RecordOf(AuditEvent recorded) => JsonNode.Parse(recorded.Record.Span)!;

    private (string, string)[] Parameters(ReportBatch batch, string? id, string service) =>
    [
        ("ServiceName", service), ("Region", "us-east-1"), ("BatchId", id ?? $"batch-0000-0000-{++_batches}"), ("Batch", Base64Url.EncodeToString(batch.Serialize())),
    ];
}
