namespace Daypass.Cli.Processes;

/// <summary>Finds the program of a command as a shell does: on the PATH only. .NET looks beside itself and in the current folder first.</summary>
internal static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string? Find(Host host, string name)
    {
        if (OperatingSystem.IsWindows())
            return name;
        if (name.Contains('/'))
            return host.FullPath(name) is var path && IsProgram(path) ? path : null;
        return (host.Variable("PATH") ?? "").Split(':').Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyExecute) != 0;
}
