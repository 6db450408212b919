using Daypass.Service.Directories.Memory;

namespace Daypass.Service.Directories;

/// <summary>
/// The policies of a user or role, kept beside its document: right as long as that, the account's groups and its managed policies are
/// the same. So a write to one user costs the others nothing.
/// </summary>
internal sealed record RememberedPolicies(PrincipalPolicies Policies, object GroupsVersion, object PoliciesVersion)
{
    /// <summary>The policies of a holder. <paramref name="entry"/> is its document here, if it still is the one that is asked for.</summary>
    public static PrincipalPolicies Of<T>(Entry? entry, T holder, AccountDirectory directory, Func<T, AccountDirectory, PrincipalPolicies> compute)
        where T : class, IPolicyHolder
    {
        if (entry is null || !ReferenceEquals(entry.Value, holder))
            return compute(holder, directory);
        var (groups, policies) = (directory.Documents.VersionOf(DocumentKinds.Group), directory.Documents.VersionOf(DocumentKinds.Policy));
        if (entry.Derived is RememberedPolicies known && known.GroupsVersion == groups && known.PoliciesVersion == policies)
            return known.Policies;
        var computed = compute(holder, directory);
        entry.Derived = new RememberedPolicies(computed, groups, policies);
        return computed;
    }
}
