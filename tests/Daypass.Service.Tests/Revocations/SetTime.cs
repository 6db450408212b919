using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Revocations;

/// <summary>A wall clock that stands where a test sets it, so that many things happen in one second; waiting goes by real time.</summary>
internal sealed class SetTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, 500, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Patient.Wait(dueTime), period);
}
