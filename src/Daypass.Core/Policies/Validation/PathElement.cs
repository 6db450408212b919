namespace Daypass.Policies.Validation;

/// <summary>One step of the way from a policy's root to a part of it. Exactly one of the properties is set, as in AWS's API.</summary>
public sealed record PathElement
{
    private PathElement()
    {
    }

    /// <summary>An index into an array, from 0.</summary>
    public int? Index { get; private init; }

    /// <summary>The name of an object's member: the name itself is meant. Always the last step.</summary>
    public string? Key { get; private init; }

    /// <summary>A part of a text, in characters of the text as JSON decodes it: its first one, from 0, and how many. Always the last step.</summary>
    public (int Start, int Length)? Substring { get; private init; }

    /// <summary>The name of an object's member: its value is meant.</summary>
    public string? Value { get; private init; }

    internal static PathElement OfIndex(int index) => new() { Index = index };

    internal static PathElement OfKey(string key) => new() { Key = key };

    internal static PathElement OfSubstring(int start, int length) => new() { Substring = (start, length) };

    internal static PathElement OfValue(string name) => new() { Value = name };
}
