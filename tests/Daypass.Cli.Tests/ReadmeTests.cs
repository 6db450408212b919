using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Commands;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Tests;

/// <summary>What README.md and the guides tell people to type exists: commands, actions, parameters, options.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly TestHost _host = new();

    public static IEnumerable<object[]> Commands => DocumentedCommands.All.Select(found => new object[] { found.Page, found.Command });

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_the_documentation_is_one_that_the_client_takes(string page, string command)
    {
        var problem = ProblemOf(command);
        Assert.True(problem is null, $"{page}: {command}\n{problem}");
    }

    [Theory]
    [InlineData("./run cli iam create-user --user-nme alice")]
    [InlineData("./run cli iam create-usr --user-name alice")]
    [InlineData("./run cli iam make-user --user-name alice")]
    [InlineData("./run cli iam create-user")]
    [InlineData("./run cli aim create-user --user-name alice")]
    [InlineData("./run cli http GET http://127.0.0.1:1/ --servce s3")]
    [InlineData("./run cli clock forward 1h")]
    [InlineData("./run cli exec -- aws sts get-caller-identity")]
    [InlineData("./run cli credential-process --role arn:aws:iam::111122223333:role/reader")]
    [InlineData("aws --endpoint-url http://127.0.0.1:8450 iam create-user --name alice")]
    [InlineData("aws --endpoint http://127.0.0.1:8450 sts get-caller-identity")]
    public void A_command_that_has_rotted_is_found(string command) => Assert.NotNull(ProblemOf(command));

    [Fact]
    public void Commands_are_found_wherever_a_page_has_them()
    {
        const string page = "Type `./run cli help`, or:\n\n    $ ./run cli iam get-user \\\n        --user-name 'a b'    # who\n    aws sts get-caller-identity\n    ./run\n";
        Assert.Equal(
            [["./run", "cli", "help"], ["./run", "cli", "iam", "get-user", "--user-name", "a b"], ["aws", "sts", "get-caller-identity"]],
            DocumentedCommands.In(page).Select(DocumentedCommands.Words));
    }

    [Fact]
    public void Every_page_has_commands_to_check() =>
        Assert.Equal(DocumentedCommands.Pages.Select(Path.GetFileName).Order(), DocumentedCommands.All.Select(found => found.Page).Distinct().Order());

    public void Dispose() => _host.Dispose();

    private string? ProblemOf(string command)
    {
        var words = DocumentedCommands.Words(command).ToList();
        try
        {
            if (words[0] == "aws")
                CheckAws(words[1..]);
            else
                Check(words[2..]);
            return null;
        }
        catch (CommandException refusal)
        {
            return refusal.Message;
        }
    }

    private static readonly string[] OfAnswers = ["--query", "--bootstrap-method", "--outfile"];

    // The AWS CLI takes its own options before the service, too.
    private void CheckAws(List<string> words)
    {
        var service = words.FindIndex(word => ApiService.All.Any(each => each.Name == word));
        if (service < 0 || words[service] == "daypass")
            throw new CommandException("The AWS CLI has no such service.");
        List<string> call = [.. words[service..], .. words[..service]];
        // What the AWS CLI makes of an answer is its own affair.
        foreach (var own in OfAnswers)
        {
            if (call.IndexOf(own) is var option and > 0)
                call.RemoveRange(option, 2);
        }
        Check(call);
    }

    private void Check(List<string> words)
    {
        var command = CommandRunner.Find(_host.Host, words[0]);
        var line = CommandLine.Parse(words.Skip(1), command.Options, command.TakesAnyOption, command.TakesCommand);
        if (command is ApiCommand)
            CheckCall(words[0], line);
        else if (command is CredentialProcessCommand or ExecCommand or ServeCredentialsCommand)
            SessionRequest.Read(_host.Host, line);
        else if (command is ClockCommand && line.Positionals is not (["show"] or ["advance", _]))
            throw new CommandException("The clock can be shown and advanced.");
        else if (command is HelpCommand && line.Positionals is [var topic, ..])
            CommandRunner.Find(_host.Host, topic);
    }

    private void CheckCall(string api, CommandLine line)
    {
        var service = ApiCommand.FindService(api);
        // What the page has its reader write before.
        foreach (var word in line.Others.SelectMany(option => option.Value).Where(word => word.StartsWith("file://", StringComparison.Ordinal)))
            _host.WriteFile(word["file://".Length..], "{}");
        var call = ApiCall.Read(service, line, "us-east-1", new ValueReader(_host.Host));
        if (!service.Actions.ContainsKey(call.Action))
            throw new CommandException($"The server has no action {call.Action}.");
    }
}
