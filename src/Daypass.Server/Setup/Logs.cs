using Microsoft.Extensions.Logging.Console;

namespace Daypass.Server.Setup;

/// <summary>Where log lines go and what they look like.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging, ServerOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        logging.Services.AddSingleton(TimeProvider.System);
        logging.AddConsole(console => console.FormatterName = options.LogsJson ? "daypass-json" : "daypass-text")
            .AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>().AddConsoleFormatter<TextLines, ConsoleFormatterOptions>();
        // What Kestrel would say of a taken port is said elsewhere, in one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft.AspNetCore", LogLevel.Critical)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None)
            // Any level would make an activity and a log scope for every request, which nobody reads.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}
