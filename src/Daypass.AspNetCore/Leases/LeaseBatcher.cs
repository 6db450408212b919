using System.Threading.Channels;
using Daypass.Leases;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// Gathers proofs for a moment and asks for all of them at once, with few calls under way at any time. Proofs beyond what it holds
/// are turned away. Renewals and first acquisitions have one each, so that strangers cannot crowd out those who are known.
/// </summary>
internal sealed class LeaseBatcher : IAsyncDisposable
{
    private const int Calls = 4;

    // Daypass takes a body of 1 MiB.
    private const int HeaviestCall = 700 * 1024;

    private readonly LeaseClient _client;
    private readonly LeaseWire _wire;
    private readonly TimeSpan _window;
    private readonly TimeProvider _time;
    private readonly Channel<Pending> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _workers;

    /// <param name="client">Who asks.</param>
    /// <param name="wire">What for.</param>
    /// <param name="window">How long a batch is gathered. With none, a batch is what has come while all calls were under way.</param>
    /// <param name="time">The clock of the window.</param>
    /// <param name="capacity">How many may wait.</param>
    public LeaseBatcher(LeaseClient client, LeaseWire wire, TimeSpan window, TimeProvider time, int capacity)
    {
        _client = client;
        _wire = wire;
        _window = window;
        _time = time;
        _waiting = Channel.CreateBounded<Pending>(capacity);
        _workers = [.. Enumerable.Range(0, Calls).Select(_ => WorkAsync())];
    }

    public Task<LeaseAnswer> AskAsync(LeaseProof proof)
    {
        var pending = new Pending(proof);
        return _waiting.Writer.TryWrite(pending) ? pending.Answer.Task : Task.FromResult(LeaseAnswer.Busy);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers).ConfigureAwait(false);
        while (_waiting.Reader.TryRead(out var pending))
            pending.Answer.TrySetResult(LeaseAnswer.Unreachable);
        _stop.Dispose();
    }

    private sealed record Pending(LeaseProof Proof)
    {
        public TaskCompletionSource<LeaseAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async Task WorkAsync()
    {
        var batch = new List<Pending>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                if (_window > TimeSpan.Zero)
                    await Task.Delay(_window, _time, _stop.Token).ConfigureAwait(false);
                Take(batch);
                if (batch.Count > 0)
                    await AnswerAsync(batch).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void Take(List<Pending> batch)
    {
        batch.Clear();
        var weight = 0;
        while (batch.Count < LeaseProtocol.MaxProofs && weight < HeaviestCall && _waiting.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
            weight += pending.Proof.Weight;
        }
    }

    private async Task AnswerAsync(List<Pending> batch)
    {
        try
        {
            var answers = await _client.AskAsync(_wire, batch.ConvertAll(pending => pending.Proof), _stop.Token).ConfigureAwait(false);
            for (var i = 0; i < answers.Length; i++)
                batch[i].Answer.TrySetResult(answers[i]);
        }
        finally
        {
            // Whatever went wrong, nobody waits for ever, and nobody is let in.
            foreach (var pending in batch)
                pending.Answer.TrySetResult(LeaseAnswer.Failed);
        }
    }
}
