namespace Daypass.Policies.Variables;

/// <summary>A piece of a pattern: a wildcard, literal text, or a variable with an optional default.</summary>
/// <param name="Wildcard">A code of <see cref="Matching.Glob"/>, or 0.</param>
/// <param name="Literal">The text of a literal piece.</param>
/// <param name="Key">The condition key of a variable; empty for one that is written so that it can never resolve.</param>
/// <param name="Default">What stands in for a missing key.</param>
internal readonly record struct Segment(int Wildcard, string? Literal, string? Key, string? Default)
{
    private readonly int _signature = Matching.KeySignature.Of(Key);

    /// <summary>
    /// The text this piece stands for; false for a variable without a value. A multivalued key never has one, not even the
    /// default: it is present, only not usable here (IAM guide, "Variables").
    /// </summary>
    public bool TryResolve(RequestContext context, out ReadOnlySpan<char> text)
    {
        var found = Literal;
        if (Key is { Length: > 0 })
            {
            found = context.TryGet(Key, _signature, out var value) ? value.Single : Default;
            if (PolicyChoices.EmptyTextTakesDefault && found is "")
                found = Default;
        }
        text = found;
        return found is not null;
    }
}
