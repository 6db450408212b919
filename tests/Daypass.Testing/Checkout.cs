namespace Daypass.Testing;

/// <summary>Where the checkout and its built programs are.</summary>
public static class Checkout
{
    public static string Root { get; } = Find();

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static string ServerProgram => Path.Combine(Root, "src/Daypass.Server/bin", Configuration, "net10.0/Daypass.Server.dll");

    public static string BucketProgram => Path.Combine(Root, "samples/BucketService/bin", Configuration, "net10.0/BucketService.dll");

    public static string HostProgram => Path.Combine(Root, "samples/HostService/bin", Configuration, "net10.0/HostService.dll");

    /// <summary>The client, for what it does as a process: signals, outputs, exit codes.</summary>
    public static string ClientProgram => Path.Combine(Root, "src/Daypass.Cli/bin", Configuration, "net10.0/daypass.dll");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Daypass.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
