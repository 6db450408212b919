namespace Daypass.Policies.Comparing;

/// <summary>Base64 that stands for all: each operand, and bytes that are none of them.</summary>
internal static class BytesCandidates
{
    public static IReadOnlyList<string> Of(IReadOnlyList<string> operands)
    {
        var longer = new byte[operands.Select(operand => operand.Length).DefaultIfEmpty().Max() + 1];
        return [Convert.ToBase64String(longer), .. operands];
    }
}
