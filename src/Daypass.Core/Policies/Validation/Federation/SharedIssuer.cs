namespace Daypass.Policies.Validation.Federation;

/// <summary>An issuer that gives tokens to everybody who has an account there: who trusts it without saying whose tokens trusts everybody.</summary>
/// <param name="Issuer">The host, and the path if there is one, without a scheme.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Claims">The claims of which a condition must narrow one.</param>
public sealed record SharedIssuer(string Issuer, string Name, IReadOnlyList<IssuerClaim> Claims)
{
    /// <summary>Whether a condition key is that of a claim. Some register the issuer with a slash at its end, and then it is in the key.</summary>
    /// <param name="claim">A claim of this issuer.</param>
    /// <param name="key">The key, in any letter case.</param>
    public bool IsKeyOf(IssuerClaim claim, string key)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return KeyOf(claim).Equals(key, StringComparison.OrdinalIgnoreCase) || $"{Issuer}/:{claim.Name}".Equals(key, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a value of a condition on a key lets tokens of one tenant through only, by what some claim of the key's name says.</summary>
    /// <param name="key">The condition key, in any letter case.</param>
    /// <param name="value">The value in the policy.</param>
    /// <param name="hasWildcards">Whether <c>*</c> and <c>?</c> are wildcards for the operator.</param>
    public bool IsNarrowedBy(string key, string value, bool hasWildcards) => Claims.Any(claim => IsKeyOf(claim, key) && claim.IsNarrowedBy(value, hasWildcards));

    /// <summary>A condition, in JSON, that names one tenant.</summary>
    internal string ExampleCondition => $"\"{(Claims[0].Separator is null ? "StringEquals" : "StringLike")}\": {{\"{KeyOf(Claims[0])}\": \"{Claims[0].Example}\"}}";

    /// <summary>The condition key of a claim.</summary>
    public string KeyOf(IssuerClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Name.StartsWith("sts:", StringComparison.Ordinal) ? claim.Name : $"{Issuer}:{claim.Name}";
    }
}
