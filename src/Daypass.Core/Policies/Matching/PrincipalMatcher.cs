using Daypass.Names;

namespace Daypass.Policies.Matching;

/// <summary>The entries of one <c>Principal</c> or <c>NotPrincipal</c>, and how they name a caller.</summary>
internal sealed class PrincipalMatcher
{
    private readonly Entry[] _entries;

    public PrincipalMatcher(IReadOnlyList<PrincipalPattern> patterns)
    {
        _entries = [.. patterns.Select(pattern => new Entry(pattern.Kind, pattern.Text, AccountOf(pattern)))];
    }

    /// <summary>The strongest way in which the entries name the caller.</summary>
    public PrincipalMatch Match(Principal caller, IReadOnlyDictionary<string, string>? bindings)
    {
        var best = PrincipalMatch.None;
        foreach (var entry in _entries)
        {
            var match = Match(entry, caller, bindings);
            if (match > best)
                best = match;
        }
        return best;
    }

    /// <summary>Whether some entry other than <c>*</c> names the caller.</summary>
    public bool Names(Principal caller) =>
        Array.Exists(_entries, entry => entry.Kind != PrincipalPatternKind.Anyone && Match(entry, caller, null) != PrincipalMatch.None);

    /// <summary>
    /// Whether <c>NotPrincipal</c> with Deny spares the caller. Strictly: a session only if session, role and account are all
    /// listed, a user only if user and account are.
    /// </summary>
    public bool ListsEveryForm(Principal caller, IReadOnlyDictionary<string, string>? bindings)
    {
        if (!PolicyChoices.NotPrincipalNeedsEveryForm)
            return Match(caller, bindings) != PrincipalMatch.None;
        int found = 0;
        foreach (var entry in _entries)
        {
            if (entry.Kind == PrincipalPatternKind.Anyone)
                return true;
            found |= 1 << (int)Match(entry, caller, bindings);
        }
        var needed = FormsOf(caller.Kind);
        return needed != 0 && (found & needed) == needed;
    }

    private static int FormsOf(PrincipalKind kind)
    {
        const int Account = 1 << (int)PrincipalMatch.Account, Entity = 1 << (int)PrincipalMatch.Entity, Direct = 1 << (int)PrincipalMatch.Direct;
        return kind switch
        {
            PrincipalKind.Root => Account,
            PrincipalKind.User => Direct | Account,
            PrincipalKind.RoleSession or PrincipalKind.FederatedUser => Direct | Entity | Account,
            PrincipalKind.Anonymous => 0,
            _ => Direct,
        };
    }

    private static PrincipalMatch Match(in Entry entry, Principal caller, IReadOnlyDictionary<string, string>? bindings) => entry.Kind switch
    {
        PrincipalPatternKind.Anyone => PrincipalMatch.Direct,
        PrincipalPatternKind.Account => If(entry.Account.IsSet && entry.Account == caller.Account, PrincipalMatch.Account),
        PrincipalPatternKind.User => If(IsEntity(entry.Text, caller.UserArn, caller, bindings), StrengthOfEntity(caller)),
        PrincipalPatternKind.Role => If(IsEntity(entry.Text, caller.RoleArn, caller, bindings), StrengthOfEntity(caller)),
        PrincipalPatternKind.UniqueId => If(string.Equals(entry.Text, caller.UniqueId, StringComparison.Ordinal), StrengthOfEntity(caller)),
        PrincipalPatternKind.RoleSession => IfNamed(entry.Text, caller.Arn, caller.Kind == PrincipalKind.RoleSession && IsBoundRole(entry.Text, caller, bindings)),
        PrincipalPatternKind.FederatedUser => IfNamed(entry.Text, caller.Arn, caller.Kind == PrincipalKind.FederatedUser),
        PrincipalPatternKind.Federated => IfNamed(entry.Text, caller.Provider, caller.IsFederated),
        PrincipalPatternKind.Service => IfNamed(entry.Text, caller.Provider, caller.Kind == PrincipalKind.Service),
        _ => PrincipalMatch.None,
    };

    /// <summary>A bound ARN stands for the entity it named when it was written, whoever has the name now.</summary>
    private static bool IsEntity(string text, string? arn, Principal caller, IReadOnlyDictionary<string, string>? bindings)
    {
        if (arn is null)
            return false;
        return bindings is not null && bindings.TryGetValue(text, out var id)
            ? string.Equals(id, caller.UniqueId, StringComparison.Ordinal)
            : string.Equals(text, arn, StringComparison.Ordinal);
    }

    /// <summary>A bound session is that name of the role it meant, not of one that was re-created.</summary>
    private static bool IsBoundRole(string text, Principal caller, IReadOnlyDictionary<string, string>? bindings) =>
        bindings is null || !bindings.TryGetValue(text, out var id) || string.Equals(id, caller.UniqueId, StringComparison.Ordinal);

    private static PrincipalMatch StrengthOfEntity(Principal caller) =>
        caller.Kind == PrincipalKind.User ? PrincipalMatch.Direct : PrincipalMatch.Entity;

    private static PrincipalMatch IfNamed(string text, string? name, bool isKind) =>
        If(isKind && string.Equals(text, name, StringComparison.Ordinal), PrincipalMatch.Direct);

    private static PrincipalMatch If(bool condition, PrincipalMatch match) => condition ? match : PrincipalMatch.None;

    private static AccountId AccountOf(PrincipalPattern pattern)
    {
        var digits = pattern.Text.AsSpan();
        if (pattern.Kind == PrincipalPatternKind.Account && digits.Length > 12)
            digits = new ArnFields(digits)[4];
        AccountId.TryParse(digits, out var account);
        return account;
    }

    private readonly record struct Entry(PrincipalPatternKind Kind, string Text, AccountId Account);
}
