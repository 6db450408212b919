using Daypass.Names;

namespace Daypass.Policies;

/// <summary>
/// How a policy's text says what it means. The meaning is one: whatever its syntax, a text becomes the same <see cref="PolicyDocument"/>, in which
/// names are ARNs. Two values with the same prefix are equal.
/// </summary>
public sealed record PolicySyntax
{
    private const string UprojectMark = "uproject";

    private PolicySyntax(string name) => Name = name;

    /// <summary>AWS's JSON policy language (IAM guide, "IAM JSON policy reference").</summary>
    public static PolicySyntax Aws { get; } = new("Aws")
    {
        Versions = [PolicyDocument.Version2012, PolicyDocument.Version2008],
        DefaultVersion = PolicyDocument.Version2008,
        TakesVariables = true,
        PrincipalTypes = ["AWS", "Service", "Federated", "CanonicalUser"],
    };

    /// <summary>
    /// The language of uproject's IAM: version "1", names are URNs, <c>Resource</c> may be left out. What is documented there is a part of
    /// AWS's language; the rest of that is taken as an extension. See docs/reference/uproject-policies.md.
    /// </summary>
    public static PolicySyntax Uproject { get; } = new("Uproject")
    {
        Versions = ["1"],
        DefaultVersion = "1",
        TakesVariables = PolicyChoices.UprojectTakesVariables,
        PrincipalTypes = ["AWS", "Service"],
        PrincipalWrappers = ["UCS", "IAM", "AWS"],
        UrnPrefix = Urn.DefaultPrefix,
    };

    /// <summary>For messages and settings.</summary>
    public string Name { get; }

    /// <summary>The word before the first colon of URNs; null if names are ARNs only.</summary>
    public string? UrnPrefix { get; private init; }

    /// <summary>
    /// What is kept beside a stored document, so that it is read by the language it was written in, whatever the settings are by then: nothing for
    /// AWS's, <c>uproject</c>, or <c>uproject:acme</c> for another URN prefix.
    /// </summary>
    public string? Mark => UrnPrefix switch
    {
        null => null,
        Urn.DefaultPrefix => UprojectMark,
        _ => $"{UprojectMark}:{UrnPrefix}",
    };

    /// <summary>The versions a document may have, the one of today first.</summary>
    internal IReadOnlyList<string> Versions { get; private init; } = [];

    /// <summary>What a document without version has.</summary>
    internal string DefaultVersion { get; private init; } = "";

    /// <summary>Whether documents of today's version have variables.</summary>
    internal bool TakesVariables { get; private init; }

    /// <summary>The types that a principal element may name.</summary>
    internal IReadOnlyList<string> PrincipalTypes { get; private init; } = [];

    /// <summary>What may stand for the type <c>AWS</c>.</summary>
    internal IReadOnlyList<string> PrincipalWrappers { get; private init; } = [];

    /// <summary>The syntax of a <see cref="Mark"/>; null for a mark that no version up to this one wrote.</summary>
    /// <param name="mark">What was kept; null and the empty text are AWS's syntax.</param>
    public static PolicySyntax? FromMark(string? mark) => mark switch
    {
        null or "" => Aws,
        UprojectMark => Uproject,
        _ when mark.StartsWith(UprojectMark + ":", StringComparison.Ordinal) && IsPrefix(mark[(UprojectMark.Length + 1)..]) =>
            Uproject with { UrnPrefix = mark[(UprojectMark.Length + 1)..] },
        _ => null,
    };

    /// <summary>The same syntax for an installation whose URNs begin with another word.</summary>
    /// <param name="prefix">One to 32 lower-case letters, digits and hyphens; not <c>arn</c> and not <c>aws</c>.</param>
    /// <exception cref="ArgumentException">The prefix is none, or the syntax has no URNs.</exception>
    public PolicySyntax WithUrnPrefix(string prefix)
    {
        if (UrnPrefix is null || !IsPrefix(prefix))
            throw new ArgumentException("A URN prefix is one to 32 lower-case letters, digits and hyphens other than arn and aws, of a syntax with URNs.", nameof(prefix));
        return this with { UrnPrefix = prefix };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsPrefix(string prefix) =>
        prefix.Length is > 0 and <= 32 && prefix is not ("arn" or "aws") && prefix.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>Whether variables count in a document that says this version, or none.</summary>
    internal bool HasVariables(string? version) => TakesVariables && (version ?? DefaultVersion) == Versions[0];

    /// <summary>Whether a text means to be a URN of this syntax.</summary>
    internal bool IsUrn(string text) => UrnPrefix is { } prefix && Urn.IsMarked(text, prefix);
}
