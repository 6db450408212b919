namespace Daypass.Policies;

/// <summary>A place in a policy's text as it was supplied.</summary>
/// <param name="Offset">Characters before it, from 0.</param>
/// <param name="Line">From 1; a line ends with LF.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct TextPosition(int Offset, int Line, int Column)
{
    internal static TextPosition Of(string text, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        return new TextPosition(before.Length, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
