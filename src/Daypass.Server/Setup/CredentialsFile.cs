using System.Text;
using Daypass.Service.Audit;

namespace Daypass.Server.Setup;

/// <summary>The file that an administrator's keys are left in, in the format of an AWS credentials file, for its owner alone.</summary>
internal static class CredentialsFile
{
    private const string IdLine = "aws_access_key_id = ";
    private const string SecretLine = "aws_secret_access_key = ";

    public static string In(string dataDirectory) => Path.Combine(dataDirectory, "admin.credentials");

    /// <summary>
    /// Writes it; returns where it is. An older one is kept under another name: it may hold the only key of an installation, and whatever
    /// comes after this may still fail.
    /// </summary>
    /// <exception cref="StartException">It cannot be written.</exception>
    public static string Write(string dataDirectory, string accessKeyId, string secret) => Write(In(dataDirectory), dataDirectory, accessKeyId, secret);

    /// <summary>Writes it under a name that nothing reads and that says what it is: keys that nobody knows yet to work.</summary>
    /// <exception cref="StartException">It cannot be written.</exception>
    public static void WritePending(string dataDirectory, string accessKeyId, string secret) => Write(PendingIn(dataDirectory), dataDirectory, accessKeyId, secret);

    /// <summary>All that wait, each with its key; with none where the writing was cut off.</summary>
    /// <exception cref="StartException">One cannot be read.</exception>
    public static IReadOnlyList<(string File, (string AccessKeyId, string Secret)? Key)> Pending(string dataDirectory) =>
        !Directory.Exists(dataDirectory) ? [] : Tried(
            dataDirectory, () => Directory.GetFiles(dataDirectory, Path.GetFileName(PendingIn(dataDirectory)) + "*").Select(file => (file, KeyIn(File.ReadAllLines(file)))).ToList());

    /// <summary>Gives keys that work their name; returns it.</summary>
    /// <exception cref="StartException">It cannot be done.</exception>
    public static string Confirm(string dataDirectory, string pending) => Tried(dataDirectory, () =>
    {
        var path = In(dataDirectory);
        KeepOlder(path);
        File.Move(pending, path, overwrite: false);
        AuditJournalDisk.FlushNames(Path.GetFullPath(dataDirectory));
        return path;
    });

    /// <summary>Takes away keys that do not work.</summary>
    /// <exception cref="StartException">It cannot be done.</exception>
    public static void Drop(string pending) => Tried(pending, () =>
    {
        File.Delete(pending);
        return true;
    });

    private static string PendingIn(string dataDirectory) => In(dataDirectory) + ".pending";

    private static (string AccessKeyId, string Secret)? KeyIn(string[] lines) =>
        lines is ["[default]", var id, var secret] && id.StartsWith(IdLine, StringComparison.Ordinal) && secret.StartsWith(SecretLine, StringComparison.Ordinal)
            ? (id[IdLine.Length..], secret[SecretLine.Length..])
            : null;

    private static string Write(string path, string dataDirectory, string accessKeyId, string secret) => Tried(path, () =>
    {
        var text = new StringBuilder()
            .Append("[default]\n")
            .Append(IdLine).Append(accessKeyId).Append('\n')
            .Append(SecretLine).Append(secret).Append('\n')
            .ToString();
        Directory.CreateDirectory(dataDirectory);
        KeepOlder(path);
        PrivateFile.Create(path, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AuditJournalDisk.FlushNames(Path.GetFullPath(dataDirectory));
        return path;
    });

    private static T Tried<T>(string path, Func<T> work)
    {
        try
        {
            return work();
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
