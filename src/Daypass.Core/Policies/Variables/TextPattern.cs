using Daypass.Policies.Matching;

namespace Daypass.Policies.Variables;

/// <summary>
/// A compiled text with wildcards and variables. Most need no wildcard machinery: everything, one exact text, or a prefix.
/// </summary>
internal sealed class TextPattern
{
    private const int StackBuffer = 256;

    private readonly Segment[] _segments;
    private readonly string _prefix;
    private readonly int[]? _codes;
    private readonly Shape _shape;

    private TextPattern(Segment[] segments)
    {
        _segments = segments;
        _prefix = segments is [{ Literal: { } first }, ..] ? first : "";
        _shape = ShapeOf(segments);
        if (_shape != Shape.Wildcards)
            return;
        using var expanded = ExpandedPattern.Of(segments, new RequestContext(capacity: 0), default);
        _codes = [.. expanded.Codes];
    }

    private enum Shape
    {
        All,
        Exact,
        Prefix,
        Wildcards,
        Variables,
    }

    /// <summary>Matches every text.</summary>
    public static TextPattern Everything { get; } = Compile("*", wildcards: true, variables: false);

    /// <summary>Whether it matches every text.</summary>
    public bool IsEverything => _shape == Shape.All;

    /// <summary>The condition keys of its variables.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            foreach (var segment in _segments)
            {
                if (segment.Key is { Length: > 0 } key)
                    yield return key;
            }
        }
    }

    /// <summary>Compiles a text. Without variables, <c>${...}</c> is text as any other (version 2008-10-17).</summary>
    public static TextPattern Compile(string text, bool wildcards, bool variables) =>
        new([.. SegmentReader.Read(text, wildcards, variables)]);

    /// <summary>Compiles a text with wildcards of which only the end may have variables.</summary>
    public static TextPattern Compile(string start, string end, bool variables) =>
        new([.. SegmentReader.Read(start, wildcards: true, variables: false), .. SegmentReader.Read(end, wildcards: true, variables)]);

    /// <summary>Whether the whole text matches; false if a variable has no value.</summary>
    public bool IsMatch(ReadOnlySpan<char> text, RequestContext context)
    {
        if (!text.StartsWith(_prefix, StringComparison.Ordinal))
            return false;
        return _shape switch
        {
            Shape.All or Shape.Prefix => true,
            Shape.Exact => text.Length == _prefix.Length,
            Shape.Wildcards => Glob.IsMatch(_codes, text),
            _ => IsMatchExpanded(text, context),
        };
    }

    /// <summary>Whether the text is exactly this one, of which wildcards were not compiled.</summary>
    public bool IsEqual(ReadOnlySpan<char> text, RequestContext context, StringComparison comparison)
    {
        foreach (var segment in _segments)
        {
            if (!segment.TryResolve(context, out var part) || !text.StartsWith(part, comparison))
                return false;
            text = text[part.Length..];
        }
        return text.IsEmpty;
    }

    /// <summary>This pattern with its variables replaced. The buffer may be of any size; dispose the result.</summary>
    public ExpandedPattern Expand(RequestContext context, Span<int> buffer) => ExpandedPattern.Of(_segments, context, buffer);

    private bool IsMatchExpanded(ReadOnlySpan<char> text, RequestContext context)
    {
        using var expanded = Expand(context, stackalloc int[StackBuffer]);
        return expanded.IsResolved && Glob.IsMatch(expanded.Codes, text);
    }

    private static Shape ShapeOf(Segment[] segments) => segments switch
    {
        [] or [{ Literal: not null }] => Shape.Exact,
        [{ Wildcard: Glob.AnyRun }] => Shape.All,
        [{ Literal: not null }, { Wildcard: Glob.AnyRun }] => Shape.Prefix,
        _ => Array.Exists(segments, segment => segment.Key is not null) ? Shape.Variables : Shape.Wildcards,
    };
}
