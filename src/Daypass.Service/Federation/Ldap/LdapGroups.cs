namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// Finds the groups of a user. Groups of groups are looked for level by level, each group once, so it does not matter whether they go in a circle; and within bounds,
/// beyond which nobody gets in: which of them are left out would be chance, and a Deny may look for any.
/// </summary>
internal static class LdapGroups
{
    /// <summary>The most groups a user may be in, of those that the provider's filter finds.</summary>
    public const int Most = 1000;

    /// <summary>The most groups, each in the next, on the way from a user to one of his groups.</summary>
    public const int MostLevels = 10;

    // Groups that one question asks for the groups of.
    private const int AtOnce = 50;

    /// <summary>The distinguished names, sorted, as the directory writes them.</summary>
    /// <exception cref="FetchException">The search failed, or there are too many.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(ILdapConnection connection, LdapProvider provider, LdapNames names, CancellationToken cancellationToken)
    {
        var read = LdapFilterReader.TryRead(provider.GroupFilter)!;
        var filter = provider.GroupSearch == LdapGroupSearch.ActiveDirectory ? read.InChain() : read;
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> level = await NewAsync([filter.Filled(names)]);
        for (var depth = 2; provider.GroupSearch == LdapGroupSearch.Nested && level.Count > 0; depth++)
        {
            var next = new List<string>();
            foreach (var groups in level.Chunk(AtOnce))
                next.AddRange(await NewAsync([.. groups.Select(group => filter.Filled(names with { Dn = group }))]));
            if (depth > MostLevels && next.Count > 0)
                throw new FetchException(FetchFault.Unusable, $"the user's groups are in each other over more than {MostLevels} levels; the last of them is {next[0]}");
            level = next;
        }
        return [.. found.Values.Order(StringComparer.Ordinal)];

        // Those that were not found before.
        async Task<List<string>> NewAsync(IReadOnlyList<LdapFilter> filters)
        {
            var any = filters is [var only] ? only : new LdapFilter.Any(filters);
            var answer = await connection.SearchAsync(new LdapSearch(provider.GroupBase, any, names, null, Most), cancellationToken);
            List<string> added = [.. answer.Entries.Select(entry => entry.Dn).Where(dn => found.TryAdd(DistinguishedName.TryNormalize(dn) ?? dn, dn))];
            if (answer.HasMore || found.Count > Most)
                throw new FetchException(FetchFault.Unusable, $"the user is in more than {Most} groups; narrow the provider's GroupFilter");
            return added;
        }
    }
}
