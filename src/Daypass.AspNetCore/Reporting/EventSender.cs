using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Reporting;

/// <summary>
/// Sends what waits, one batch at a time, and each until it is in the trail or surely never will be. When the service stops, it sends the rest
/// after the last request was answered.
/// </summary>
internal sealed class EventSender(
    IOptions<DaypassOptions> options, EventQueue queue, DroppedEvents dropped, ReportClient client, EventMeter meter, ILogger<EventSender> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly DaypassEventOptions _options = options.Value.Events;
    private readonly CancellationTokenSource _stop = new();
    private EventBatch? _underWay;
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.Run(() => WorkAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything that could answer a request has stopped: what waits now is the rest.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await StopWorkAsync().ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.ShutdownPatience);
        await SendAllAsync(patience.Token).ConfigureAwait(false);
        GiveUp();
    }

    public async ValueTask DisposeAsync()
    {
        await StopWorkAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task StopWorkAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await queue.WaitAsync(_options.BatchInterval, cancellationToken).ConfigureAwait(false);
                await SendAllAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Nothing is known that gets here. Whatever it is, the events after it are sent.
                Log.SenderFailed(logger, failure);
            }
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && (_underWay ??= EventBatch.Take(queue, dropped, _options)) is { } batch)
        {
            if (await SendAsync(batch, cancellationToken).ConfigureAwait(false) is not { } answer)
                return;
            _underWay = null;
            Settle(batch, answer);
        }
    }

    /// <summary>The last word on a batch; null when there was no more time for one.</summary>
    private async Task<ReportAnswer?> SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        try
        {
            while (true)
            {
                var answer = await client.SendAsync(batch.Id, batch.Json, cancellationToken).ConfigureAwait(false);
                if (answer.Outcome != ReportOutcome.Later)
                    return answer;
                await Task.Delay(pause * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 1000.0)), cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Settle(EventBatch batch, ReportAnswer answer)
    {
        var refused = answer.Outcome == ReportOutcome.Refused ? [.. batch.Events.Select((_, i) => (i, "BadBatch"))] : answer.Refused;
        if (answer.Outcome == ReportOutcome.Refused)
            dropped.Return(batch.Drops);
        var lost = refused.Where(each => (uint)each.Index < (uint)batch.Events.Count).ToList();
        foreach (var (index, _) in lost)
            dropped.Add(batch.Events[index].Terms, batch.Events[index].Time);
        meter.Sent(batch.Events.Count - lost.Count);
        if (refused.Count > 0)
        {
            meter.Dropped(lost.Count, "refused");
            Log.EventsLost(logger, refused.Count, string.Join(", ", refused.Select(each => each.Reason).Distinct()));
        }
        queue.Release(batch.Events.Count);
    }

    private void GiveUp()
    {
        var count = queue.Waiting + (_underWay?.Events.Count ?? 0);
        if (count == 0 && dropped.IsEmpty)
            return;
        meter.Dropped(count, "stopped");
        Log.EventsLost(logger, count, "the service stopped before Daypass could be reached");
    }
}
