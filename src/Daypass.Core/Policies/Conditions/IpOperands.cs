namespace Daypass.Policies.Conditions;

/// <summary><c>IpAddress</c> and <c>NotIpAddress</c>: whether an address is inside one of the policy's CIDR ranges.</summary>
internal sealed class IpOperands : Operands
{
    private readonly IpRange[] _ranges;

    private IpOperands(IReadOnlyList<string> texts)
    {
        var ranges = new List<IpRange>(texts.Count);
        foreach (var text in texts)
        {
            if (IpRange.TryParse(text, out var range))
                ranges.Add(range);
        }
        _ranges = [.. ranges];
        AreReadable = ranges.Count == texts.Count;
    }

    public override bool AreReadable { get; }

    public static Operands Read(IReadOnlyList<string> texts, bool variables) => new IpOperands(texts);

    public override Comparison Compare(string value, RequestContext context)
    {
        if (!IpBits.TryParse(value, out var address))
            return Comparison.Unreadable;
        foreach (var range in _ranges)
        {
            if (range.Contains(address))
                return Comparison.Yes;
        }
        return Comparison.No;
    }
}
