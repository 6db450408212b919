using System.Globalization;
using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass clock show|advance</c>: the time of a server that was started with <c>--movable-clock</c>.</summary>
internal sealed class ClockCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [.. Connection.Options, new("output")];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        string[] call = line.Positionals switch
        {
            ["show"] => ["GetClock"],
            ["advance", var duration] => ["AdvanceClock", $"Seconds={Duration.ReadSeconds(duration).ToString(CultureInfo.InvariantCulture)}"],
            _ => throw new CommandException("Usage: daypass clock show, or daypass clock advance 1h30m"),
        };
        return new ApiCommand(host, "daypass").RunAsync(line.WithPositionals(call), cancellationToken);
    }
}
