using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Directories;

/// <summary>A store, or a machine, that is slow and not away.</summary>
public sealed class SlowStoreTests : IDisposable
{
    private readonly SharedStore _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Who_was_told_that_the_store_is_silent_and_comes_to_it_when_the_store_has_answered_asks_again()
    {
        _world.Memory.HasNews = false;
        var node = await _world.StartAsync();
        _world.Time.Advance(1001);
        var silence = new TaskCompletionSource();
        _world.Memory.OnCall = _ => silence.Task;
        var busy = new BusyMachine();
        var waiting = busy.Begin(() => node.ReadyAsync(_world.Time));
        await _world.Time.AwaitedWithinAsync(FeedRound.Silence);
        _world.Time.Advance(FeedRound.Silence);
        await UntilAsync(() => busy.HasWork);
        Assert.True(node.View.IsAway);
        _world.Time.Advance(1001);
        silence.SetResult();
        await UntilAsync(() => !node.View.IsAway);
        Assert.False(waiting.IsCompleted);
        await UntilAsync(() => busy.Work() && waiting.IsCompleted);
        await waiting;
    }

    [Fact]
    public async Task A_start_waits_for_a_store_that_is_only_slow_and_not_for_ever()
    {
        var slow = new TaskCompletionSource();
        _world.Memory.OnCall = call => call == "commit" ? Task.CompletedTask : slow.Task;
        var starting = _world.StartAsync();
        await _world.Time.AwaitedWithinAsync(FeedRound.Silence);
        _world.Time.Advance(FeedRound.Silence);
        await _world.Time.AwaitedWithinAsync(FeedRound.Silence * 10);
        _world.Time.Advance(FeedRound.Silence * 4);
        Assert.False(starting.IsCompleted);
        slow.SetResult();
        await starting;

        _world.Memory.OnCall = _ => new TaskCompletionSource().Task;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            var never = _world.StartAsync();
            await _world.Time.UntilAsync(never);
            await never;
        });
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(2);
    }

    // What is to go on here goes on when the test says so.
    private sealed class BusyMachine : SynchronizationContext
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<Action> _work = new();

        public bool HasWork => !_work.IsEmpty;

        public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue(() => d(state));

        public Task Begin(Func<Task> call) => Here(call);

        public bool Work()
        {
            while (_work.TryDequeue(out var next))
                _ = Here(() => { next(); return Task.CompletedTask; });
            return true;
        }

        private Task Here(Func<Task> call)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return call();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
