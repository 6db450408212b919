using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Whom one entry of a trust policy names. Without a unique id it is bound to nothing: accounts, services, providers, everybody.</summary>
internal readonly record struct TrustedPrincipal(string? UniqueId)
{
    /// <summary>The account that must be looked at to resolve an entry; null for entries that stand for themselves.</summary>
    public static AccountId? AccountOf(PrincipalPattern principal) => principal.Kind switch
    {
        PrincipalPatternKind.User or PrincipalPatternKind.Role or PrincipalPatternKind.RoleSession =>
            Arn.TryParse(principal.Text, out var arn) ? arn.AccountId : null,
        _ => null,
    };

    /// <summary>Null when the entry names nobody who exists.</summary>
    public static TrustedPrincipal? Resolve(PrincipalPattern principal, Scene scene) => principal.Kind switch
    {
        PrincipalPatternKind.User => Bound(Named(principal, scene, static (directory, arn) => UserOf(directory, arn)?.Id)),
        PrincipalPatternKind.Role => Bound(Named(principal, scene, static (directory, arn) => RoleOf(directory, arn)?.Id)),
        PrincipalPatternKind.RoleSession => Bound(Named(principal, scene, static (directory, arn) => RoleOfSession(directory, arn)?.Id)),
        PrincipalPatternKind.Account => If(IsAccountHere(principal.Text, scene.Installation)),
        PrincipalPatternKind.FederatedUser => If(IsFederatedUser(principal.Text, scene.Installation)),
        PrincipalPatternKind.Anyone or PrincipalPatternKind.Service or PrincipalPatternKind.Federated => new TrustedPrincipal(null),
        // A raw unique id is how a principal that is gone is shown; written back, it names nobody. Canonical users are S3's.
        _ => null,
    };

    private static string? Named(PrincipalPattern principal, Scene scene, Func<AccountDirectory, Arn, string?> find) =>
        Arn.TryParse(principal.Text, out var arn) && arn.AccountId is { } account && scene.Find(account) is { } directory ? find(directory, arn) : null;

    // By name and then by the whole ARN: path and partition are part of who is meant.
    private static User? UserOf(AccountDirectory directory, Arn arn) =>
        directory.FindUser(LastPart(arn.Resource)) is { } user && user.ArnIn(directory.Account) == arn ? user : null;

    private static Role? RoleOf(AccountDirectory directory, Arn arn) =>
        directory.FindRole(LastPart(arn.Resource)) is { } role && role.ArnIn(directory.Account) == arn ? role : null;

    // assumed-role/Name/Session: the role's path is not part of it.
    private static Role? RoleOfSession(AccountDirectory directory, Arn arn)
    {
        var parts = arn.Resource.Split('/');
        return directory.FindRole(parts[1]) is { } role && Arn.Sts(directory.Account, arn.Resource) == arn ? role : null;
    }

    private static bool IsAccountHere(string text, InstallationDirectory installation)
    {
        if (AccountId.TryParse(text, out var plain))
            return installation.FindAccount(plain) is not null;
        return Arn.TryParse(text, out var arn) && arn.AccountId is { } account && arn == Arn.Root(account) && installation.FindAccount(account) is not null;
    }

    private static bool IsFederatedUser(string text, InstallationDirectory installation) =>
        Arn.TryParse(text, out var arn) && arn.AccountId is { } account && arn == Arn.Sts(account, arn.Resource) && installation.FindAccount(account) is not null;

    private static string LastPart(string resource) => resource[(resource.LastIndexOf('/') + 1)..];

    private static TrustedPrincipal? Bound(string? uniqueId) => uniqueId is null ? null : new TrustedPrincipal(uniqueId);

    private static TrustedPrincipal? If(bool exists) => exists ? new TrustedPrincipal(null) : null;
}
