using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Daypass.Service.Audit;

/// <summary>What makes bytes and names durable.</summary>
internal static partial class AuditJournalDisk
{
    private const int Interrupted = 4;

    /// <summary>Returns when the file's bytes are durable. Of the metadata only what is needed to read them: one disk write, not two.</summary>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        while (DataSync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw new IOException($"fdatasync failed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Makes new and renamed files of a folder durable.</summary>
    public static void FlushNames(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"Cannot open {folder}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Flush(handle);
    }

    /// <summary>Replaces a small file so that a crash leaves the old text or the new.</summary>
    public static void Replace(string path, string text, bool durably)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        if (durably)
            using (var file = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
                Flush(file);
        File.Move(temporary, path, overwrite: true);
        if (durably)
            FlushNames(Path.GetDirectoryName(path)!);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    /// <summary>Tokens of sessions stand in the journal: its files are the owner's alone, wherever a backup puts them.</summary>
    public static void MakePrivate(SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
