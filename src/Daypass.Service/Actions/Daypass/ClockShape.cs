using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>The clock in responses.</summary>
internal sealed record ClockShape(DateTimeOffset PolicyTime, long OffsetSeconds, bool IsMovable) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Time("PolicyTime", PolicyTime);
        writer.Number("OffsetSeconds", OffsetSeconds);
        writer.Flag("IsMovable", IsMovable);
    }
}
