namespace Daypass.Server.Telemetry;

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Warning, "The store went away ({Side}): {Reason} {Cause}", EventName = "StoreAway")]
    public static partial void StoreAway(ILogger logger, string side, string reason, string cause);

    [LoggerMessage(21, LogLevel.Information, "The store is back ({Side}) after {Milliseconds} ms", EventName = "StoreBack")]
    public static partial void StoreBack(ILogger logger, string side, long milliseconds);

    [LoggerMessage(22, LogLevel.Critical, "The audit journal cannot be written ({Reason}): every call is refused. Make room on the disk of the data directory; the server tries every second and goes on by itself", EventName = "JournalClosed")]
    public static partial void JournalClosed(ILogger logger, string reason);

    [LoggerMessage(27, LogLevel.Information, "The audit journal is written again: calls are answered", EventName = "JournalOpened")]
    public static partial void JournalOpened(ILogger logger);

    [LoggerMessage(28, LogLevel.Warning, "The trail is running out of room: {Consequence}. The disk of the data directory has {FreeMegabytes} MB left, {BacklogMegabytes} MB wait for the store: make room, or see to the store", EventName = "RoomLow")]
    public static partial void RoomLow(ILogger logger, string consequence, long freeMegabytes, long backlogMegabytes);

    [LoggerMessage(29, LogLevel.Information, "The trail has room again", EventName = "RoomEnough")]
    public static partial void RoomEnough(ILogger logger);

    [LoggerMessage(23, LogLevel.Warning, "The audit trail waits for the store: {Events} events, {Bytes} bytes", EventName = "JournalBehind")]
    public static partial void JournalBehind(ILogger logger, long events, long bytes);

    [LoggerMessage(24, LogLevel.Information, "The audit trail is in the store again", EventName = "JournalCaughtUp")]
    public static partial void JournalCaughtUp(ILogger logger);

    [LoggerMessage(25, LogLevel.Information, "Key {Id} of {Purpose} is {State}", EventName = "KeyChanged")]
    public static partial void KeyChanged(ILogger logger, string purpose, string id, string state);

    [LoggerMessage(26, LogLevel.Information, "The master key file has changed: it holds {Keys}, and keys are sealed under {Fingerprint}", EventName = "MasterKeyChanged")]
    public static partial void MasterKeyChanged(ILogger logger, int keys, string fingerprint);
}
