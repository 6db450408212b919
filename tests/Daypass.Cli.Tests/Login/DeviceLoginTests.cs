namespace Daypass.Cli.Tests.Login;

/// <summary><c>daypass login --device</c> where the provider says no, not yet, or less often (RFC 8628, section 3.5).</summary>
public sealed class DeviceLoginTests : IAsyncLifetime
{
    private readonly LeapingClock _clock = new();
    private LoginWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await LoginWorld.StartAsync();
        _world.Terminal.Clock = _clock;
        _world.Provider.DeviceInterval = 5;
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Who_is_told_to_slow_down_asks_five_seconds_later_from_then_on()
    {
        var answers = new Queue<string?>(["authorization_pending", "slow_down", "authorization_pending", "slow_down", null]);
        _world.Provider.Refuses = _ => answers.Dequeue() is { } error ? (400, $$"""{"error":"{{error}}"}""") : null;
        Assert.Equal(0, await _world.Terminal.RunAsync(_world.Command("--device")));
        Assert.Equal([5, 5, 10, 10, 15], _clock.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Theory]
    [InlineData("expired_token", "Nobody typed the code in time. Run it again.")]
    [InlineData("access_denied", "The provider refuses: access_denied (No, said the person)")]
    [InlineData("invalid_grant", "The provider refuses: invalid_grant (No, said the person)")]
    [InlineData("unauthorized_client", "The provider refuses: unauthorized_client (No, said the person)")]
    public async Task A_no_ends_it_at_once_and_nothing_is_written(string error, string says)
    {
        _world.Provider.Refuses = _ => (400, $$"""{"error":"{{error}}","error_description":"No, said\u001b the person"}""");
        Assert.Equal(1, await _world.Terminal.RunAsync(_world.Command("--device")));
        Assert.Single(_world.Provider.Grants);
        Assert.EndsWith($"daypass: {says}\n", _world.Terminal.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.Config));
    }

    [Fact]
    public async Task A_code_that_nobody_types_is_asked_for_no_longer_than_it_is_good()
    {
        _world.Provider.Refuses = _ => (400, """{"error":"authorization_pending"}""");
        Assert.Equal(1, await _world.Terminal.RunAsync(_world.Command("--device")));
        Assert.EndsWith("daypass: Nobody typed the code in time. Run it again.\n", _world.Terminal.Error, StringComparison.Ordinal);
        Assert.Equal(120, _world.Provider.Grants.Count);
    }

    /// <summary>A clock on which whoever waits has waited.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _passed;

        public List<TimeSpan> Pauses { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _passed);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (Pauses)
                Pauses.Add(dueTime);
            Interlocked.Add(ref _passed, dueTime.Ticks);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
            return new Rung();
        }

        private sealed class Rung : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
