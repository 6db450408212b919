using System.Globalization;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Keys;

namespace Daypass.Server.Jobs;

/// <summary>Looks once a second at what nobody else would tell of, and logs each change once: the journal's troubles, the states of keys and the master key file.</summary>
internal sealed class TroubleWatch(DirectoryCache directories, AuditJournal journal, AuditShipper shipper, MasterKeySource master, ILogger logger, TimeProvider time) : IJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private MasterKeys? _master;
    private static readonly Dictionary<Room, string> Consequences = new()
    {
        [Room.NotForStrangers] = "what strangers were refused is counted and not written",
        [Room.OnlyToManage] = "nothing is issued, and only what manages is answered",
        [Room.None] = "nothing is answered",
    };

    private Room _room;
    private bool _wasClosed;
    private bool _wasBehind;
    private Dictionary<(string Purpose, uint Id), string>? _keys;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            Look();
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void Look()
    {
        LookAtJournal();
        LookAtRoom(journal.Room.Left);
        LookAtBacklog(shipper.BacklogAge > Late);
        LookAtKeys();
        LookAtMasterKeys();
    }

    private void LookAtJournal()
    {
        var isClosed = journal.IsClosed;
        if (isClosed && !_wasClosed)
            Telemetry.Log.JournalClosed(logger, journal.Failure?.Message ?? "it was closed");
        if (!isClosed && _wasClosed)
            Telemetry.Log.JournalOpened(logger);
        _wasClosed = isClosed;
    }

    private void LookAtRoom(Room left)
    {
        if (left != _room && left == Room.Enough)
            Telemetry.Log.RoomEnough(logger);
        else if (left != _room)
            Telemetry.Log.RoomLow(logger, Consequences[left], journal.Room.FreeBytes >> 20, journal.BacklogBytes >> 20);
        _room = left;
    }

    private void LookAtBacklog(bool isBehind)
    {
        if (isBehind && !_wasBehind)
            Telemetry.Log.JournalBehind(logger, shipper.Backlog, journal.BacklogBytes);
        if (!isBehind && _wasBehind)
            Telemetry.Log.JournalCaughtUp(logger);
        _wasBehind = isBehind;
    }

    private void LookAtKeys()
    {
        var keys = directories.Installation.Documents.All(DocumentKinds.Key).ToDictionary(key => (key.Purpose, key.Id), key => key.State);
        foreach (var (key, state) in keys)
        {
            if (_keys is not null && _keys.GetValueOrDefault(key) != state)
                Telemetry.Log.KeyChanged(logger, key.Purpose, NameOf(key.Id), state);
        }
        foreach (var gone in (_keys ?? []).Keys.Where(key => !keys.ContainsKey(key)))
            Telemetry.Log.KeyChanged(logger, gone.Purpose, NameOf(gone.Id), "gone");
        _keys = keys;
    }

    // An operator who exchanges the file on every node must see at each that it was taken up.
    private void LookAtMasterKeys()
    {
        var keys = master.Current;
        if (_master is not null && !ReferenceEquals(_master, keys))
            Telemetry.Log.MasterKeyChanged(logger, keys.Count, NameOf(keys.Newest));
        _master = keys;
    }

    // As `daypass keys list` writes them.
    private static string NameOf(uint id) => id.ToString("X8", CultureInfo.InvariantCulture);
}
