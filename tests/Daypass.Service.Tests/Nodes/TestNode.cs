using Daypass.Service.Audit;
using Daypass.Service.Nodes;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Audit;

namespace Daypass.Service.Tests.Nodes;

/// <summary>A node as lookups see one: a journal, its shipper, its reports and its reader, over a store that several share.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly JournalFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _shipping = Task.CompletedTask;
    private Task _reporting = Task.CompletedTask;

    public TestNode(IStore store, string name)
    {
        Journal = _folder.Open();
        Shipper = new AuditShipper(Journal, store, TimeProvider.System);
        Reporter = new NodeReporter(store, Journal, Shipper, () => 1, name, "0.1.0", TimeProvider.System);
        Reader = new TrailReader(Shipper, store, () => Journal.Node, TimeProvider.System);
    }

    public AuditJournal Journal { get; }

    public AuditShipper Shipper { get; }

    public NodeReporter Reporter { get; }

    public TrailReader Reader { get; }

    public async Task<TestNode> StartAsync(bool reports = true)
    {
        await Reporter.RegisterAsync(default);
        _shipping = Task.Run(() => Shipper.RunAsync(_stop.Token), CancellationToken.None);
        if (reports)
            _reporting = Task.Run(() => Reporter.RunAsync(_stop.Token), CancellationToken.None);
        return this;
    }

    public ValueTask AnswerAsync(int number) => Journal.AppendAsync(AuditSamples.Event(number));

    /// <summary>As a crash: the node ships and reports no more, and its journal lies where it is.</summary>
    public async Task CrashAsync()
    {
        await _stop.CancelAsync();
        await _shipping;
        await _reporting;
    }

    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        await Journal.DisposeAsync();
        _stop.Dispose();
        _folder.Dispose();
    }
}
