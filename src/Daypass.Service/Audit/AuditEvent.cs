using Daypass.Names;

namespace Daypass.Service.Audit;

/// <summary>
/// One event of an account's trail: the CloudTrail record as UTF-8 JSON, and beside it the few fields that LookupEvents searches by.
/// </summary>
internal sealed record AuditEvent
{
    public required string EventId { get; init; }

    /// <summary>The account whose trail this is part of.</summary>
    public required AccountId Account { get; init; }

    /// <summary>Policy time of the event, to the second as CloudTrail shows it.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string EventName { get; init; }

    public required string EventSource { get; init; }

    public string Username { get; init; } = "";

    public string AccessKeyId { get; init; } = "";

    public required bool IsReadOnly { get; init; }

    public IReadOnlyList<AuditResource> Resources { get; init; } = [];

    /// <summary>The record in CloudTrail's format, UTF-8 JSON, no secrets.</summary>
    public required ReadOnlyMemory<byte> Record { get; init; }
}

/// <summary>A resource that an event is about, such as <c>AWS::IAM::Role</c> and its ARN.</summary>
internal readonly record struct AuditResource(string Type, string Name);

/// <summary>An event with its place in a node's journal. Sequences of a node start at 1 and have no holes.</summary>
internal readonly record struct JournalEntry(long Sequence, AuditEvent Event);

internal enum AuditAttribute
{
    None,
    EventId,
    EventName,
    ReadOnly,
    Username,
    ResourceType,
    ResourceName,
    EventSource,
    AccessKeyId,
}

/// <summary>A search in one account's trail; at most one attribute, as LookupEvents has it. Times are inclusive.</summary>
internal sealed record AuditQuery
{
    public required AccountId Account { get; init; }

    public AuditAttribute Attribute { get; init; }

    public string Value { get; init; } = "";

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>1 to 50.</summary>
    public required int PageSize { get; init; }

    /// <summary>Where the page before this one ended, or null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>Events newest first; <see cref="Next"/> is null on the last page.</summary>
internal sealed record AuditPage(IReadOnlyList<AuditEvent> Events, string? Next)
{
    /// <summary>Nodes whose newest events may not be among those searched.</summary>
    public IReadOnlyList<Stores.NodeReport> MissingNodes { get; init; } = [];
}
