namespace Daypass.Server.Jobs;

/// <summary>
/// Runs the jobs. A job that fails is logged and started again after a second: a server without its shipper would look well and lose
/// its trail.
/// </summary>
internal sealed class JobRunner(IReadOnlyList<IJob> jobs, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.WhenAll(jobs.Select(job => Task.Run(() => KeepRunningAsync(job), CancellationToken.None)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task KeepRunningAsync(IJob job)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await job.RunAsync(_stop.Token);
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.JobFailed(logger, job.GetType().Name, failure);
                await Task.Delay(RestartDelay, time, CancellationToken.None);
            }
        }
    }
}
