namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// A search filter as a tree (RFC 4511, section 4.5.1.7), with places for what a caller gives. It is read once from the text that an administrator has
/// written; a caller's text only ever fills a value's place in the finished tree, so there is nothing that it could break out of.
/// </summary>
internal abstract record LdapFilter
{
    /// <summary>Microsoft's LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS, 3.1.1.3.4.4.3).</summary>
    public const string MatchingRuleInChain = "1.2.840.113556.1.4.1941";

    internal sealed record All(IReadOnlyList<LdapFilter> Parts) : LdapFilter;

    internal sealed record Any(IReadOnlyList<LdapFilter> Parts) : LdapFilter;

    internal sealed record Not(LdapFilter Part) : LdapFilter;

    internal sealed record Compare(LdapComparison Comparison, string Attribute, LdapValue Value) : LdapFilter;

    internal sealed record Substrings(string Attribute, LdapValue? Initial, IReadOnlyList<LdapValue> Middle, LdapValue? Final) : LdapFilter;

    internal sealed record Present(string Attribute) : LdapFilter;

    /// <summary>Such as Active Directory's <c>member:1.2.840.113556.1.4.1941:=</c>, which finds the groups of groups, too.</summary>
    internal sealed record Extensible(string? Attribute, string? Rule, bool OfDn, LdapValue Value) : LdapFilter;

    /// <summary>Every filter below this one, and itself.</summary>
    public IEnumerable<LdapFilter> Flatten() => this switch
    {
        All all => all.Parts.SelectMany(part => part.Flatten()).Prepend(this),
        Any any => any.Parts.SelectMany(part => part.Flatten()).Prepend(this),
        Not not => not.Part.Flatten().Prepend(this),
        _ => [this],
    };

    /// <summary>The same with everything filled in.</summary>
    public LdapFilter Filled(LdapNames names) => this switch
    {
        All all => new All([.. all.Parts.Select(part => part.Filled(names))]),
        Any any => new Any([.. any.Parts.Select(part => part.Filled(names))]),
        Not not => new Not(not.Part.Filled(names)),
        Compare compare => compare with { Value = compare.Value.Filled(names) },
        Extensible extensible => extensible with { Value = extensible.Value.Filled(names) },
        Substrings substrings => substrings with { Initial = substrings.Initial?.Filled(names), Middle = [.. substrings.Middle.Select(middle => middle.Filled(names))], Final = substrings.Final?.Filled(names) },
        _ => this,
    };

    /// <summary>The same, with whatever is compared with a distinguished name compared along the whole chain of groups, by Active Directory's rule.</summary>
    public LdapFilter InChain() => this switch
    {
        All all => new All([.. all.Parts.Select(part => part.InChain())]),
        Any any => new Any([.. any.Parts.Select(part => part.InChain())]),
        Not not => new Not(not.Part.InChain()),
        Compare compare when IsOfDnAlone(compare) => new Extensible(compare.Attribute, MatchingRuleInChain, false, compare.Value),
        _ => this,
    };

    /// <summary>Whether an attribute is compared with a distinguished name, so that <see cref="InChain"/> says something else.</summary>
    public bool IsOfDn => Flatten().OfType<Compare>().Any(IsOfDnAlone);

    private static bool IsOfDnAlone(Compare compare) => compare.Comparison == LdapComparison.Equal && compare.Value.Pieces is [{ Place: 'd' }];

    public IEnumerable<LdapValue> Values => Flatten().SelectMany(IEnumerable<LdapValue> (filter) => filter switch
    {
        Compare compare => [compare.Value],
        Extensible extensible => [extensible.Value],
        Substrings substrings => [.. new[] { substrings.Initial, substrings.Final }.OfType<LdapValue>(), .. substrings.Middle],
        _ => [],
    });

    /// <summary>The attribute that the caller's name is compared with as a whole: it holds the name as the directory has it. Null when there is none.</summary>
    public string? NameAttribute => Flatten().OfType<Compare>().FirstOrDefault(compare => compare is { Comparison: LdapComparison.Equal, Value.IsName: true })?.Attribute;
}

internal enum LdapComparison
{
    Equal,
    GreaterOrEqual,
    LessOrEqual,
    Approximate,
}

/// <summary>A value of a filter: bytes, and places between them.</summary>
internal sealed record LdapValue(IReadOnlyList<LdapValue.Piece> Pieces)
{
    /// <param name="Bytes">Null where something is to be filled in.</param>
    /// <param name="Place"><c>s</c> for the user's name, <c>d</c> for his distinguished name.</param>
    internal readonly record struct Piece(byte[]? Bytes, char Place);

    /// <summary>Whether it is the caller's name and nothing else.</summary>
    public bool IsName => Pieces is [{ Place: 's' }];

    public bool Has(char place) => Pieces.Any(piece => piece.Place == place);

    public LdapValue Filled(LdapNames names) => new([new Piece(Fill(names), default)]);

    public byte[] Fill(LdapNames names) => [.. Pieces.SelectMany(piece => piece.Bytes ?? System.Text.Encoding.UTF8.GetBytes(piece.Place == 's' ? names.User : names.Dn))];
}

/// <summary>What filters are filled with.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Dn">The user's distinguished name; empty while it is not known.</param>
internal readonly record struct LdapNames(string User, string Dn = "");
