using System.Text.Json;
using System.Text.Json.Serialization;

namespace Daypass.Reports;

/// <summary>Events that a protected service reports in one call, within the limits of <see cref="ReportProtocol"/>.</summary>
public sealed record ReportBatch
{
    /// <summary>The tickets of the leases that the events name by their place here.</summary>
    public IReadOnlyList<byte[]> Tickets { get; init; } = [];

    /// <summary>What was done.</summary>
    public IReadOnlyList<ReportedEvent> Events { get; init; } = [];

    /// <summary>How many events could not be kept, by account.</summary>
    public IReadOnlyList<ReportedDrop> Drops { get; init; } = [];

    /// <summary>The batch as UTF-8 JSON.</summary>
    public byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, ReportJson.Default.ReportBatch);

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a batch.</exception>
    public static ReportBatch Deserialize(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, ReportJson.Default.ReportBatch) ?? throw new JsonException("The batch is null.");
}

/// <summary>One action that was allowed or refused at the service. Who did it is in the ticket.</summary>
public sealed record ReportedEvent
{
    /// <summary>The place of the lease's ticket in the batch, from 0.</summary>
    public required int Ticket { get; init; }

    /// <summary>The action without the service's prefix, such as <c>GetObject</c>: 1 to 128 letters of ASCII and digits.</summary>
    public required string Name { get; init; }

    /// <summary>The resource's ARN, at most 2,048 characters without control characters; null where there is none.</summary>
    public string? Resource { get; init; }

    /// <summary>Twelve digits of the account that owns the resource; null for the caller's.</summary>
    public string? Owner { get; init; }

    /// <summary>Policy time of the decision, in milliseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>The client's address; null when there is none (a Unix socket).</summary>
    public string? SourceIp { get; init; }

    /// <summary>What the client says of itself, at most 1,024 characters; null if it says nothing.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The service's id of the request, 1 to 128 visible characters of ASCII; all events of one request have the same.</summary>
    public required string RequestId { get; init; }

    /// <summary>The HTTP status that was answered, 100 to 599.</summary>
    public required int Status { get; init; }

    /// <summary>AWS's code of the error, 1 to 128 letters of ASCII, digits, <c>.</c>, <c>_</c>, <c>-</c>; null when it went well.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error's text, at most 1,024 characters.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The dialect of the request if it is not AWS's: <c>uproject</c>, or null. Its answers have status 200, whatever became of the request.</summary>
    public string? Dialect { get; init; }

    /// <summary>Whether the action changes nothing.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>Events of one account that could not be kept.</summary>
/// <param name="Ticket">The place of a ticket of the account in the batch, from 0.</param>
/// <param name="Count">How many, from 1.</param>
/// <param name="From">Policy time of the first, in milliseconds since 1970.</param>
/// <param name="Until">Policy time of the last, in milliseconds since 1970.</param>
public sealed record ReportedDrop(int Ticket, long Count, long From, long Until);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportBatch))]
internal sealed partial class ReportJson : JsonSerializerContext;
