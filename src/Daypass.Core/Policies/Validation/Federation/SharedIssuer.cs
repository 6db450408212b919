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

    /// <summary>The condition key of a claim.</summary>
    public string KeyOf(IssuerClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return claim.Name.StartsWith("sts:", StringComparison.Ordinal) ? claim.Name : $"{Issuer}:{claim.Name}";
    }
}
