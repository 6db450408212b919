using System.Text;

namespace Daypass.Server.Setup;

/// <summary>Files that only their owner may read: writes them, durable when it returns, and refuses to read one that others can.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

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

    /// <summary>The content of a file that holds a secret.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="what">What it is, for the sentence.</param>
    /// <param name="maxSize">More bytes than it can have.</param>
    /// <exception cref="StartException">It is missing, too long, or others can read it.</exception>
    public static byte[] Read(string path, string what, int maxSize)
    {
        try
        {
            // Of the file that was opened: what stands under its name may be another one a moment later.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
                throw new StartException($"The {what} {path} can be read by others; make it yours alone with: chmod 400 {path}");
            if (file.Length > maxSize)
                throw new StartException($"The {what} {path} is too long to be one.");
            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The {what} {path} cannot be read: {failure.Message}");
        }
    }
}
