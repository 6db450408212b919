using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

/// <summary>A command that the server program has, because it needs the store and the master key: says where it is.</summary>
internal sealed class ServerCommand(string name) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [];

    public bool TakesAnyOption => true;

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken) =>
        throw new CommandException($"'{name}' works on the store itself, so it is a command of the server program, on the server's machine: ./run {name} --help.");
}
