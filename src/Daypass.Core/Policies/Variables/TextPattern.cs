using Daypass.Policies.Matching;

namespace Daypass.Policies.Variables;

/// <summary>
/// A compiled text with wildcards and variables. Most need no wildcard machinery: everything, one exact text, or a prefix.
/// </summary>
internal sealed class TextPattern
{
    private readonly Segment[] _segments;
    private readonly string _prefix;
    private readonly Shape _shape;

    private TextPattern(Segment[] segments)
    {
        _segments = segments;
        _prefix = segments is [{ Literal: { } first }, ..] ? first : "";
        _shape = ShapeOf(segments);
    }

    private enum Shape
    {
        All,
        Exact,
        Prefix,
        General,
    }

    /// <summary>Matches every text.</summary>
    public static TextPattern Everything { get; } = Compile("*", wildcards: true, variables: false);

    /// <summary>The pieces.</summary>
    public ReadOnlySpan<Segment> Segments => _segments;

    /// <summary>Whether it matches every text.</summary>
    public bool IsEverything => _shape == Shape.All;

    /// <summary>The only text that matches; null if there may be others.</summary>
    public string? Exactly => _shape == Shape.Exact ? _prefix : null;

    /// <summary>Whether what it matches depends on the request's condition keys.</summary>
    public bool HasVariables => Array.Exists(_segments, segment => segment.Key is not null);

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
    public static TextPattern Compile(string text, bool wildcards, bool variables)
    {
        var segments = new List<Segment>();
        SegmentReader.Read(segments, text, wildcards, variables);
        return new([.. segments]);
    }

    /// <summary>Compiles a text with wildcards of which only the end may have variables.</summary>
    public static TextPattern Compile(string start, string end, bool variables)
    {
        var segments = new List<Segment>();
        SegmentReader.Read(segments, start, wildcards: true, variables: false);
        SegmentReader.Read(segments, end, wildcards: true, variables);
        return new([.. segments]);
    }

    /// <summary>Whether the whole text matches; false if a variable has no value.</summary>
    public bool IsMatch(ReadOnlySpan<char> text, RequestContext context)
    {
        if (!text.StartsWith(_prefix))
            return false;
        return _shape switch
        {
            Shape.All or Shape.Prefix => true,
            Shape.Exact => text.Length == _prefix.Length,
            _ => SegmentGlob.IsMatch(_segments, text, context),
        };
    }

    /// <summary>Whether the text is exactly this one, of which wildcards were not compiled.</summary>
    public bool IsEqual(ReadOnlySpan<char> text, RequestContext context, StringComparison comparison)
    {
        if (_shape == Shape.Exact)
            return comparison == StringComparison.Ordinal ? text.SequenceEqual(_prefix) : text.Equals(_prefix, comparison);
        foreach (ref readonly var segment in _segments.AsSpan())
        {
            if (!segment.TryResolve(context, out var part) || !text.StartsWith(part, comparison))
                return false;
            text = text[part.Length..];
        }
        return text.IsEmpty;
    }

    /// <summary>This pattern with its variables replaced. The buffer may be of any size; dispose the result.</summary>
    public ExpandedPattern Expand(RequestContext context, Span<int> buffer) => ExpandedPattern.Of(_segments, context, buffer);

    private static Shape ShapeOf(Segment[] segments) => segments switch
    {
        [] or [{ Literal: not null }] => Shape.Exact,
        [{ Wildcard: Glob.AnyRun }] => Shape.All,
        [{ Literal: not null }, { Wildcard: Glob.AnyRun }] => Shape.Prefix,
        _ => Shape.General,
    };
}
