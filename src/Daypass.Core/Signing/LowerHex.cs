namespace Daypass.Signing;

/// <summary>Hex as signatures have it. .NET's own decoder takes capitals too, and AWS's signatures have one spelling.</summary>
internal static class LowerHex
{
    /// <summary>Fills the whole target, or returns false: wrong length or any other character.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> target)
    {
        target.Clear();
        return text.Length == target.Length * 2
            && text.IndexOfAnyExcept("0123456789abcdef") < 0
            && Convert.FromHexString(text, target, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
