using System.Runtime.InteropServices;

namespace Daypass.Cli.Processes;

/// <summary>Hands the signals that this process gets to its child, and lives on to tell how the child ended.</summary>
internal sealed class Signals : IDisposable
{
    // Numbers that every Unix gives these.
    private static readonly Dictionary<PosixSignal, int> Numbers = new() { [PosixSignal.SIGHUP] = 1, [PosixSignal.SIGINT] = 2, [PosixSignal.SIGQUIT] = 3, [PosixSignal.SIGTERM] = 15 };

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly List<PosixSignal> _waiting = [];
    private readonly Lock _lock = new();
    private int _child;

    public Signals() => _registrations.AddRange(Numbers.Keys.Select(signal => PosixSignalRegistration.Create(signal, Pass)));

    /// <summary>From now on this process gets them, those that came while it was being started first.</summary>
    public void PassTo(int child)
    {
        lock (_lock)
        {
            _child = child;
            _waiting.ForEach(signal => Send(child, Numbers[signal]));
        }
    }

    /// <summary>The child has ended: its number may be another's.</summary>
    public void Stop()
    {
        lock (_lock)
            _child = 0;
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Pass(PosixSignalContext context)
    {
        context.Cancel = true;
        if (OperatingSystem.IsWindows() || (context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && IsInForeground()))
            return;
        lock (_lock)
        {
            if (_child > 0)
                _ = Send(_child, Numbers[context.Signal]);
            else
                _waiting.Add(context.Signal);
        }
    }

    // Keys that are pressed at a terminal go to all who stand in its foreground: the child has had the signal.
    private static bool IsInForeground()
    {
        try
        {
            using var terminal = File.OpenHandle("/dev/tty");
            return ForegroundGroup((int)terminal.DangerousGetHandle()) == OwnGroup();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);

    [DllImport("libc", EntryPoint = "tcgetpgrp")]
    private static extern int ForegroundGroup(int terminal);

    [DllImport("libc", EntryPoint = "getpgrp")]
    private static extern int OwnGroup();
}
