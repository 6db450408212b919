using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories.Memory;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Federation.X509;
using Daypass.Service.Mfa;

namespace Daypass.Service.Directories;

/// <summary>
/// The typed view of one account at one moment. Owns: finding entities by the names and ids that AWS uses, and the compiled policies
/// of its principals. Called by: actions and authenticators.
/// </summary>
internal sealed class AccountDirectory(AccountId account, Documents documents)
{
    public AccountId Account { get; } = account;

    public Documents Documents { get; } = documents;

    public AccountSettings? Settings => Documents.Find(DocumentKinds.Settings, "account");

    /// <summary>The organization that this account manages, if it does.</summary>
    public Organization? Organization => Documents.Find(DocumentKinds.Organization, "organization");

    // Names are unique ignoring case, but a name in another case is another name.
    public User? FindUser(string name) => Documents.Find(DocumentKinds.User, DocumentKinds.Fold(name)) is { } user && user.Name == name ? user : null;

    public Group? FindGroup(string name) => Documents.Find(DocumentKinds.Group, DocumentKinds.Fold(name)) is { } group && group.Name == name ? group : null;

    public Role? FindRole(string name) => Documents.Find(DocumentKinds.Role, DocumentKinds.Fold(name)) is { } role && role.Name == name ? role : null;

    public User? FindUserById(string id) => Documents.FindBy(DocumentIndexes.UserById, id);

    public Role? FindRoleById(string id) => Documents.FindBy(DocumentIndexes.RoleById, id);

    public Group? FindGroupById(string id) => Documents.FindBy(DocumentIndexes.GroupById, id);

    public AccessKey? FindAccessKey(string id) => Documents.Find(DocumentKinds.AccessKey, id);

    /// <summary>An access key with the user it belongs to; null when either is not there.</summary>
    public KeyHolder? FindHolder(string accessKeyId)
    {
        if (Documents.FindEntry(DocumentKinds.AccessKey, accessKeyId) is not { } entry)
            return null;
        var (key, known, users) = ((AccessKey)entry.Value!, entry.Derived as KeyHolder, Documents.VersionOf(DocumentKinds.User));
        if (known?.Users == users)
            return known;
        if (FindUserById(key.UserId) is not { } user)
            return null;
        var holder = known is not null && ReferenceEquals(known.User, user) ? known : new KeyHolder(Account, key, user, Documents);
        holder.Users = users;
        entry.Derived = holder;
        return holder;
    }

    /// <summary>The keys of a user in ordinal order of their ids.</summary>
    public IEnumerable<AccessKey> AccessKeysOf(User user) => Documents.AllBy(DocumentIndexes.AccessKeysByUser, user.Id);

    /// <summary>A virtual MFA device of this account by its serial number, which is its ARN.</summary>
    public MfaDevice? FindMfaDevice(string serialNumber)
    {
        var start = Arn.Iam(Account, "mfa").ToString();
        return serialNumber.StartsWith(start, StringComparison.Ordinal) ? Documents.Find(DocumentKinds.MfaDevice, serialNumber[start.Length..]) : null;
    }

    /// <summary>The devices that are enabled for a user, in ordinal order of their paths and names.</summary>
    public IEnumerable<MfaDevice> MfaDevicesOf(User user) => Documents.AllBy(DocumentIndexes.MfaDevicesByUser, user.Id);

    /// <summary>An OpenID Connect provider by its issuer without <c>https://</c>, letter for letter.</summary>
    public OidcProvider? FindOidcProvider(string url) => Documents.Find(DocumentKinds.OidcProvider, url);

    /// <summary>A SAML provider of this account by its ARN, letter for letter.</summary>
    public SamlProvider? FindSamlProvider(Arn arn) =>
        Documents.Find(DocumentKinds.SamlProvider, IdIn(arn)) is { } provider && provider.ArnIn(Account) == arn ? provider : null;

    /// <summary>A trust anchor of this account by its ARN, letter for letter.</summary>
    public TrustAnchor? FindTrustAnchor(Arn arn) => Documents.Find(DocumentKinds.TrustAnchor, IdIn(arn)) is { } anchor && anchor.ArnIn(Account) == arn ? anchor : null;

    /// <summary>A profile of Roles Anywhere of this account by its ARN, letter for letter.</summary>
    public AnywhereProfile? FindAnywhereProfile(Arn arn) => Documents.Find(DocumentKinds.AnywhereProfile, IdIn(arn)) is { } profile && profile.ArnIn(Account) == arn ? profile : null;

    private static string IdIn(Arn arn) => arn.Resource[(arn.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>An LDAP provider of this account by its ARN, letter for letter.</summary>
    public LdapProvider? FindLdapProvider(Arn arn) =>
        Documents.Find(DocumentKinds.LdapProvider, arn.Resource[(arn.Resource.IndexOf('/', StringComparison.Ordinal) + 1)..]) is { } provider && provider.ArnIn(Account) == arn ? provider : null;

    /// <summary>A managed policy of this account, or one of the system's, by its ARN.</summary>
    public ManagedPolicy? FindPolicy(string arn) => IsOwn(arn) ? FindOwnPolicy(arn) : SystemPolicies.Find(arn);

    public ManagedPolicy? FindOwnPolicy(string arn)
    {
        var name = arn[(arn.LastIndexOf('/') + 1)..];
        return Documents.Find(DocumentKinds.Policy, DocumentKinds.Fold(name)) is { } policy && policy.ArnIn(Account.ToString()).ToString() == arn ? policy : null;
    }

    /// <summary>The identity policies and the boundary that a user or role has now.</summary>
    public PrincipalPolicies PoliciesOf(User user) =>
        RememberedPolicies.Of(Documents.FindEntry(DocumentKinds.User, DocumentKinds.Fold(user.Name)), user, this, PrincipalPolicies.Of);

    public PrincipalPolicies PoliciesOf(Role role) =>
        RememberedPolicies.Of(Documents.FindEntry(DocumentKinds.Role, DocumentKinds.Fold(role.Name)), role, this, PrincipalPolicies.Of);

    /// <summary>A role's trust policy, with its principals bound to unique ids.</summary>
    public static Policy TrustOf(Role role) => CompiledPolicies.Trust(role.Trust);

    private bool IsOwn(string arn) => Arn.TryParse(arn, out var parsed) && parsed.Account == Account.ToString();
}
