using System.Text;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Matching;

/// <summary>
/// An entry of <c>Action</c> or <c>NotAction</c>. Letter case does not matter. What is not <c>*</c> or <c>service:name</c> with
/// wildcards in the name only is kept as text and matches nothing.
/// </summary>
internal sealed class ActionPattern
{
    private readonly TextPattern? _pattern;

    public ActionPattern(string text)
    {
        var lower = Lower(text);
        var colon = lower.IndexOf(':', StringComparison.Ordinal);
        Service = colon < 0 ? "" : lower[..colon];
        if (lower is "*" or "*:*")
            _pattern = TextPattern.Everything;
        else if (colon > 0 && lower.IndexOf(':', colon + 1) < 0 && !Service.AsSpan().ContainsAny('*', '?'))
            _pattern = TextPattern.Compile(lower, wildcards: true, variables: false);
    }

    /// <summary>The part before the colon, in lower case.</summary>
    public string Service { get; }

    /// <summary>The pattern, in lower case; null if it matches nothing.</summary>
    public TextPattern? Pattern => _pattern;

    /// <summary>Whether there is anything it could match.</summary>
    public bool IsAlive => _pattern is not null;

    /// <summary>Whether it matches every action of every service.</summary>
    public bool IsEverything => _pattern is { IsEverything: true };

    /// <summary>The only action that matches, in lower case; null if there are others or none.</summary>
    public string? Exactly => _pattern?.Exactly;

    /// <summary>Whether an action in lower case matches.</summary>
    public bool IsMatch(ReadOnlySpan<char> action, RequestContext context) => _pattern is not null && _pattern.IsMatch(action, context);

    /// <summary>Whether some action of a service (in lower case) may match.</summary>
    public bool Concerns(string service) => _pattern is not null && (_pattern.IsEverything || Service == service);

    /// <summary>Puts ASCII letters in lower case; other characters are in no action's name.</summary>
    public static string Lower(string text) => string.Create(text.Length, text, static (lower, text) => Lower(text, lower));

    public static void Lower(ReadOnlySpan<char> text, Span<char> lower)
    {
        // Ascii.ToLower stops at the first character that is not ASCII; such a text is copied and matches no action.
        if (Ascii.ToLower(text, lower, out _) != System.Buffers.OperationStatus.Done)
            text.CopyTo(lower);
    }
}
