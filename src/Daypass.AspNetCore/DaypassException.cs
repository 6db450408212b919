namespace Daypass.AspNetCore;

/// <summary>Ends a request with a refusal. The middleware of <c>UseDaypass</c> catches it and has it written.</summary>
/// <param name="refusal">What the caller is told.</param>
public sealed class DaypassException(DaypassRefusal refusal) : Exception(refusal.Message)
{
    /// <summary>What the caller is told.</summary>
    public DaypassRefusal Refusal { get; } = refusal;
}
