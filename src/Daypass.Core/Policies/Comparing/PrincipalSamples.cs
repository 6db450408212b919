using Daypass.Names;
using Daypass.Policies.Matching;
using Daypass.Policies.Validation.Federation;

namespace Daypass.Policies.Comparing;

/// <summary>
/// The classes of callers: each account, ARN, unique id, provider and service that is named, one of each kind that is not, and all of
/// their combinations that a caller can have.
/// </summary>
internal sealed class PrincipalSamples(IReadOnlyList<Row> rows, WorkLimit limit)
{
    private const string SessionName = "example-session";

    private readonly HashSet<string> _lastParts = [.. rows.SelectMany(row => row.Principals).Select(pattern => LastPart(pattern.Text))];
    private readonly ILookup<(PrincipalPatternKind Kind, AccountId Account), string> _byAccount = rows.SelectMany(row => row.Principals)
        .DistinctBy(pattern => (pattern.Kind, pattern.Text)).ToLookup(pattern => (pattern.Kind, AccountOf(pattern)), pattern => pattern.Text);
    private readonly PrincipalPattern[] _named = [.. rows.SelectMany(row => row.Principals).DistinctBy(pattern => (pattern.Kind, pattern.Text))];

    /// <summary>An account that no policy names, so nobody in it is named either.</summary>
    public AccountId Stranger => AccountId.Of(Candidates(444455556666).First(account => !Accounts.Contains(account)));

    /// <summary>An account that no caller is from.</summary>
    public AccountId Owner => AccountId.Of(Candidates(777788889999).First(account => !Accounts.Contains(account) && account != Stranger.Number));

    private HashSet<long> Accounts => [.. _byAccount.Select(group => group.Key.Account).Where(account => account.IsSet).Select(account => account.Number)];

    public void Fill(Dimension principals, bool strangersOnly)
    {
        foreach (var caller in strangersOnly ? Strangers() : Everybody())
        {
            if (!limit.TrySpend(WorkLimit.Kept + rows.Count + _named.Length))
                return;
            principals.Add(new(caller.Arn, draft => draft.Principal = caller), row => rows[row].IsAbout(caller));
        }
    }

    /// <summary>Whoever no policy names: callers of some other account, unsigned ones, and bearers of tokens of providers that anybody can join.</summary>
    private IEnumerable<Principal> Strangers() =>
        [.. In(Stranger), Principal.Anonymous, .. Named(PrincipalPatternKind.Federated).Where(IsOpen).Select(WebIdentity)];

    /// <summary>Whether everybody can have a token of a provider: providers of one's own have ARNs, and of these some share their issuer with all.</summary>
    private static bool IsOpen(string provider) =>
        !provider.StartsWith("arn:", StringComparison.Ordinal) || SharedIssuers.TryFind(SharedIssuers.IssuerOf(provider), out _);

    private IEnumerable<Principal> Everybody()
    {
        var stranger = Stranger;
        return Accounts.Select(AccountId.Of).Append(stranger).SelectMany(In).Append(Principal.Anonymous)
            .Concat(Named(PrincipalPatternKind.Federated).Append(Fresh(i => $"idp{i}.example.com")).SelectMany(provider => new[] { WebIdentity(provider), Saml(provider), Ldap(provider) }))
            .Concat(Named(PrincipalPatternKind.Service).Append(Fresh(i => $"example{i}.amazonaws.com")).Select(Principal.Service));
    }

    private static Principal WebIdentity(string provider) => Principal.Federated(PrincipalKind.WebIdentity, provider);

    private static Principal Saml(string provider) => Principal.Federated(PrincipalKind.Saml, provider);

    private static Principal Ldap(string provider) => Principal.Federated(PrincipalKind.Ldap, provider);

    private IEnumerable<Principal> In(AccountId account) =>
        Users(account).Concat(Sessions(account)).Append(Principal.Root(account)).Concat(FederatedUsers(account));

    private IEnumerable<Principal> Users(AccountId account) =>
        from user in UsersOf(account) from id in Ids(UniqueId.User) select Principal.User(account, user, id);

    private IEnumerable<Principal> Sessions(AccountId account)
    {
        var named = Named(PrincipalPatternKind.RoleSession, account).ToArray();
        var roles = Named(PrincipalPatternKind.Role, account).Concat(named.SelectMany(session => RolesOf(account, NameOf(session)))).Append(Fresh(account, "role")).Distinct();
        return from role in roles
               from session in named.Where(session => NameOf(session) == LastPart(role)).Append($"arn:aws:sts::{account}:assumed-role/{LastPart(role)}/{Unnamed(SessionName)}")
               from id in Ids(UniqueId.Role)
               select Principal.RoleSession(account, session, role, id);
    }

    private IEnumerable<Principal> FederatedUsers(AccountId account) =>
        from session in Named(PrincipalPatternKind.FederatedUser, account).Append($"arn:aws:sts::{account}:federated-user/{Unnamed("example")}")
        from user in UsersOf(account)
        from id in Ids(UniqueId.User)
        select Principal.FederatedUser(account, session, user, id);

    private IEnumerable<string> UsersOf(AccountId account) => Named(PrincipalPatternKind.User, account).Append(Fresh(account, "user"));

    /// <summary>A session's ARN does not say the path of its role.</summary>
    private static string[] RolesOf(AccountId account, string name) => [$"arn:aws:iam::{account}:role/{name}", $"arn:aws:iam::{account}:role/example/{name}"];

    private IEnumerable<string> Ids(string prefix) =>
        Named(PrincipalPatternKind.UniqueId).Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).Prepend(Fresh(i => $"{prefix}EXAMPLEEXAMPLE{i + 1:D3}"));

    private IEnumerable<string> Named(PrincipalPatternKind kind) => _named.Where(pattern => pattern.Kind == kind).Select(pattern => pattern.Text);

    private IEnumerable<string> Named(PrincipalPatternKind kind, AccountId account) => _byAccount[(kind, account)];

    private string Fresh(AccountId account, string kind) => $"arn:aws:iam::{account}:{kind}/{Unnamed("example")}";

    /// <summary>A name that ends no ARN that is named.</summary>
    private string Unnamed(string name) => First(i => i == 0 ? name : $"{name}{i}", candidate => !_lastParts.Contains(candidate));

    private string Fresh(Func<int, string> candidate) => First(candidate, text => !Array.Exists(_named, pattern => pattern.Text == text));

    private static string First(Func<int, string> candidate, Func<string, bool> isFree) => Enumerable.Range(0, int.MaxValue).Select(candidate).First(isFree);

    private static string NameOf(string session) => session.Split('/')[1];

    private static string LastPart(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    private static AccountId AccountOf(PrincipalPattern pattern)
    {
        var fields = new ArnFields(pattern.Text);
        AccountId.TryParse(fields.IsArn ? fields[4] : pattern.Text, out var account);
        return account;
    }

    private static IEnumerable<long> Candidates(long first) => Enumerable.Range(0, int.MaxValue).Select(i => first + i);
}
