using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Daypass.Bench.Floor;

/// <summary>
/// What durability costs by itself: bytes into a file that was filled with zeroes before, one write and one fdatasync for all who came
/// while the last flush ran.
/// </summary>
internal sealed partial class GroupFlush : IDisposable
{
    private const int Capacity = 64 << 20;
    private readonly object _gate = new();
    private readonly SafeFileHandle _file;
    private readonly byte[] _event;
    private readonly byte[] _group = new byte[4 << 20];
    private TaskCompletionSource _durable = Signal();
    private int _waiting;
    private bool _closing;

    public GroupFlush(string path, int bytes)
    {
        _event = new byte[bytes];
        Array.Fill(_event, (byte)'e');
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        RandomAccess.Write(_file, new byte[Capacity], 0);
        RandomAccess.FlushToDisk(_file);
        new Thread(Run) { IsBackground = true }.Start();
    }

    /// <summary>Completes when an event's bytes are durable.</summary>
    public Task WriteAsync()
    {
        lock (_gate)
        {
            _waiting++;
            Monitor.Pulse(_gate);
            return _durable.Task;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var at = 0L;
        while (Take() is (> 0 and var count, var durable))
        {
            var length = Math.Min(count * _event.Length, _group.Length);
            for (var i = 0; i + _event.Length <= length; i += _event.Length)
                _event.CopyTo(_group, i);
            at = at + length > Capacity ? 0 : at;
            RandomAccess.Write(_file, _group.AsSpan(0, length), at);
            if (DataSync(_file) != 0)
                throw new IOException("fdatasync failed.");
            at += length;
            durable.SetResult();
        }
        _file.Dispose();
    }

    private (int Count, TaskCompletionSource Durable) Take()
    {
        lock (_gate)
        {
            while (_waiting == 0 && !_closing)
                Monitor.Wait(_gate);
            var taken = (_waiting, _durable);
            (_waiting, _durable) = (0, Signal());
            return taken;
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);
}
