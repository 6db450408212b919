using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Directories;

/// <summary>How old what a node decides by may be (docs/decisions/0011).</summary>
public sealed class ViewTimeTests : IDisposable
{
    private readonly SharedStore _world = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task A_decision_waits_for_what_a_hint_announced()
    {
        var node = await _world.StartAsync();
        Assert.False(await node.KnowsAsync("ada"));
        await _world.WriteAsync("ada");
        await node.ReadyAsync(_world.Time);
        Assert.True(await node.KnowsAsync("ada"));
    }

    [Fact]
    public async Task However_many_wait_for_a_hint_one_look_at_the_feed_serves_them()
    {
        var node = await _world.StartAsync();
        await _world.WriteAsync("ada");
        var before = _world.Memory.FeedReads;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => node.ReadyAsync(_world.Time)));
        Assert.InRange(_world.Memory.FeedReads - before, 1, 2);
    }

    [Fact]
    public async Task Nothing_is_read_and_nobody_waits_while_the_view_is_young()
    {
        var node = await _world.StartAsync();
        _world.Time.Advance(999);
        var before = _world.Memory.FeedReads;
        Assert.True(node.IsReadyAtOnce(_world.Time));
        Assert.Equal(before, _world.Memory.FeedReads);
    }

    [Fact]
    public async Task Without_hints_a_view_of_more_than_a_second_decides_nothing()
    {
        _world.Memory.HasNews = false;
        var node = await _world.StartAsync();
        Assert.False(await node.KnowsAsync("ada"));
        await _world.WriteAsync("ada");
        _world.Time.Advance(1001);
        await node.ReadyAsync(_world.Time);
        Assert.True(await node.KnowsAsync("ada"));
    }

    [Fact]
    public async Task A_machine_that_slept_has_an_old_view_though_its_own_clock_stood_still()
    {
        _world.Memory.HasNews = false;
        var node = await _world.StartAsync();
        Assert.False(await node.KnowsAsync("ada"));
        await _world.WriteAsync("ada");
        _world.Time.Sleep(TimeSpan.FromHours(8));
        await node.ReadyAsync(_world.Time);
        Assert.True(await node.KnowsAsync("ada"));

        _world.Memory.OnCall = Away;
        _world.Time.Sleep(TimeSpan.FromHours(8));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.ReadyAsync(_world.Time));
    }

    [Fact]
    public async Task A_node_that_follows_reads_the_feed_every_200_milliseconds_and_at_once_on_a_hint()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        var following = node.RunAsync(_stop.Token);
        var (before, began) = (_world.Memory.FeedReads, _world.Time.GetTimestamp());
        await PassUntilAsync(() => _world.Memory.FeedReads - before >= 50);
        // Never more; later where the machine is busy with something else.
        Assert.InRange(_world.Memory.FeedReads - before, 50, (int)(_world.Time.GetElapsedTime(began) / FeedView.Interval) + 1);

        await _world.WriteAsync("ada");
        await EventuallyAsync(() => node.KnowsAsync("ada"));
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task While_the_store_is_away_decisions_go_on_until_the_view_is_too_old_and_then_none_is_made()
    {
        var node = await _world.StartAsync(new DirectoryOptions { MaxStaleness = TimeSpan.FromMinutes(5) });
        Assert.False(await node.KnowsAsync("ada"));
        _ = node.RunAsync(_stop.Token);
        _world.Memory.OnCall = Away;
        await PassUntilAsync(() => node.View.IsAway);
        await PassAsync(TimeSpan.FromSeconds(280), TimeSpan.FromMilliseconds(500));
        await node.ReadyAsync(_world.Time);
        await PassAsync(TimeSpan.FromSeconds(22), TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.ReadyAsync(_world.Time));

        // It comes back by itself.
        _world.Memory.OnCall = _ => Task.CompletedTask;
        await PassUntilAsync(() => !node.View.IsAway);
        await node.ReadyAsync(_world.Time);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_is_only_slow_gets_its_time_from_those_who_cannot_go_on_without_it(bool isLookUnderWay)
    {
        var node = await _world.StartAsync();
        Assert.False(await node.KnowsAsync("ada"));
        var silence = new TaskCompletionSource();
        _world.Memory.OnCall = call => call == "commit" ? Task.CompletedTask : silence.Task;
        var early = _world.Time.GetTimestamp();
        if (isLookUnderWay)
            _ = node.View.ReadSinceAsync(early);
        _world.Time.Advance(1);
        var arrived = _world.Time.GetTimestamp();
        var patient = node.View.InsistSinceAsync(arrived).AsTask();
        var hasty = node.View.CanReadAsync(arrived).AsTask();
        await _world.Time.AwaitedWithinAsync(FeedRound.Silence);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.False(await hasty);
        Assert.True(node.View.IsAway);
        Assert.False(patient.IsCompleted);

        await _world.WriteAsync("ada");
        silence.SetResult();
        await _world.Time.UntilAsync(patient);
        Assert.True(await patient);
        Assert.True(node.View.IsReadSince(arrived));
    }

    [Fact]
    public async Task Patience_with_a_store_that_does_not_answer_is_bounded_and_with_one_that_fails_short()
    {
        var node = await _world.StartAsync();
        _world.Memory.OnCall = _ => new TaskCompletionSource().Task;
        _world.Time.Advance(1);
        var began = _world.Time.GetTimestamp();
        var waiting = node.View.InsistSinceAsync(began).AsTask();
        await _world.Time.UntilAsync(waiting);
        Assert.False(await waiting);
        Assert.InRange(_world.Time.GetElapsedTime(began).TotalMilliseconds, 1900, 4900);

        _world.Memory.OnCall = _ => Task.CompletedTask;
        var other = await _world.StartAsync();
        _world.Memory.OnCall = Away;
        _world.Time.Advance(1);
        Assert.False(await other.View.InsistSinceAsync(_world.Time.GetTimestamp()));
    }

    [Fact]
    public async Task A_store_that_says_nothing_holds_a_decision_up_for_half_a_second_and_the_next_ones_not_at_all()
    {
        var node = await _world.StartAsync();
        var silence = new TaskCompletionSource();
        _world.Memory.OnCall = _ => silence.Task;
        _world.Time.Advance(1001);
        var waiting = node.ReadyAsync(_world.Time);
        await _world.Time.AwaitedWithinAsync(FeedRound.Silence);
        Assert.False(waiting.IsCompleted);
        var began = _world.Time.GetTimestamp();
        await _world.Time.UntilAsync(waiting);
        // The bounds leave room for others to be late: it is not the two seconds of those who insist.
        Assert.InRange(_world.Time.GetElapsedTime(began).TotalMilliseconds, 490, 1900);
        Assert.True(node.IsReadyAtOnce(_world.Time));
        silence.SetResult();
    }

    [Fact]
    public async Task A_store_is_out_when_it_has_been_away_for_five_seconds_and_not_for_a_moment()
    {
        var node = await _world.StartAsync(new DirectoryOptions { MaxStaleness = TimeSpan.FromMinutes(5) });
        _ = node.RunAsync(_stop.Token);
        _world.Memory.OnCall = Away;
        await PassUntilAsync(() => node.View.IsAway);
        await PassAsync(TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(100));
        Assert.False(node.View.IsOut);
        await PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
        Assert.True(node.View.IsOut);

        _world.Memory.OnCall = _ => Task.CompletedTask;
        await PassUntilAsync(() => !node.View.IsOut);
    }

    [Fact]
    public async Task A_store_that_fails_once_is_asked_again_before_it_counts_as_away()
    {
        var node = await _world.StartAsync();
        await _world.WriteAsync("ada");
        var failures = 1;
        _world.Memory.OnCall = call => Interlocked.Decrement(ref failures) >= 0 ? Away(call) : Task.CompletedTask;
        await node.ReadyAsync(_world.Time);
        Assert.False(node.View.IsAway);
        Assert.True(await node.KnowsAsync("ada"));
    }

    [Fact]
    public async Task A_store_of_this_node_alone_never_grows_old()
    {
        var time = new ManualTime();
        using var node = new DirectoryCache(new MemoryStore { IsExclusive = true }, time);
        await node.StartAsync(default);
        time.Advance(TimeSpan.FromDays(30));
        Assert.True(node.IsReadyAtOnce(time));
        Assert.True(node.View.IsCurrentSince(time.GetTimestamp()));
        Assert.Equal(TimeSpan.Zero, node.View.Age);
    }

    [Fact]
    public async Task Those_who_have_proven_nothing_add_no_look_at_the_feed_to_those_that_are_due()
    {
        var node = await _world.StartAsync();
        _ = node.RunAsync(_stop.Token);
        await PassAsync(TimeSpan.FromSeconds(1));
        var before = _world.Memory.FeedReads;
        List<Task<bool>> strangers = [];
        for (var i = 0; i < 200; i++)
        {
            strangers.AddRange(Enumerable.Range(0, 5).Select(_ => node.View.CatchUpWhenDueAsync(_world.Time.GetTimestamp()).AsTask()));
            await PassAsync(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));
        }
        await _world.Time.UntilAsync(Task.WhenAll(strangers));
        Assert.All(strangers, stranger => Assert.True(stranger.Result));
        // A thousand of them in four seconds: as many looks as without them.
        Assert.InRange(_world.Memory.FeedReads - before, 1, 23);
    }

    [Fact]
    public async Task However_many_find_at_one_moment_that_a_look_is_due_it_is_one_look()
    {
        using var node = new DirectoryCache(_world.Memory, TimeProvider.System);
        await node.StartAsync(default);
        _ = node.RunAsync(_stop.Token);
        var (began, before) = (TimeProvider.System.GetTimestamp(), _world.Memory.FeedReads);
        // Not by turns, but as threads that the machine stops anywhere.
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (TimeProvider.System.GetElapsedTime(began) < FeedView.Interval * 10)
                await node.View.CatchUpWhenDueAsync(TimeProvider.System.GetTimestamp());
        }, CancellationToken.None)));
        var reads = _world.Memory.FeedReads - before;
        Assert.InRange(reads, 1, (int)(TimeProvider.System.GetElapsedTime(began) / FeedView.Interval) + 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_shown_is_looked_for_though_the_store_was_away_just_now_and_once_it_is_out_not_waited_for_while_it_is_silent(bool isOut)
    {
        var node = await _world.StartAsync(new DirectoryOptions { MaxStaleness = TimeSpan.FromMinutes(5) });
        _world.Memory.OnCall = Away;
        Assert.False(await node.View.ReadSinceAsync(_world.Time.GetTimestamp()));
        if (isOut)
            _world.Time.Advance(FeedView.Hiccup);
        Assert.Equal(isOut, node.View.IsOut);
        Assert.False(await node.View.LookSinceAsync(_world.Time.GetTimestamp()));

        _world.Memory.OnCall = _ => new TaskCompletionSource().Task;
        var waiting = node.View.LookSinceAsync(_world.Time.GetTimestamp()).AsTask();
        var began = _world.Time.GetTimestamp();
        await _world.Time.UntilAsync(waiting);
        Assert.False(await waiting);
        Assert.InRange(_world.Time.GetElapsedTime(began).TotalMilliseconds, isOut ? 490 : 1900, isOut ? 1900 : 4900);
        Assert.Equal(isOut, node.View.LookSinceAsync(_world.Time.GetTimestamp()).AsTask().IsCompleted);

        await PassAsync(FeedRound.Silence * 10);
        _world.Memory.OnCall = _ => Task.CompletedTask;
        Assert.True(await node.View.LookSinceAsync(_world.Time.GetTimestamp()));
        Assert.False(node.View.IsAway);
    }

    internal static Task Away(string call) => Task.FromException(new StoreUnavailableException("The store is away."));

    // Time passes, and what it wakes runs.
    private async Task PassAsync(TimeSpan length, TimeSpan? step = null)
    {
        var by = step ?? TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < length; passed += by)
        {
            _world.Time.Advance(by);
            await Task.Delay(2, CancellationToken.None);
        }
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 3000);
            await Task.Delay(10);
        }
    }

    private async Task PassUntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            Assert.True(tries < 3000);
            await PassAsync(TimeSpan.FromMilliseconds(50));
        }
    }
}
