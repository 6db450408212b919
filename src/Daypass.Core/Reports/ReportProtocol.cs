using Daypass.Leases;

namespace Daypass.Reports;

/// <summary>
/// How a protected service reports what was done with credentials at it: one signed Query call to Daypass for up to <see cref="MaxEvents"/>
/// events.
/// <code>
/// POST /  Action=ReportEvents  Version=2026-11-22  ServiceName=s3  Region=us-east-1
///         BatchId (one for each batch, the same whenever it is sent again)  Batch (base64url of the JSON of a <see cref="ReportBatch"/>)
/// </code>
/// signed as AcquireLeases is (<see cref="LeaseProtocol"/>). Who did it Daypass reads from the lease's sealed ticket, never from the batch.
/// The answer's <c>Accepted</c> is the number of events in the trail now, and <c>Refused</c> has for each of the others its
/// <c>Index</c> and one of the words below as <c>Reason</c>. A batch whose id was taken before is refused whole with
/// <see cref="AlreadyRecorded"/>: it is in the trail.
/// </summary>
public static class ReportProtocol
{
    /// <summary>The action.</summary>
    public const string Action = "ReportEvents";

    /// <summary>The most events, and the most notes of dropped ones, in one batch.</summary>
    public const int MaxEvents = 1000;

    /// <summary>The most tickets in one batch.</summary>
    public const int MaxTickets = 1000;

    /// <summary>The most bytes that the JSON of a batch may have.</summary>
    public const int MaxBatchBytes = 512 * 1024;

    /// <summary>The most bytes that a sealed ticket may have.</summary>
    public const int MaxTicketBytes = 8 * 1024;

    /// <summary>Characters of a batch id, at least and at most: letters of ASCII, digits, <c>-</c>.</summary>
    public const int MinBatchId = 16, MaxBatchId = 64;

    /// <summary>The most characters of an ARN.</summary>
    public const int MaxResource = 2048;

    /// <summary>The most characters of a user agent and of an error message: CloudTrail's limit. Longer ones are cut by whoever sends them.</summary>
    public const int MaxText = 1024;

    /// <summary>The most characters of an action's name, an error code and a request id.</summary>
    public const int MaxName = 128;

    /// <summary>The event name of a request that asked for no action.</summary>
    public const string NoAction = "Request";

    /// <summary>How far the service's clock may be off, as for signatures.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>For how long a service should use a ticket before it asks for the lease anew, whole.</summary>
    public static readonly TimeSpan TicketUse = TimeSpan.FromHours(1);

    /// <summary>How long after its lease's end an event is still taken.</summary>
    public static readonly TimeSpan LateDelivery = TimeSpan.FromHours(24);

    /// <summary>The code of the refusal of a batch that is in the trail already.</summary>
    public const string AlreadyRecorded = "BatchAlreadyRecorded";

    /// <summary>The ticket is none, or was issued to another service.</summary>
    public const string BadTicket = "BadTicket";

    /// <summary>The ticket's lease ended too long ago.</summary>
    public const string TooLate = "TooLate";

    /// <summary>The time is not one of the lease, or has not come yet.</summary>
    public const string BadTime = "BadTime";

    /// <summary>A field is missing, too long, or of a form that it cannot have.</summary>
    public const string BadEvent = "BadEvent";
}
