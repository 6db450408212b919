using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Daypass.Server.Setup;

/// <summary><c>--log-format text</c>: each event is one line with time, level, the event's name and its message, and what was thrown.</summary>
internal sealed class TextLines(TimeProvider time) : ConsoleFormatter("daypass-text")
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var thrown = logEntry.Exception is { } exception ? $" {exception}" : "";
        var line = FormattableString.Invariant($"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {NameOf(logEntry.LogLevel)} {logEntry.EventId.Name ?? logEntry.Category}: {message}{thrown}");
        // Whatever a message quotes, it makes no second line.
        textWriter.Write(line.ReplaceLineEndings(" "));
        textWriter.Write('\n');
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
