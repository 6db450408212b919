using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

internal sealed class VersionCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        host.WriteLine($"daypass {ProductVersion.Text}");
        return Task.FromResult(ExitCodes.Success);
    }
}
