using Daypass.Cli.Arguments;
using Daypass.Cli.Commands;

namespace Daypass.Cli;

/// <summary>Finds the command that the first word names, runs it, and turns what went wrong into one line and an exit code.</summary>
internal sealed class CommandRunner(Host host)
{
    // What is not in this table is the name of an API service.
    private static readonly Dictionary<string, Func<Host, ICommand>> Commands = new(StringComparer.Ordinal)
    {
        ["http"] = host => new HttpCommand(host),
        ["explain"] = host => new ExplainCommand(host),
        ["federation"] = host => new FederationCommand(host),
        ["clock"] = host => new ClockCommand(host),
        ["sessions"] = host => new SessionsCommand(host),
        ["keys"] = host => new KeysCommand(host),
        ["policy"] = host => new PolicyCommand(host),
        ["trail"] = host => new TrailCommand(host),
        ["simulate"] = host => new SimulateCommand(host),
        ["credential-process"] = host => new CredentialProcessCommand(host),
        ["login"] = host => new LoginCommand(host),
        ["exec"] = host => new ExecCommand(host),
        ["serve-credentials"] = host => new ServeCredentialsCommand(host),
        ["tour"] = host => new TourCommand(host),
        ["nodes"] = host => new NodesCommand(host),
        ["health"] = host => new HealthCommand(host),
        ["version"] = host => new VersionCommand(host),
        ["help"] = host => new HelpCommand(host),
        ["backup"] = _ => new ServerCommand("backup"),
        ["restore"] = _ => new ServerCommand("restore"),
        ["store"] = _ => new ServerCommand("store"),
    };

    public static IEnumerable<string> Names => Commands.Keys;

    /// <summary>The command of this name; one that is not in the table is a call to the API of that name.</summary>
    public static ICommand Find(Host host, string name) => Commands.TryGetValue(name, out var create) ? create(host) : new ApiCommand(host, name);

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var failureCode = ExitCodes.Failure;
        try
        {
            var name = arguments.Count == 0 ? "help" : NameOf(arguments[0]);
            var command = Find(host, name);
            failureCode = command.FailureCode;
            return await RunCommandAsync(name, command, arguments.Skip(1), cancellationToken);
        }
        catch (CommandException exception)
        {
            host.Error.WriteLine($"daypass: {exception.Message}");
            return exception.Fault is null ? failureCode : ExitCodes.ServiceError;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return failureCode;
        }
    }

    private Task<int> RunCommandAsync(string name, ICommand command, IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var line = CommandLine.Parse(words, command.Options, command.TakesAnyOption, command.TakesCommand);
        return line.Has("help") && name != "help"
            ? new HelpCommand(host).RunAsync(CommandLine.OfPositionals([name, .. line.Positionals]), cancellationToken)
            : command.RunAsync(line, cancellationToken);
    }

    private static string NameOf(string word) => word switch
    {
        "--help" or "-h" => "help",
        "--version" or "-v" => "version",
        _ when word.StartsWith('-') => throw new CommandException($"A command comes first, then its options such as {word}. 'daypass help' lists the commands."),
        _ => word,
    };
}
