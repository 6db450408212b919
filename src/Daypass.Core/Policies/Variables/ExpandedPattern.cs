using System.Buffers;
using Daypass.Policies.Matching;

namespace Daypass.Policies.Variables;

/// <summary>A pattern with its variables replaced, as codes for <see cref="Glob"/>, in a buffer of the caller's or a rented one.</summary>
internal ref struct ExpandedPattern
{
    private int[]? _rented;

    private ExpandedPattern(Span<int> buffer, int[]? rented, int length)
    {
        _rented = rented;
        Codes = buffer[..length];
    }

    /// <summary>The codes; empty unless <see cref="IsResolved"/>.</summary>
    public Span<int> Codes { get; }

    /// <summary>Whether every variable had a value.</summary>
    public bool IsResolved { get; private set; }

    public static ExpandedPattern Of(ReadOnlySpan<Segment> segments, RequestContext context, Span<int> buffer)
    {
        var length = 0;
        foreach (var segment in segments)
        {
            if (segment.Wildcard != 0)
                length++;
            else if (segment.TryResolve(context, out var text))
                length += text.Length;
            else
                return default;
        }
        var rented = length <= buffer.Length ? null : ArrayPool<int>.Shared.Rent(length);
        var expanded = new ExpandedPattern(rented ?? buffer, rented, length) { IsResolved = true };
        Fill(segments, context, expanded.Codes);
        return expanded;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<int>.Shared.Return(_rented);
        _rented = null;
    }

    private static void Fill(ReadOnlySpan<Segment> segments, RequestContext context, Span<int> codes)
    {
        var at = 0;
        foreach (var segment in segments)
        {
            if (segment.Wildcard != 0)
            {
                codes[at++] = segment.Wildcard;
                continue;
            }
            segment.TryResolve(context, out var text);
            foreach (var character in text)
                codes[at++] = character;
        }
    }
}
