namespace Daypass.Cluster.Tests.Harness;

/// <summary>Workers that do a step again and again until they are stopped. A step that throws ends them all, and the test.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _workers;

    private Load(int workers, Func<int, int, CancellationToken, Task> step) =>
        _workers = Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(() => WorkAsync(worker, step), CancellationToken.None)));

    /// <summary>The step gets the worker's number, its own number, and a token that is cancelled when the load ends.</summary>
    public static Load Start(int workers, Func<int, int, CancellationToken, Task> step) => new(workers, step);

    /// <summary>Lets it run for a while, or until a worker fails.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        if (await Task.WhenAny(_workers, Task.Delay(time, _stop.Token)) == _workers)
            await _workers;
    }

    /// <summary>Lets it run until something is so, or a worker fails; it has to be so within two minutes.</summary>
    public async Task RunUntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 6000 && !isSo(); i++)
            await RunAsync(TimeSpan.FromMilliseconds(20));
        Assert.True(isSo(), "It did not come to be so within two minutes.");
    }

    /// <summary>Lets every worker end its step; throws what one has thrown.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _workers;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WorkAsync(int worker, Func<int, int, CancellationToken, Task> step)
    {
        try
        {
            for (var number = 0; !_stop.IsCancellationRequested; number++)
                await step(worker, number, _stop.Token);
        }
        catch
        {
            await _stop.CancelAsync();
            throw;
        }
    }
}
