namespace Daypass.Cli.Credentials;

/// <summary>Files that hold secrets: their owner's alone, from the moment that they exist.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file is put in the old one's place: whoever reads meanwhile sees one or the other, whole.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Replace(string what, string path, string text) => Replace(what, path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Replace(string, string, string)"/>
    public static void Replace(string what, string path, byte[] content)
    {
        try
        {
            CreateFolderOf(path);
            var temporary = path + ".new";
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = Owner;
            using (var file = new FileStream(temporary, options))
                file.Write(content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The {what} '{path}' cannot be written: {exception.Message}");
        }
    }

    /// <summary>The text of a file that only its owner can read or write; null when there is none, or when others could have read or written it.</summary>
    public static string? TryRead(string path)
    {
        try
        {
            if (!File.Exists(path) || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~Owner) != 0))
                return null;
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void CreateFolderOf(string file)
    {
        var path = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }
}
