using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Daypass.Cli.Credentials;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Tour;

/// <summary>
/// Where the tour plays: a temporary directory, the servers in it, and the client, run as a user would run it. Every step says what it
/// promises; what does not keep it throws.
/// </summary>
internal sealed class Stage(Host host, string serverDll, string sampleDll, bool keep, CancellationToken cancellationToken) : IAsyncDisposable
{
    public const string Account = "111122223333";
    private static readonly string[] LogNames = ["server.log", "service.log"];
    private const string AdminKey = "AKTOURADMIN";

    // A change of policy, or of the clock, is known to a protected service within seconds (design, section 7).
    private static readonly TimeSpan FollowTime = TimeSpan.FromSeconds(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("daypass-tour-").FullName;
    private readonly string _adminSecret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
    private readonly List<ChildProcess> _children = [];
    private readonly Dictionary<string, string> _memory = new(StringComparer.Ordinal);
    private readonly bool _hasAws = (host.Variable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "aws")));

    /// <summary>Set when the tour is interrupted.</summary>
    public CancellationToken Stopping => cancellationToken;

    public Page Page { get; } = new(host);

    public string Daypass { get; private set; } = "";

    public string Buckets { get; } = $"http://127.0.0.1:{ChildProcess.FreePort()}";

    public int Allowed { get; private set; }

    public int Refused { get; private set; }

    private string CredentialsPath => Path.Combine(_directory, "credentials");

    public async Task StartServerAsync()
    {
        Daypass = $"http://127.0.0.1:{ChildProcess.FreePort()}";
        var variables = new Dictionary<string, string>
        {
            ["DAYPASS_BOOTSTRAP_ACCOUNT_ID"] = Account,
            ["DAYPASS_BOOTSTRAP_ACCESS_KEY_ID"] = AdminKey,
            ["DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY"] = _adminSecret,
        };
        CredentialsFile.Save(CredentialsPath, "admin", new AccessKey(AdminKey, _adminSecret, null, ""));
        var arguments = new[] { "--urls", Daypass, "--data-dir", Path.Combine(_directory, "data"), "--movable-clock" };
        await StartAsync("The server", serverDll, arguments, new Uri(Daypass + "/health/live"), variables);
    }

    public Task StartBucketsAsync()
    {
        var arguments = new[]
        {
            "--urls", Buckets, "--data-dir", Path.Combine(_directory, "buckets"), "--daypass", Daypass,
            "--credentials", Path.Combine(_directory, "bucket-service.credentials"), "--region", "us-east-1",
        };
        return StartAsync("The bucket service", sampleDll, arguments, new Uri(Buckets), []);
    }

    /// <summary>Keeps what one chapter learns and a later one needs.</summary>
    public void Remember(string name, string value) => _memory[name] = value;

    public string Recall(string name) => _memory[name];

    /// <summary>What a user types once, so that the commands stay short.</summary>
    public void ShowSurroundings()
    {
        Page.Paragraph($"A server was started on {Daypass}. The commands run in {_directory}, where the files are that they name; ./run is the repository's.");
        Page.Command($"export DAYPASS_ENDPOINT_URL={Daypass} DAYPASS_CREDENTIALS_FILE=$PWD/credentials");
        if (_hasAws)
            Page.Command("export AWS_SHARED_CREDENTIALS_FILE=$PWD/credentials");
    }

    /// <summary>A file in the tour's directory, shown.</summary>
    public async Task WriteFileAsync(string name, string content)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, name), content + "\n", cancellationToken);
        Page.FileContent(name, content);
    }

    /// <summary>Runs a command that must be allowed, and whose output must say something.</summary>
    public async Task<Outcome> AllowAsync(string command, string promise, string says = "", string? aws = null)
    {
        var outcome = await ShowAsync(command, aws);
        Judge(promise, outcome.ExitCode == ExitCodes.Success && outcome.Text.Contains(says, StringComparison.Ordinal));
        Allowed++;
        return outcome;
    }

    /// <summary>Runs a command that must be refused with an error that contains all of some words.</summary>
    public async Task<Outcome> RefuseAsync(string command, string promise, string[] says, string? aws = null, bool soon = false)
    {
        var outcome = soon ? await UntilRefusedAsync(command, aws) : await ShowAsync(command, aws);
        Judge(promise, IsRefused(outcome) && says.All(word => outcome.Text.Contains(word, StringComparison.Ordinal)));
        Refused++;
        return outcome;
    }

    /// <summary>Runs a command without showing it.</summary>
    public async Task<Outcome> RunAsync(string command)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var own = new Host
        {
            Output = output,
            Error = error,
            Variable = name => name switch { "DAYPASS_ENDPOINT_URL" => Daypass, "DAYPASS_CREDENTIALS_FILE" => CredentialsPath, _ => null },
            HomeDirectory = _directory,
            CurrentDirectory = _directory,
        };
        var exitCode = await new CommandRunner(own).RunAsync(command.Split(' '), cancellationToken);
        return new Outcome(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public void Judge(string promise, bool isKept)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
        Page.Kept(promise);
    }

    /// <summary>The ends of the servers' logs, for somebody who has to find out what went wrong.</summary>
    public string Logs() => Masked(string.Join('\n', LogNames.Select(name => Path.Combine(_directory, name)).Where(File.Exists)
        .Select(path => $"{Path.GetFileName(path)}:\n{string.Join('\n', File.ReadLines(path).TakeLast(20))}")));

    public async ValueTask DisposeAsync()
    {
        foreach (var child in Enumerable.Reverse(_children))
            await child.DisposeAsync();
        if (keep)
            Page.Paragraph($"The tour's files are kept in {_directory}");
        else
            Directory.Delete(_directory, recursive: true);
    }

    private async Task StartAsync(string name, string dll, string[] arguments, Uri ready, Dictionary<string, string> variables)
    {
        var child = ChildProcess.Start(name, dll, arguments, Path.Combine(_directory, name.Split(' ')[^1] + ".log"), variables);
        _children.Add(child);
        await child.WaitUntilReadyAsync(ready, cancellationToken);
    }

    private async Task<Outcome> ShowAsync(string command, string? aws)
    {
        ShowCommand(command, aws);
        var outcome = await RunAsync(command);
        Page.Output(Masked(outcome.Text));
        return outcome;
    }

    // The same command again and again until the service has followed: once is enough when it has.
    private async Task<Outcome> UntilRefusedAsync(string command, string? aws)
    {
        ShowCommand(command, aws);
        var waited = Stopwatch.StartNew();
        var outcome = await RunAsync(command);
        while (!IsRefused(outcome) && waited.Elapsed < FollowTime)
        {
            await Task.Delay(250, cancellationToken);
            outcome = await RunAsync(command);
        }
        Page.Output(Masked(outcome.Text));
        return outcome;
    }

    private void ShowCommand(string command, string? aws)
    {
        // A shell would take a question mark for a pattern.
        Page.Command($"./run cli {string.Join(' ', command.Split(' ').Select(word => word.Contains('?') ? $"'{word}'" : word))}");
        if (_hasAws && (aws ?? AwsLine.Of(command)) is { } line)
            Page.OtherCommand($"{line} --endpoint-url {(aws is null ? Daypass : Buckets)} --region us-east-1");
    }

    private static bool IsRefused(Outcome outcome) => outcome.ExitCode == ExitCodes.ServiceError || outcome.Error.StartsWith("HTTP 4", StringComparison.Ordinal);

    // No step asks for a secret to be shown; should one be, it is not. Nor are the encoded messages of refusals, which nobody can read.
    private string Masked(string text) => SecretMask.Apply(EncodedMessage.Shorten(text), CredentialsFile.TryRead(CredentialsPath));
}
