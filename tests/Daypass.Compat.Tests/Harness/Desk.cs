using System.Text.Json.Nodes;
using Daypass.Testing;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A person's own machine: a home folder, the client, a real browser that a script drives, and the AWS CLI.</summary>
internal sealed class Desk(World world, string generation)
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public string Home { get; } = world.Folder("home");

    private string Log => Path.Combine(Home, "browser.log");

    /// <summary>What the browser's script, and all else here, finds in its environment.</summary>
    public string this[string variable]
    {
        get => _environment[variable];
        set => _environment[variable] = value;
    }

    /// <summary><c>daypass login</c> with the browser's script; both must go well.</summary>
    public async Task<Finished> SignInAsync(string script, params string[] options)
    {
        File.Delete(Log);
        using var givenUp = new CancellationTokenSource();
        var login = LoginAsync(script, options, givenUp.Token);
        while (!login.IsCompleted && !File.Exists(Log))
            await Task.Delay(100, CancellationToken.None);
        var browser = await BrowserAsync();
        // The command would wait for minutes for a browser that has given up.
        if (browser != "went well")
            await givenUp.CancelAsync();
        var finished = await login;
        Assert.True(finished.ExitCode == 0 && browser == "went well", $"{finished}\n{browser}");
        return finished;
    }

    /// <summary>How it went in the browser, which is closed a moment after the person is done, and says so then.</summary>
    public async Task<string> BrowserAsync()
    {
        for (var i = 0; i < 600 && !File.Exists(Log); i++)
            await Task.Delay(100);
        return File.Exists(Log) ? await File.ReadAllTextAsync(Log) : "The browser did not say how it went.";
    }

    /// <summary>The browser alone, from an address on.</summary>
    public async Task BrowseAsync(string script, Uri address)
    {
        var finished = await External.RunAsync(SearchPath.Find("node")!, [Script, script, address.AbsoluteUri], new Dictionary<string, string>(_environment) { ["BROWSER_LOG"] = Log }, Home);
        Assert.True(await BrowserAsync() == "went well", $"{finished}\n{await BrowserAsync()}");
    }

    private static string Script => Path.Combine(Tool.ScriptFolder("node"), "browser.mjs");

    public Task<Finished> LoginAsync(string script, params string[] options) => LoginAsync(script, options, CancellationToken.None);

    private Task<Finished> LoginAsync(string script, string[] options, CancellationToken givenUp) => DaypassAsync(
        new() { ["BROWSER"] = $"{SearchPath.Find("node")} {Script} {script}", ["BROWSER_LOG"] = Log },
        options is ["--profile", ..] ? ["login", .. options] : ["login", "--profile", "corp", "--endpoint-url", world.Server.Endpoint.ToString(), .. options],
        givenUp: givenUp);

    /// <summary><c>daypass login --device</c>; the browser's script, which is on another machine for all that it knows, types the code that the command says.</summary>
    public async Task<Finished> LoginByCodeAsync(string? script, params string[] options)
    {
        var browsing = Task.CompletedTask;
        void Hear(string line)
        {
            if (script is not null && line.Split(' ') is ["Go", "to", var address, .., "code", var code])
                (this["BROWSER_CODE"], browsing) = (code, Task.Run(() => BrowseAsync(script, new Uri(address))));
        }
        var finished = await DaypassAsync([], ["login", "--profile", "corp", "--endpoint-url", world.Server.Endpoint.ToString(), "--device", .. options], Hear);
        await browsing;
        return finished;
    }

    public Task<Finished> DaypassAsync(Dictionary<string, string> more, params string[] words) => DaypassAsync(more, words, heard: null);

    private Task<Finished> DaypassAsync(Dictionary<string, string> more, string[] words, Action<string>? heard = null, CancellationToken givenUp = default)
    {
        var environment = _environment.Concat(more).ToDictionary(StringComparer.Ordinal);
        return External.RunAsync("dotnet", [Checkout.ClientProgram, .. words], environment, Home, heard: heard, givenUp: givenUp);
    }

    /// <summary>Who the profile is for the AWS CLI, with no option but its name. The old one knows no endpoint in profiles.</summary>
    public async Task<string> WhoAmIAsync()
    {
        var finished = await AwsAsync();
        Assert.True(finished.ExitCode == 0, finished.ToString());
        return finished.Output;
    }

    public async Task<Finished> AwsAsync()
    {
        var environment = _environment.Concat(new Dictionary<string, string> { ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_PAGER"] = "" }).ToDictionary(StringComparer.Ordinal);
        var aws = Tool.Program(Tool.AwsCli, generation);
        var isOld = (await External.RunAsync(aws, ["--version"], environment, Home)).Output.StartsWith("aws-cli/2.9.", StringComparison.Ordinal);
        string[] place = isOld ? ["--endpoint-url", world.Server.Endpoint.ToString()] : [];
        return await External.RunAsync(aws, ["--profile", "corp", .. place, "sts", "get-caller-identity", "--query", "Arn", "--output", "text"], environment, Home);
    }

    /// <summary>The kept session, for tests that cannot wait for it to end.</summary>
    public JsonObject Kept
    {
        get => (JsonObject)JsonNode.Parse(File.ReadAllText(KeptFile))!;
        set => File.WriteAllText(KeptFile, value.ToJsonString());
    }

    /// <summary>Lets the kept session be over.</summary>
    public void EndSession()
    {
        var kept = Kept;
        kept["Session"]!["Expiration"] = "2020-01-01T00:00:00Z";
        Kept = kept;
    }

    private string KeptFile => Assert.Single(Directory.EnumerateFiles(Path.Combine(Home, ".cache/daypass/logins"), "*.json"));
}
