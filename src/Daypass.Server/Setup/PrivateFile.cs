using System.Text;

namespace Daypass.Server.Setup;

/// <summary>Writes files that only their owner may read, durable when it returns.</summary>
internal static class PrivateFile
{
    /// <summary>Makes the file with this mode and content; fails when it exists.</summary>
    public static void Create(string path, string content, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(content));
        file.Flush(flushToDisk: true);
    }
}
