using System.Collections.Concurrent;
using Daypass.Service.Directories;
using Daypass.Service.Provisioning;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Provisioning;

public sealed class ProvisioningJobTests : IDisposable
{
    private readonly ProvisioningWorld _world = new();
    private readonly ConcurrentQueue<Exception> _failures = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    public void Dispose()
    {
        _stop.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task What_was_left_unfinished_is_finished_at_start()
    {
        await _world.OrganizeAsync();
        await _world.RequestAsync();
        var (node, running) = await StartAsync();
        await SucceededAsync(node, "car-00000001");
        await StopAsync(running);
    }

    [Fact]
    public async Task A_request_that_is_written_later_is_carried_out_when_the_feed_brings_it()
    {
        await _world.OrganizeAsync();
        await _world.RequestAsync();
        var (node, running) = await StartAsync();
        await SucceededAsync(node, "car-00000001");
        // What was there at the start is done: from here on the job only knows what the feed tells.
        await _world.RequestAsync("car-00000002", "500000000001", "c@example.com");
        await node.Directories.CatchUpAsync(long.MaxValue, default);
        await SucceededAsync(node, "car-00000002");
        await StopAsync(running);
    }

    [Fact]
    public async Task A_failure_is_told_and_what_failed_is_tried_again()
    {
        await _world.OrganizeAsync();
        await _world.RequestAsync();
        var isAway = true;
        _world.Store.BeforeCommit = _ =>
        {
            if (isAway)
                throw new StoreUnavailableException("The store is away.");
        };
        var (node, running) = await StartAsync();
        while (_failures.IsEmpty)
            await Task.Delay(10, _limit.Token);
        isAway = false;
        await SucceededAsync(node, "car-00000001");
        Assert.IsType<StoreUnavailableException>(_failures.First());
        await StopAsync(running);
    }

    private async Task<(Node Node, Task Running)> StartAsync()
    {
        var node = await _world.StartAsync();
        var job = new ProvisioningJob(node.Directories, node.Provisioner, TimeProvider.System, _failures.Enqueue);
        return (node, Task.Run(() => job.RunAsync(_stop.Token), CancellationToken.None));
    }

    private async Task SucceededAsync(Node node, string id)
    {
        while ((await node.RequestAsync(id))?.State != CreateAccountStates.Succeeded)
            await Task.Delay(10, _limit.Token);
    }

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await running.WaitAsync(_limit.Token);
    }
}
