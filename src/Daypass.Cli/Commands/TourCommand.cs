using Daypass.Cli.Arguments;
using Daypass.Cli.Tour;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass tour</c>: the main story, played for real. Exit code 1 when any step does not go as promised.</summary>
internal sealed class TourCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [new("server"), new("sample"), new("keep", OptionValues.None)];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Value("server") is not { } server || line.Value("sample") is not { } sample)
            throw new CommandException("The tour starts servers of its own, so it needs the repository: run ./run tour there.");
        await using var stage = new Stage(host, host.FullPath(server), host.FullPath(sample), line.Has("keep"), cancellationToken);
        return await Story.PlayAsync(stage) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
