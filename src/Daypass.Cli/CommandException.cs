using Daypass.Cli.Api;

namespace Daypass.Cli;

/// <summary>The command cannot go on; the message is one sentence for the person who typed it, and says what to change.</summary>
internal sealed class CommandException(string message) : Exception(message)
{
    /// <summary>What the service said, when it was reached and refused.</summary>
    public ApiFault? Fault { get; private init; }

    public static CommandException Refused(string action, ApiFault fault) =>
        new($"An error occurred ({fault.Code}) when calling the {action} operation: {fault.Message}") { Fault = fault };
}
