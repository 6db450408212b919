using Daypass.Cli.Arguments;
using Daypass.Cli.Credentials;

namespace Daypass.Cli.Login;

/// <summary>Where a profile of the AWS CLI is written, and what is written there.</summary>
internal sealed class ProfilePlace(Host host, string profile)
{
    public string ConfigFile { get; } = host.Variable("AWS_CONFIG_FILE") is { } named ? host.FullPath(named) : Path.Combine(host.HomeDirectory, ".aws", "config");

    private string CredentialsPath => host.Variable("AWS_SHARED_CREDENTIALS_FILE") is { } named ? host.FullPath(named) : Path.Combine(host.HomeDirectory, ".aws", "credentials");

    /// <summary>Before anybody signs in: whether the profile can be written at all, and would be what AWS tools then use.</summary>
    /// <exception cref="CommandException">It cannot, or would not.</exception>
    public void Check()
    {
        if (CredentialsFile.TryRead(CredentialsPath)?.Profiles.Contains(profile) == true)
            throw new CommandException($"'{CredentialsPath}' has a profile '{profile}', which AWS tools prefer to one that signs in: choose another --profile, or take it out there.");
        new ProfileFile(ConfigFile, profile).Check();
    }

    public void Write(LoginTerms terms, CommandLine line) => new ProfileFile(ConfigFile, profile).Write(
        $"{Program()} login --profile {profile} --renew", terms.Endpoint.ToString().TrimEnd('/'), new Connection(host, line).Region, keepsRegion: !line.Has("region"));

    // Quoted as both clients that split words themselves and those that use a shell take it.
    private static string Program()
    {
        var program = Environment.ProcessPath!;
        string[] words = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "daypass.dll")] : [program];
        return string.Join(' ', words.Select(Quoted));
    }

    private static string Quoted(string word) =>
        word.AsSpan().ContainsAny("\"$`\\\n") && !OperatingSystem.IsWindows() ? throw new CommandException($"A profile cannot run '{word}', whose path has characters that shells read otherwise.")
        : word.Any(char.IsWhiteSpace) || word.AsSpan().ContainsAny("'&|;<>()*?#~") ? $"\"{word}\"" : word;
}
