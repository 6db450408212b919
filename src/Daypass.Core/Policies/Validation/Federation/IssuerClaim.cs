namespace Daypass.Policies.Validation.Federation;

/// <summary>A claim of a shared issuer's tokens that says whose token it is, and how a pattern for it must begin to say so.</summary>
/// <param name="Name">The claim, such as <c>sub</c>; the condition key is the issuer, a colon and this; or a whole key of another service, such as <c>sts:RoleSessionName</c>.</param>
/// <param name="Prefix">What every value begins with, such as <c>repo:</c>.</param>
/// <param name="Separator">What ends the name of the tenant behind the prefix; null if the value names the tenant alone.</param>
public sealed record IssuerClaim(string Name, string Prefix = "", char? Separator = null)
{
    /// <summary>A value of a condition that one tenant's tokens meet, such as <c>repo:acme/*</c>.</summary>
    internal string Example => Separator is { } separator ? $"{Prefix}acme{separator}*" : $"{Prefix}acme";

    /// <summary>
    /// Whether tenants choose the form of the value themselves, as those of GitHub do with their subjects: then a value with another beginning is anybody's, even
    /// where a condition has the whole of it.
    /// </summary>
    public bool IsOfTenantsForm { get; init; }

    /// <summary>
    /// Whether it says whose code runs and not who runs it: others may call a public workflow, with inputs and on machines of their own. A condition on it names a
    /// tenant, and lets strangers in all the same.
    /// </summary>
    public bool IsOfCode { get; init; }

    /// <summary>
    /// Whether a value of a condition lets tokens of one tenant through only: it has the tenant's name, whole, before its first wildcard. So
    /// <c>repo:acme/*</c> does, and <c>repo:acme*</c> does not: acme-evil may be anybody.
    /// </summary>
    /// <param name="pattern">The value in the policy.</param>
    /// <param name="hasWildcards">Whether <c>*</c> and <c>?</c> are wildcards for the operator.</param>
    public bool IsNarrowedBy(string pattern, bool hasWildcards)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        // A variable is the token's own word as good as a wildcard is: "${token.actions.githubusercontent.com:sub}" fits every subject.
        var variable = pattern.IndexOf("${", StringComparison.Ordinal);
        var wildcard = hasWildcards ? pattern.AsSpan().IndexOfAny('*', '?') : -1;
        wildcard = variable >= 0 && (wildcard < 0 || variable < wildcard) ? variable : wildcard;
        return wildcard < 0 ? IsTenants(pattern) : Separator is { } separator && IsBegun(pattern[..wildcard]) && pattern.IndexOf(separator, Prefix.Length, wildcard - Prefix.Length) > Prefix.Length;
    }

    // A whole value is that of whose token has it, unless anybody can have it written into his.
    private bool IsTenants(string value) => value.Length > 0 && (!IsOfTenantsForm || IsBegun(value));

    private bool IsBegun(string text) => text.Length > Prefix.Length && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length] != Separator;
}
