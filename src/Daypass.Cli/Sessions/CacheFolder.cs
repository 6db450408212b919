namespace Daypass.Cli.Sessions;

/// <summary>Where this program keeps what nobody else is to read and what it can do without.</summary>
internal static class CacheFolder
{
    public static string Of(Host host) =>
        Path.Combine(host.Variable("XDG_CACHE_HOME") is { } folder && Path.IsPathRooted(folder) ? folder : Path.Combine(host.HomeDirectory, ".cache"), "daypass");
}
