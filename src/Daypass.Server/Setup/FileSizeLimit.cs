using System.Runtime.InteropServices;

namespace Daypass.Server.Setup;

/// <summary>
/// A process that writes beyond its limit of file sizes (<c>ulimit -f</c>) is ended by a signal, unless it takes it. Taken, it is a write that
/// fails, like one on a full disk: refused calls, and not a dead server.
/// </summary>
internal static class FileSizeLimit
{
    // SIGXFSZ, on Linux and on macOS.
    private const PosixSignal Exceeded = (PosixSignal)25;

    public static IDisposable? TakeSignal() => OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(Exceeded, signal => signal.Cancel = true);
}
