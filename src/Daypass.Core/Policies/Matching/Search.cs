using System.Numerics;

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
    public static Match? FindDeny(in Subject subject, Policy policy) => Find(subject, policy, isDeny: true);

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
    public static Match? FindAllow(in Subject subject, Policy policy) => Find(subject, policy, isDeny: false);

    /// <summary>The first Deny that names the caller.</summary>
    public static Match? FindDenyOfCaller(in Subject subject, IReadOnlyList<Policy> policies)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (FindStrongest(subject, policies[i], isDeny: true, PrincipalMatch.Account) is { } match)
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
            if (FindStrongest(subject, policies[i], isDeny: false, PrincipalMatch.Direct) is { } match && match.Principal > (best?.Principal ?? PrincipalMatch.None))
                best = match;
        }
        return best;
    }

    private static Match? Find(in Subject subject, Policy policy, bool isDeny)
    {
        foreach (var block in policy.Document.Blocks)
        {
            for (var candidates = block.Candidates(subject, isDeny); candidates != 0; candidates &= candidates - 1)
            {
                var statement = block[BitOperations.TrailingZeroCount(candidates)];
                if (statement.Concerns(subject))
                    return new Match(policy, statement, PrincipalMatch.None);
            }
        }
        return null;
    }

    /// <summary>The statement that names the caller most closely; one that does so closely enough ends the search.</summary>
    private static Match? FindStrongest(in Subject subject, Policy policy, bool isDeny, PrincipalMatch enough)
    {
        Match? best = null;
        var strength = PrincipalMatch.None;
        foreach (var block in policy.Document.Blocks)
        {
            for (var candidates = block.Candidates(subject, isDeny); candidates != 0 && strength < enough; candidates &= candidates - 1)
            {
                var statement = block[BitOperations.TrailingZeroCount(candidates)];
                var match = statement.MatchPrincipal(subject, policy);
                if (match <= strength || !statement.Concerns(subject))
                    continue;
                best = new Match(policy, statement, match);
                strength = match;
            }
        }
        return best;
    }
}
