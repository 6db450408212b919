namespace Daypass.Service.Audit;

/// <summary>
/// A node's own append-only journal of events, durable before any answer leaves (design, section 6). Owns: the folder's segments, the
/// node's id, the numbering. Called by: the pipeline to append, <see cref="AuditShipper"/> to read and mark. While one group is being
/// flushed the next one fills, so that many callers share a flush.
/// </summary>
internal sealed class AuditJournal : IAsyncDisposable
{
    private const string NotWritten = "The audit journal cannot be written; it is tried again every second.";

    private readonly string _folder;
    private readonly AuditJournalOptions _options;
    private readonly FileStream _lock;
    private readonly AuditJournalBacklog _backlog;
    private readonly AuditJournalWriter _writer;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private AuditJournalGroup _filling;
    private byte[]? _spareBuffer;
    private AuditJournalNode _node;
    private Exception? _failure;
    private long _lastSequence;
    private bool _closing;

    private AuditJournal(
        string folder, AuditJournalOptions options, FileStream @lock, List<AuditJournalSegment> segments, IReadOnlyList<string> setAside)
    {
        (_folder, _options, _lock, SetAside) = (folder, options, @lock, setAside);
        _node = AuditJournalNode.OpenOrMake(folder);
        _backlog = new AuditJournalBacklog(segments);
        _backlog.MarkShipped(Math.Max(_node.Floor, AuditJournalNode.ReadShipped(folder)));
        _writer = new AuditJournalWriter(folder, options, _backlog);
        _lastSequence = RecoveredSequence = segments[^1].Last;
        Room = new AuditRoom(folder, options, () => (double)_backlog.Bytes / options.MaxBacklogBytes);
        _filling = new AuditJournalGroup(new byte[1 << 16]);
        _thread = new Thread(Run) { IsBackground = true, Name = "Daypass audit journal" };
        _thread.Start();
    }

    /// <summary>A random id made once for this folder.</summary>
    public string Node => _node.Id;

    /// <summary>Entries up to here belong to an earlier node id, and are all in the store.</summary>
    public long Floor => _node.Floor;

    /// <summary>The newest sequence that is durable here: everything that was answered so far.</summary>
    public long DurableSequence => _backlog.DurableSequence;

    /// <summary>The newest sequence given out, durable or about to be.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>The newest sequence that was found when the journal was opened.</summary>
    public long RecoveredSequence { get; }

    public long ShippedSequence => _backlog.ShippedSequence;

    /// <summary>The bytes that are durable here and not known to be in the store.</summary>
    public long BacklogBytes => _backlog.Bytes;

    /// <summary>What there is room for.</summary>
    public AuditRoom Room { get; }

    /// <summary>Whether the last write has failed or the journal was closed: it takes nothing, until one that it tries by itself has worked.</summary>
    public bool IsClosed => Failure is not null || Volatile.Read(ref _closing);

    /// <summary>Why the journal cannot be written; null while it can.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Torn or damaged parts that opening found, now kept under these paths: for the log.</summary>
    public IReadOnlyList<string> SetAside { get; }

