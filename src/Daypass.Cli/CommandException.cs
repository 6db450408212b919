namespace Daypass.Cli;

/// <summary>The command cannot go on; the message is one sentence for the person who typed it, and says what to change.</summary>
internal sealed class CommandException(string message) : Exception(message);
