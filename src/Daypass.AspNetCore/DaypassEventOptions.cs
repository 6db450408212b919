namespace Daypass.AspNetCore;

/// <summary>Which requests are reported.</summary>
public enum DaypassEventKinds
{
    /// <summary>All of proven callers.</summary>
    All,

    /// <summary>Those whose action changes something (<see cref="DaypassEventOptions.IsReadOnly"/>).</summary>
    Writes,

    /// <summary>None.</summary>
    None,
}

/// <summary>Which requests of an endpoint are reported, where that is not what <see cref="DaypassEventOptions.Record"/> says.</summary>
/// <param name="record">Which.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DaypassEventsAttribute(DaypassEventKinds record) : Attribute
{
    /// <summary>Which.</summary>
    public DaypassEventKinds Record { get; } = record;
}

/// <summary>
/// What is reported to Daypass for the trail, and how. Every action that the service asks for, and every request of a proven caller that asks
/// for none, is a data event. Events wait in memory and go out in batches; a request never waits for that.
/// </summary>
public sealed class DaypassEventOptions
{
    private const int MostPending = 10_000_000;

    /// <summary>Which requests are reported. Endpoints may say otherwise by <see cref="DaypassEventsAttribute"/>. Default: all.</summary>
    public DaypassEventKinds Record { get; set; } = DaypassEventKinds.All;

    /// <summary>
    /// How many events may wait, 1 to 10,000,000; some 500 bytes each. What comes when so many wait is dropped, and the trail is told how many
    /// were. Default 50,000.
    /// </summary>
    public int MaxPending { get; set; } = 50_000;

    /// <summary>The most events in one batch, 1 to 1,000. A batch goes out when it is full. Default 500.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>How long an event waits at most for its batch to be sent, above zero up to a minute. Default 1 second.</summary>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether an action that is allowed is refused with <c>ServiceUnavailable</c> when its event has no room to wait in: nothing happens that
    /// is not in the trail, and the service stands still when Daypass does for long. Default: no.
    /// </summary>
    public bool RefuseWhenFull { get; set; }

    /// <summary>How long a stopping service goes on sending what waits, from zero up to a minute. Default 5 seconds.</summary>
    public TimeSpan ShutdownPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether an action, such as <c>s3:GetObject</c>, changes nothing. Default: those that begin with Get, Head, List or Describe.</summary>
    public Func<string, bool> IsReadOnly { get; set; } = IsReadByName;

    /// <summary>What the trail is told of a resource's ARN: the same, or less where names are secrets. Default: the same.</summary>
    public Func<string, string>? ResourceName { get; set; }

    internal string? FirstFault() =>
        MaxPending is < 1 or > MostPending || BatchSize is < 1 or > Reports.ReportProtocol.MaxEvents
        || BatchInterval <= TimeSpan.Zero || BatchInterval > TimeSpan.FromMinutes(1) || ShutdownPatience < TimeSpan.Zero || ShutdownPatience > TimeSpan.FromMinutes(1)
            ? "DaypassOptions.Events.MaxPending, BatchSize, BatchInterval or ShutdownPatience is out of range."
            : null;

    private static bool IsReadByName(string action)
    {
        var name = action.AsSpan(action.IndexOf(':') + 1);
        return name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("Head", StringComparison.Ordinal)
            || name.StartsWith("List", StringComparison.Ordinal) || name.StartsWith("Describe", StringComparison.Ordinal);
    }
}
