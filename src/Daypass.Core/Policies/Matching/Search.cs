namespace Daypass.Policies.Matching;

/// <summary>Finds the statements that apply to a request.</summary>
internal static class Search
{
    /// <summary>The first Deny of policies without principals.</summary>
    public static Match? FindDeny(in Subject subject, IReadOnlyList<Policy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (FindDeny(subject, policies[i]) is { } match)
                return match;
        }
        return null;
    }

    /// <summary>The first Deny of a policy without principals.</summary>
    public static Match? FindDeny(in Subject subject, Policy policy) => Find(subject, policy, policy.Document.Denies);

    /// <summary>The first Allow of policies without principals.</summary>
    public static Match? FindAllow(in Subject subject, IReadOnlyList<Policy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (FindAllow(subject, policies[i]) is { } match)
                return match;
        }
        return null;
    }

    /// <summary>The first Allow of a policy without principals.</summary>
    public static Match? FindAllow(in Subject subject, Policy policy) => Find(subject, policy, policy.Document.Allows);

    /// <summary>The first Deny that names the caller.</summary>
    public static Match? FindDenyOfCaller(in Subject subject, IReadOnlyList<Policy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (FindStrongest(subject, policies[i], policies[i].Document.Denies, PrincipalMatch.Account) is { } match)
                return match;
        }
        return null;
    }

    /// <summary>The Allow that names the caller most closely.</summary>
    public static Match? FindAllowOfCaller(in Subject subject, IReadOnlyList<Policy> policies)
    {
        Match? best = null;
        for (var i = 0; i < policies.Count; i++)
        {
            if (FindStrongest(subject, policies[i], policies[i].Document.Allows, PrincipalMatch.Direct) is { } match && match.Principal > (best?.Principal ?? PrincipalMatch.None))
                best = match;
        }
        return best;
    }

    private static Match? Find(in Subject subject, Policy policy, StatementIndex statements)
    {
        var candidates = statements.Find(subject);
        while (candidates.MoveNext())
        {
            if (candidates.Current.Concerns(subject, candidates.IsNamed))
                return new Match(policy, candidates.Current, PrincipalMatch.None);
        }
        return null;
    }

    private static Match? FindStrongest(in Subject subject, Policy policy, StatementIndex statements, PrincipalMatch enough)
    {
        Match? best = null;
        var strength = PrincipalMatch.None;
        var candidates = statements.Find(subject);
        while (candidates.MoveNext())
        {
            var statement = candidates.Current;
            var match = statement.MatchPrincipal(subject, policy);
            if (match <= strength || !statement.Concerns(subject, candidates.IsNamed))
                continue;
            best = new Match(policy, statement, match);
            strength = match;
            if (strength >= enough)
                break;
        }
        return best;
    }
}
