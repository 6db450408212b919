namespace Daypass.Cli.Printing;

internal static class Shell
{
    /// <summary>What a server sends must not become a command: single quotes hold all but themselves.</summary>
    public static string Quote(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
