namespace Daypass.Bench.Servers;

/// <summary>Where the programs of this repository are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The built program of a project.</summary>
    public static string ProgramOf(string project) =>
        Path.Combine(Root, project, "bin", "Release", "net10.0", Path.GetFileName(project));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Daypass.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run ./bench inside the repository."));
}
