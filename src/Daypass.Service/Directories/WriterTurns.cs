using System.Security.Cryptography;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// The lines in which this node's writers to a set wait once they have got in each other's way. Who stands at the head of a line that
/// keeps losing to other nodes pauses before it tries again, the longer the more often the line has lost: so the nodes come to take turns
/// too. A line is there only as long as somebody stands in it.
/// </summary>
internal sealed class WriterTurns(TimeProvider time)
{
    private const double FirstPause = 4;
    private const double LongestPause = 128;
    private readonly Lock _lock = new();
    private readonly Dictionary<SetId, Line> _lines = [];

    /// <summary>Whether writers to a set take turns at the moment.</summary>
    public bool HasLine(SetId set)
    {
        lock (_lock)
            return _lines.ContainsKey(set);
    }

    /// <summary>How many sets have a line.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _lines.Count;
        }
    }

    /// <summary>Waits for the turn; null when it did not come in time.</summary>
    public async ValueTask<Turn?> EnterAsync(SetId set, TimeSpan patience, CancellationToken cancellationToken)
    {
        Line? line;
        lock (_lock)
        {
            if (!_lines.TryGetValue(set, out line))
                _lines[set] = line = new Line();
            line.Writers++;
        }
        try
        {
            using var limit = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await line.Head.WaitAsync(either.Token);
            return new Turn(this, set, line, time);
        }
        catch (OperationCanceledException)
        {
            Leave(set, line);
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private void Leave(SetId set, Line line)
    {
        lock (_lock)
        {
            if (--line.Writers > 0)
                return;
            _lines.Remove(set);
            line.Head.Dispose();
        }
    }

    /// <summary>The right to write to a set, among this node's writers that take turns.</summary>
    internal sealed class Turn(WriterTurns turns, SetId set, Line line, TimeProvider time) : IDisposable
    {
        /// <summary>The line lost to another node.</summary>
        public void Lose() => line.Pause = Math.Min(LongestPause, Math.Max(FirstPause, line.Pause * 2));

        /// <summary>The line got its commit through: it comes back to speed slowly, or it would take what the others just let go.</summary>
        public void Win() => line.Pause = line.Pause < FirstPause ? 0 : line.Pause * 0.8;

        public Task PauseAsync(CancellationToken cancellationToken) =>
            line.Pause < 1 ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)line.Pause + 1)), time, cancellationToken);

        public void Dispose()
        {
            line.Head.Release();
            turns.Leave(set, line);
        }
    }

    internal sealed class Line
    {
        public SemaphoreSlim Head { get; } = new(1);

        public int Writers { get; set; }

        /// <summary>The longest pause before a try, in milliseconds. Only the head of the line touches it.</summary>
        public double Pause { get; set; }
    }
}
