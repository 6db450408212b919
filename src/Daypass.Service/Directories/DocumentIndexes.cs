using Daypass.Service.Mfa;
using Daypass.Service.Revocations;

namespace Daypass.Service.Directories;

/// <summary>
/// Finds documents of one kind by something in them other than their name. Kept with the documents and computed from them alone, so it
/// can say nothing that they do not; stored nowhere.
/// </summary>
internal abstract class DocumentIndex(string kind, int slot)
{
    public string Kind { get; } = kind;

    /// <summary>Its place among the indexes of its kind.</summary>
    public int Slot { get; } = slot;

    public abstract IReadOnlyList<string> ValuesOf(object? document);
}

/// <summary>An index of documents of type <typeparamref name="T"/>: a document is found under each of the values it is asked for.</summary>
internal sealed class DocumentIndex<T>(DocumentKind<T> kind, int slot, Func<T, IReadOnlyList<string>> valuesOf) : DocumentIndex(kind.Name, slot)
    where T : class
{
    public override IReadOnlyList<string> ValuesOf(object? document) => valuesOf((T)document!);
}

/// <summary>Every index there is. Without one a question costs as much as the account is large.</summary>
internal static class DocumentIndexes
{
    public static readonly DocumentIndex<User> UserById = new(DocumentKinds.User, 0, user => [user.Id]);
    public static readonly DocumentIndex<User> UsersByGroup = new(DocumentKinds.User, 1, user => user.Groups);
    public static readonly DocumentIndex<User> UsersByPolicy = new(DocumentKinds.User, 2, user => PolicyBindings.Of(user).Policies);
    public static readonly DocumentIndex<User> UsersByBoundary = new(DocumentKinds.User, 3, user => OneOrNone(user.Boundary));
    public static readonly DocumentIndex<Role> RoleById = new(DocumentKinds.Role, 0, role => [role.Id]);
    public static readonly DocumentIndex<Role> RolesByPolicy = new(DocumentKinds.Role, 1, role => PolicyBindings.Of(role).Policies);
    public static readonly DocumentIndex<Role> RolesByBoundary = new(DocumentKinds.Role, 2, role => OneOrNone(role.Boundary));
    public static readonly DocumentIndex<Group> GroupById = new(DocumentKinds.Group, 0, group => [group.Id]);
    public static readonly DocumentIndex<Group> GroupsByPolicy = new(DocumentKinds.Group, 1, group => PolicyBindings.Of(group).Policies);
    public static readonly DocumentIndex<User> UsersByProject = new(DocumentKinds.User, 4, ProjectsOf);
    public static readonly DocumentIndex<Role> RolesByProject = new(DocumentKinds.Role, 3, ProjectsOf);
    public static readonly DocumentIndex<Group> GroupsByProject = new(DocumentKinds.Group, 2, ProjectsOf);
    public static readonly DocumentIndex<AccessKey> AccessKeysByUser = new(DocumentKinds.AccessKey, 0, key => [key.UserId]);
    public static readonly DocumentIndex<MfaDevice> MfaDevicesByUser = new(DocumentKinds.MfaDevice, 0, device => OneOrNone(device.UserId));

    // Of the installation's set.
    public static readonly DocumentIndex<Account> AccountsByEmail = new(DocumentKinds.Account, 0, account => [DocumentKinds.Fold(account.Email)]);
    public static readonly DocumentIndex<Account> Operators = new(DocumentKinds.Account, 1, account => account.IsOperator ? ["operator"] : []);
    public static readonly DocumentIndex<Revocation> RevocationsByAccount = new(DocumentKinds.Revocation, 0, revocation => [revocation.Account]);

    private static readonly Dictionary<string, DocumentIndex[]> ByKind = new DocumentIndex[]
    {
        UserById, UsersByGroup, UsersByPolicy, UsersByBoundary, RoleById, RolesByPolicy, RolesByBoundary, GroupById, GroupsByPolicy,
        UsersByProject, RolesByProject, GroupsByProject, AccessKeysByUser, MfaDevicesByUser, AccountsByEmail, Operators, RevocationsByAccount,
    }.GroupBy(index => index.Kind).ToDictionary(kind => kind.Key, kind => kind.OrderBy(index => index.Slot).ToArray(), StringComparer.Ordinal);

    /// <summary>The indexes of a kind, in order of their slots.</summary>
    public static IReadOnlyList<DocumentIndex> Of(string kind) => ByKind.TryGetValue(kind, out var indexes) ? indexes : [];

    private static IReadOnlyList<string> ProjectsOf(IPolicyHolder holder) => holder.Scoped is null ? [] : [.. holder.Scoped.Select(each => each.Project).Distinct()];

    private static IReadOnlyList<string> OneOrNone(string? value) => value is null ? [] : [value];
}
