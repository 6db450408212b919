using Daypass.Server.Backups;
using Daypass.Server.Setup;
using Daypass.Testing;

namespace Daypass.Server.Tests.Setup;

/// <summary>What README.md and the guides tell people to start exists, with these options.</summary>
public sealed class DocumentedServerCommandsTests
{
    private static readonly string[] Starts = ["./run --", "./run backup", "./run restore", "./run store "];

    public static TheoryData<string, string> Commands
    {
        get
        {
            var found = new TheoryData<string, string>();
            foreach (var page in (string[])[Path.Combine(Checkout.Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs/guide"), "*.md")])
            {
                foreach (var command in File.ReadLines(page).SelectMany(In).Distinct())
                    found.Add(Path.GetFileName(page), command);
            }
            return found;
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_the_documentation_is_one_that_the_server_program_takes(string page, string command) =>
        Assert.True(Problem(command) is null, $"{page}: {command}\n{Problem(command)}");

    [Theory]
    [InlineData("./run --store @file --initialize")]
    [InlineData("./run --data-dir")]
    [InlineData("./run backup --too FILE")]
    [InlineData("./run restore FILE --previously old")]
    [InlineData("./run store copy --form data --to moved")]
    [InlineData("./run store move --from data --to moved")]
    public void A_command_that_has_rotted_is_found(string command) => Assert.NotNull(Problem(command));

    [Fact]
    public void The_pages_have_commands_of_every_kind() =>
        Assert.All(Starts, start => Assert.Contains(Commands, row => ((string)row[1]).StartsWith(start, StringComparison.Ordinal)));

    // Between backticks, or a line of its own; two spaces end a command, and what follows tells about it.
    private static IEnumerable<string> In(string line)
    {
        var text = line.Trim();
        var candidates = text.Contains('`') ? text.Split('`').Where((_, at) => at % 2 == 1) : [text.StartsWith("$ ", StringComparison.Ordinal) ? text[2..] : text];
        return candidates.Where(candidate => Starts.Any(start => candidate.StartsWith(start, StringComparison.Ordinal)));
    }

    private static string? Problem(string command)
    {
        // Alignment inside a command is of spaces before an option.
        var words = command.Split("  ", StringSplitOptions.RemoveEmptyEntries).TakeWhile((part, at) => at == 0 || part.TrimStart().StartsWith('-'))
            .SelectMany(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Skip(1).ToArray();
        try
        {
            if (words is ["backup", .. var backup])
                CommandArguments.Read(BackupCommand.Usage, backup);
            else if (words is ["restore", .. var restore])
                CommandArguments.Read(RestoreCommand.Usage, restore);
            else if (words is ["store", "copy", .. var copy])
                CommandArguments.Read(CopyCommand.Usage, copy);
            else if (words is ["store", "reopen", .. var reopen])
                CommandArguments.Read(ReopenCommand.Usage, reopen);
            else if (words is not ["--help"])
                OptionsReader.Read(words, _ => null);
            return null;
        }
        catch (StartException refusal)
        {
            return refusal.Message;
        }
    }
}
