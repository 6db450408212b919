using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Directories;

/// <summary>
/// The typed view of one account at one moment. Owns: finding entities by the names and ids that AWS uses, and the compiled policies
/// of its principals. Called by: actions and authenticators.
/// </summary>
internal sealed class AccountDirectory(AccountId account, Documents documents)
{
    // Of this moment only: the next snapshot begins with none.
    private readonly ConcurrentDictionary<string, PrincipalPolicies> _policies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KeyHolder> _holders = new(StringComparer.Ordinal);

    public AccountId Account { get; } = account;

    public Documents Documents { get; } = documents;

    public AccountSettings? Settings => Documents.Find(DocumentKinds.Settings, "account");

    /// <summary>The organization that this account manages, if it does.</summary>
    public Organization? Organization => Documents.Find(DocumentKinds.Organization, "organization");

    // Names are unique ignoring case, but a name in another case is another name.
    public User? FindUser(string name) => Documents.Find(DocumentKinds.User, DocumentKinds.Fold(name)) is { } user && user.Name == name ? user : null;

    public Group? FindGroup(string name) => Documents.Find(DocumentKinds.Group, DocumentKinds.Fold(name)) is { } group && group.Name == name ? group : null;

    public Role? FindRole(string name) => Documents.Find(DocumentKinds.Role, DocumentKinds.Fold(name)) is { } role && role.Name == name ? role : null;

    public User? FindUserById(string id) => Documents.FindById(DocumentKinds.User, id);

    public Role? FindRoleById(string id) => Documents.FindById(DocumentKinds.Role, id);

    public Group? FindGroupById(string id) => Documents.FindById(DocumentKinds.Group, id);

    public AccessKey? FindAccessKey(string id) => Documents.Find(DocumentKinds.AccessKey, id);

    /// <summary>An access key with the user it belongs to, found once per snapshot; null when either is not there.</summary>
    public KeyHolder? FindHolder(string accessKeyId)
    {
        if (_holders.TryGetValue(accessKeyId, out var known))
            return known;
        if (FindAccessKey(accessKeyId) is not { } key || FindUserById(key.UserId) is not { } user)
            return null;
        return _holders[accessKeyId] = new KeyHolder(Account, key, user, Documents);
    }

    public IEnumerable<AccessKey> AccessKeysOf(User user) => Documents.All(DocumentKinds.AccessKey).Where(key => key.UserId == user.Id);

    /// <summary>A managed policy of this account, or one of AWS's, by its ARN.</summary>
    public ManagedPolicy? FindPolicy(string arn) => IsOwn(arn) ? FindOwnPolicy(arn) : AwsManagedPolicies.Find(arn);

    public ManagedPolicy? FindOwnPolicy(string arn)
    {
        var name = arn[(arn.LastIndexOf('/') + 1)..];
        return Documents.Find(DocumentKinds.Policy, DocumentKinds.Fold(name)) is { } policy && policy.ArnIn(Account.ToString()).ToString() == arn ? policy : null;
    }

    /// <summary>The identity policies and the boundary that a user or role has now, compiled once per snapshot.</summary>
    public PrincipalPolicies PoliciesOf(User user) => _policies.GetOrAdd(user.Id, static (_, of) => PrincipalPolicies.Of(of.user, of.directory), (user, directory: this));

    public PrincipalPolicies PoliciesOf(Role role) => _policies.GetOrAdd(role.Id, static (_, of) => PrincipalPolicies.Of(of.role, of.directory), (role, directory: this));

    /// <summary>A role's trust policy, with its principals bound to unique ids.</summary>
    public static Policy TrustOf(Role role) => CompiledPolicies.Trust(role.Trust);

    private bool IsOwn(string arn) => Arn.TryParse(arn, out var parsed) && parsed.Account == Account.ToString();
}
