using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass nodes list|forget</c>: the nodes that share a store.</summary>
internal sealed class NodesCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [.. Connection.Options, new("output")];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        string[] call = line.Positionals switch
        {
            ["list"] => ["ListNodes"],
            ["forget", var node] => ["ForgetNode", $"NodeId={node}"],
            _ => throw new CommandException("Usage: daypass nodes list, or daypass nodes forget NODE-ID"),
        };
        return new ApiCommand(host, "daypass").RunAsync(line.WithPositionals(call), cancellationToken);
    }
}
