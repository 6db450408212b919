using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

/// <summary>One word after <c>daypass</c>.</summary>
internal interface ICommand
{
    IReadOnlyList<OptionRule> Options { get; }

    /// <summary>Whether options that are not in <see cref="Options"/> are parameters of an API action.</summary>
    bool TakesAnyOption => false;

    /// <summary>Whether what follows <c>--</c> is a command of others, its words its own affair.</summary>
    bool TakesCommand => false;

    /// <summary>What the process ends with when the command line is wrong, there are no credentials, or the server cannot be reached.</summary>
    int FailureCode => ExitCodes.Failure;

    Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken);
}
