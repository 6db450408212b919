namespace Daypass.Cli.Tests;

/// <summary>A clock that stands where the test puts it.</summary>
internal sealed class HeldClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
