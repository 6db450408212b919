namespace Daypass.Names;

/// <summary>
/// Ids that are never used again (IAM guide, "Unique identifiers"): a four-letter prefix and seventeen characters.
/// Sessions and trust hang on these, so a re-created name does not inherit what its predecessor had.
/// </summary>
public static class UniqueId
{
    /// <summary>Prefix of a user's id.</summary>
    public const string User = "AIDA";

    /// <summary>Prefix of a role's id.</summary>
    public const string Role = "AROA";

    /// <summary>Prefix of a group's id.</summary>
    public const string Group = "AGPA";

    /// <summary>Prefix of a managed policy's id.</summary>
    public const string ManagedPolicy = "ANPA";

    /// <summary>How many random bytes <see cref="Create"/> takes.</summary>
    public const int RandomLength = 17;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Makes an id of 21 characters: 85 random bits behind the prefix.</summary>
    public static string Create(string prefix, ReadOnlySpan<byte> random)
    {
        Span<char> text = stackalloc char[4 + RandomLength];
        prefix.CopyTo(text);
        for (var i = 0; i < RandomLength; i++)
            text[4 + i] = Alphabet[random[i] & 31];
        return new string(text);
    }
}
