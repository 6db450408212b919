using System.Text;
using Daypass.Service.Audit;

namespace Daypass.Server.Setup;

/// <summary>The file that an administrator's keys are left in, in the format of an AWS credentials file, for its owner alone.</summary>
internal static class CredentialsFile
{
    public static string In(string dataDirectory) => Path.Combine(dataDirectory, "admin.credentials");

    /// <summary>
    /// Writes it; returns where it is. An older one is kept under another name: it may hold the only key of an installation, and whatever
    /// comes after this may still fail.
    /// </summary>
    /// <exception cref="StartException">It cannot be written.</exception>
    public static string Write(string dataDirectory, string accessKeyId, string secret)
    {
        var path = In(dataDirectory);
        var text = new StringBuilder()
            .Append("[default]\n")
            .Append("aws_access_key_id = ").Append(accessKeyId).Append('\n')
            .Append("aws_secret_access_key = ").Append(secret).Append('\n')
            .ToString();
        try
        {
            Directory.CreateDirectory(dataDirectory);
            KeepOlder(path);
            PrivateFile.Create(path, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            AuditJournalDisk.FlushNames(Path.GetFullPath(dataDirectory));
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The administrator's keys cannot be written to {path}: {failure.Message}");
        }
    }

    private static void KeepOlder(string path)
    {
        for (var number = 1; File.Exists(path); number++)
        {
            if (!File.Exists($"{path}.{number}"))
                File.Move(path, $"{path}.{number}", overwrite: false);
        }
    }
}
