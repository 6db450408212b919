using Daypass.Server.Setup;

namespace Daypass.Server.Backups;

/// <summary>
/// What the server program does instead of serving: commands on a store that need its engine and the master key.
/// Called by: the program's start.
/// </summary>
internal static class StoreCommands
{
    /// <summary>The command that the arguments name, or null when they start a server.</summary>
    public static Func<CancellationToken, Task<string>>? Find(string[] args) => args switch
    {
        ["backup", .. var rest] => cancellationToken => new BackupCommand(CommandArguments.Read(BackupCommand.Usage, rest)).RunAsync(cancellationToken),
        ["restore", .. var rest] => cancellationToken => new RestoreCommand(CommandArguments.Read(RestoreCommand.Usage, rest)).RunAsync(cancellationToken),
        ["store", "copy", .. var rest] => cancellationToken => new CopyCommand(CommandArguments.Read(CopyCommand.Usage, rest)).RunAsync(cancellationToken),
        ["store", "reopen", .. var rest] => cancellationToken => new ReopenCommand(CommandArguments.Read(ReopenCommand.Usage, rest)).RunAsync(cancellationToken),
        ["store", ..] => throw new StartException("There are the commands 'store copy' and 'store reopen'; each tells its options with --help."),
        _ => null,
    };
}
