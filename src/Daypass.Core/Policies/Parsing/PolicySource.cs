namespace Daypass.Policies.Parsing;

/// <summary>A policy's text and where its lines begin, found once: a hostile text has thousands of places to tell.</summary>
internal sealed class PolicySource
{
    private readonly int[] _lineStarts;

    public PolicySource(string text)
    {
        Text = text;
        List<int> starts = [0];
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
            starts.Add(end + 1);
        _lineStarts = [.. starts];
    }

    public string Text { get; }

    public TextPosition At(int offset)
    {
        var found = Array.BinarySearch(_lineStarts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return new TextPosition(offset, line + 1, offset - _lineStarts[line] + 1);
    }

    public PolicyError Error(string message, int offset) => new(message, At(offset));

    /// <summary>The message quotes what was written.</summary>
    public PolicyError Error(string message, JsonItem item) =>
        Error(item.Original is { } original ? message.Replace(item.Text, original, StringComparison.Ordinal) : message, item.Start);
}
