namespace Daypass.Bench.Policies;

/// <summary>Where this repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Daypass.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run ./bench inside the repository."));
}
