namespace Daypass.Policies.Validation.Federation;

/// <summary>An issuer that gives tokens to everybody who has an account there: who trusts it without saying whose tokens trusts everybody.</summary>
/// <param name="Issuer">The host, and the path if there is one, without a scheme.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Claims">The claims of which a condition must narrow one.</param>
public sealed record SharedIssuer(string Issuer, string Name, IReadOnlyList<IssuerClaim> Claims)
{
    /// <summary>The condition key of a claim.</summary>
    public string KeyOf(IssuerClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return $"{Issuer}:{claim.Name}";
    }
}
