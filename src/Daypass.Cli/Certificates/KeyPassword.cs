using Daypass.Cli.Arguments;

namespace Daypass.Cli.Certificates;

/// <summary>
/// The password of an encrypted private key. From a file or a variable and never from an option itself: the options of a process are for all to see, and
/// nobody can be asked for it where a client runs the command.
/// </summary>
internal sealed record KeyPassword(Host Host, string? File)
{
    public const string Option = "key-password-file";
    public const string Variable = "DAYPASS_KEY_PASSWORD";

    /// <summary>How to say it, for messages.</summary>
    public const string Advice = $"Put its password into a file for --{Option}, or into {Variable}.";

    public static KeyPassword Of(Host host, CommandLine line) => new(host, line.Value(Option));

    /// <summary>Null when none is given.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public string? Read()
    {
        if (File is null)
            return Host.Variable(Variable);
        var path = Host.FullPath(File);
        try
        {
            // An editor's end of line is no part of it.
            return System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The file '{path}' of the private key's password cannot be read: {exception.Message}");
        }
    }
}
