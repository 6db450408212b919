namespace Daypass.Policies.Validation.Services;

/// <summary>A condition key.</summary>
/// <param name="Name">As AWS writes it; <c>/*</c> at the end stands for the name of a tag.</param>
/// <param name="Type">What its values are.</param>
/// <param name="IsMany">Whether a request may have several values of it.</param>
internal sealed record KeyFacts(string Name, KeyType Type, bool IsMany)
{
    /// <summary>Whether it needs the name of a tag behind a slash.</summary>
    public bool IsOfTag => Name.EndsWith("/*", StringComparison.Ordinal);

    /// <summary>Reads <c>NAME TYPE [many]</c>.</summary>
    public static KeyFacts Read(string[] words) => new(words[0], Enum.Parse<KeyType>(words[1], ignoreCase: true), words.Length > 2);
}
