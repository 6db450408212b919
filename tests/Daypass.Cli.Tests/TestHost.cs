using System.Text;

namespace Daypass.Cli.Tests;

/// <summary>A world of its own for one command: variables, directories, and what was printed.</summary>
internal sealed class TestHost : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("daypass-cli-");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Error => _error.ToString();

    public string Folder => _directory.FullName;

    public string Home => Path.Combine(_directory.FullName, "home");

    /// <summary>What is piped in.</summary>
    public string Input { get; set; } = "";

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Host Host => new()
    {
        Input = new StringReader(Input),
        Output = _output,
        Error = _error,
        Variable = Variables.GetValueOrDefault,
        HomeDirectory = Home,
        CurrentDirectory = _directory.FullName,
        Clock = Clock,
    };

    public void WithKey(string id = "AKIDEXAMPLE", string secret = "SECRETEXAMPLE")
    {
        Variables["AWS_ACCESS_KEY_ID"] = id;
        Variables["AWS_SECRET_ACCESS_KEY"] = secret;
    }

    public string WriteFile(string path, string text)
    {
        var full = Path.Combine(_directory.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public Task<int> RunAsync(params string[] arguments) => new CommandRunner(Host).RunAsync(arguments, CancellationToken.None);

    public void Dispose() => _directory.Delete(recursive: true);
}
