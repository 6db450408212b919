namespace Daypass.Policies.Matching;

/// <summary>A text split at its first five colons, once per request. The sixth field keeps any further colons.</summary>
internal readonly ref struct ArnFields
{
    public const int Count = 6;

    private readonly Ends _ends;

    public ArnFields(ReadOnlySpan<char> text)
    {
        Text = text;
        var at = 0;
        for (var i = 0; i < Count - 1; i++)
        {
            var colon = text[at..].IndexOf(':');
            if (colon < 0)
                return;
            at += colon;
            _ends[i] = at++;
        }
        _ends[Count - 1] = text.Length;
        IsArn = text.StartsWith("arn:", StringComparison.Ordinal);
    }

    public ReadOnlySpan<char> Text { get; }

    /// <summary>Whether it begins with <c>arn:</c> and has all six fields.</summary>
    public bool IsArn { get; }

    public ReadOnlySpan<char> this[int field] => Text[(field == 0 ? 0 : _ends[field - 1] + 1).._ends[field]];

    [System.Runtime.CompilerServices.InlineArray(Count)]
    private struct Ends
    {
        private int _first;
    }
}