    /// <summary>Opens a folder's journal, making both if need be, and recovers what a crash left.</summary>
    /// <exception cref="JournalUnavailableException">Another process has the folder, or it cannot be written.</exception>
    public static AuditJournal Open(string folder, AuditJournalOptions options)
    {
        folder = Path.GetFullPath(folder);
        FileStream? @lock = null;
        try
        {
            MakeFolder(folder);
            @lock = new FileStream(Path.Combine(folder, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var (segments, setAside) = AuditJournalRecovery.Recover(folder);
            if (segments.Count == 0)
                segments.Add(AuditJournalWriter.First(folder, options, FirstSequence(folder)));
            return new AuditJournal(folder, options, @lock, segments, setAside);
        }
        catch (Exception e)
        {
            @lock?.Dispose();
            if (e is not (IOException or UnauthorizedAccessException))
                throw;
            throw new JournalUnavailableException(
                $"The audit journal {folder} cannot be opened: another process has it, or this user has no rights to it.", e);
        }
    }

    /// <summary>Completes when the event is durable.</summary>
    /// <exception cref="JournalUnavailableException">It could not be written, or too much waits for the store.</exception>
    public ValueTask AppendAsync(AuditEvent auditEvent) => Append(auditEvent, null);

    /// <summary>Two events in one group: both are durable when this completes.</summary>
    /// <exception cref="JournalUnavailableException">They could not be written, or too much waits for the store.</exception>
    public ValueTask AppendAsync(AuditEvent first, AuditEvent second) => Append(first, second);

    /// <summary>The next durable entries after <see cref="ShippedSequence"/>. For the one shipper, like the members below.</summary>
    public IReadOnlyList<JournalEntry> Read(int maxEntries, int maxBytes) => _backlog.Read(maxEntries, maxBytes);

    /// <summary>The sequence of the oldest entry that is still here: what is older is in the store.</summary>
    public long FirstKept => _backlog.First;

    /// <summary>An entry that is still here, shipped or not; null when it is not.</summary>
    public AuditEvent? Find(long sequence) => _backlog.Find(sequence);

    /// <summary>The store has everything up to a sequence: whole segments below it are dropped.</summary>
    public void MarkShipped(long sequence)
    {
        if (_backlog.MarkShipped(sequence))
            NoteShipped();
    }

    /// <summary>Goes on after what the store has, also where that is less than was noted: the store may have been restored.</summary>
    public void ResumeAfter(long watermark)
    {
        _backlog.Rewind();
        MarkShipped(Math.Max(watermark, Floor));
    }

    /// <summary>
    /// For a journal of which there is a copy (it was put back from a backup, or another node was started on one): under its id the store
    /// has, or will have, the other one's events. What comes after a sequence goes under a new id; up to it all is in the store.
    /// </summary>
    public void RenewNode(long floor)
    {
        _node = AuditJournalNode.Make(_folder, floor);
        _backlog.Rewind();
        MarkShipped(floor);
    }

    /// <summary>Flushes what was appended, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closing)
                return;
            _closing = true;
            Monitor.Pulse(_gate);
        }
        await Task.Run(_thread.Join).ConfigureAwait(false);
        _writer.Dispose();
        NoteShipped();
        _backlog.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask Append(AuditEvent first, AuditEvent? second)
    {
        Task full;
        lock (_gate)
        {
            ThrowIfUnavailable();
            if (_filling.Length < _options.MaxBatchBytes)
                return new ValueTask(Fill(first, second));
            full = _filling.Durable;
        }
        return AppendAfterAsync(full, first, second);
    }

    private async ValueTask AppendAfterAsync(Task full, AuditEvent first, AuditEvent? second)
    {
        await full.ConfigureAwait(false);
        await Append(first, second).ConfigureAwait(false);
    }

    private Task Fill(AuditEvent first, AuditEvent? second)
    {
        Volatile.Write(ref _lastSequence, _filling.Add(first, second, _lastSequence + 1));
        Monitor.Pulse(_gate);
        return _filling.Durable;
    }

    private void ThrowIfUnavailable()
    {
        if (_failure is not null)
            throw new JournalUnavailableException(NotWritten, _failure);
        if (_closing)
            throw new JournalUnavailableException("The audit journal is closed.");
        if (_backlog.Bytes + _filling.Length >= _options.MaxBacklogBytes)
            throw new JournalUnavailableException("The store has been away for so long that the audit journal is full.");
    }

    // The segments say how far they go themselves; on a full disk, where dropping them makes room, the note may be an older one.
    private void NoteShipped()
    {
        try
        {
            AuditJournalNode.WriteShipped(_folder, _backlog.ShippedSequence);
        }
        catch (IOException)
        {
            // The next drop of segments notes it.
        }
    }

    private void Run()
    {
        while (Take() is { } group)
        {
            try
            {
                _writer.Write(group);
            }
            catch (Exception e)
            {
                Fail(group, e);
                Recover();
                continue;
            }
            group.Complete();
            _spareBuffer = group.Buffer.Length <= 2 * _options.MaxBatchBytes ? group.Buffer : null;
        }
    }

    private AuditJournalGroup? Take()
    {
        lock (_gate)
        {
            while (_filling.Length == 0 && !_closing)
                Monitor.Wait(_gate);
            if (_filling.Length == 0)
                return null;
            var group = _filling;
            _filling = new AuditJournalGroup(_spareBuffer ?? new byte[1 << 16]);
            return group;
        }
    }

    private void Fail(AuditJournalGroup group, Exception reason)
    {
        var failure = new JournalUnavailableException(NotWritten, reason);
        AuditJournalGroup next;
        lock (_gate)
        {
            (_failure, next) = (reason, _filling);
            _filling = new AuditJournalGroup(new byte[1 << 16]);
            // The numbers of what failed were never told to anybody, and the next segment begins with the first of them.
            Volatile.Write(ref _lastSequence, _backlog.DurableSequence);
        }
        group.Fail(failure);
        next.Fail(failure);
    }

    // Until a whole new segment could be made, which is the proof that there is room again, all is refused.
    private void Recover()
    {
        while (WaitToRetry())
        {
            try
            {
                _writer.Renew();
                lock (_gate)
                    _failure = null;
                return;
            }
            catch (Exception e)
            {
                Volatile.Write(ref _failure, e);
            }
        }
    }

    private bool WaitToRetry()
    {
        lock (_gate)
        {
            if (!_closing)
                Monitor.Wait(_gate, _options.RetryAfter);
            return !_closing;
        }
    }

    // With every segment lost, the numbers must still go on behind what the store was seen to have.
    private static long FirstSequence(string folder) =>
        Math.Max(AuditJournalNode.OpenOrMake(folder).Floor, AuditJournalNode.ReadShipped(folder)) + 1;

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
