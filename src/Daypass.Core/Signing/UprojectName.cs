using System.Buffers;

namespace Daypass.Signing;

/// <summary>
/// Names of parameters: letters, digits, underscores and hyphens, in parts that dots separate, beginning with a letter. Nothing delimits names from values
/// in what is signed, so what may stand in a name is kept to what names need.
/// </summary>
internal static class UprojectName
{
    private const int LongestQuote = 64;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Why a name as sent is none; null for good ones.</summary>
    public static UprojectError? Check(ReadOnlySpan<char> name)
    {
        if (name.Length > UprojectRequest.MaxNameLength)
            return new UprojectError($"The name of a parameter is longer than {UprojectRequest.MaxNameLength} characters.");
        if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
            return Bad(name);
        foreach (var part in name.Split('.'))
        {
            if (!IsPart(name[part]))
                return Bad(name);
        }
        return null;
    }

    /// <summary>Whether a text may be the name of an object's member.</summary>
    public static bool IsPart(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(Letters);

    public static UprojectError Bad(ReadOnlySpan<char> name)
    {
        var shown = SigningErrors.Quote(name.Length > LongestQuote ? $"{name[..LongestQuote]}..." : name.ToString());
        return new UprojectError($"'{shown}' is no name of a parameter.", shown);
    }
}
