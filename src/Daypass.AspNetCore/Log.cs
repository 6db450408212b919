namespace Daypass.AspNetCore;

/// <summary>Everything that the library logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The Daypass node {Node} cannot be reached: {Reason}")]
    public static partial void OutOfReach(ILogger logger, Uri node, string reason);

    [LoggerMessage(2, LogLevel.Error, "The Daypass node {Node} refuses this service with {Status}: {Reason}")]
    public static partial void Rejected(ILogger logger, Uri node, int status, string reason);

    [LoggerMessage(3, LogLevel.Error, "The Daypass node {Node} gave an answer that cannot be used, or could not be asked.")]
    public static partial void BadAnswer(ILogger logger, Uri node, Exception failure);

    [LoggerMessage(4, LogLevel.Error, "The {Type} policy {Id} of a lease is not understood in full, and decisions treat it as closed: {Message} (line {Line}, column {Column})")]
    public static partial void DamagedPolicy(ILogger logger, Policies.PolicyType type, string id, string message, int line, int column);

    [LoggerMessage(5, LogLevel.Warning, "The trail misses {Count} data events of this service: {Reason}")]
    public static partial void EventsLost(ILogger logger, int count, string reason);

    [LoggerMessage(6, LogLevel.Warning, "Daypass gives no tickets with its leases, so nothing that is done here can be reported to its trail.")]
    public static partial void NoTickets(ILogger logger);

    [LoggerMessage(7, LogLevel.Error, "The sender of data events failed and goes on.")]
    public static partial void SenderFailed(ILogger logger, Exception failure);

    [LoggerMessage(8, LogLevel.Error, "The action {Action} failed.")]
    public static partial void HandlerFailed(ILogger logger, string action, Exception failure);
}
