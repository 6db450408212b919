using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>
/// What is different between users, groups and roles as holders of policies and tags, so that actions which exist once for each
/// (inline policies, attachments, tags, boundaries) are written once.
/// </summary>
internal abstract record HolderKind<T>(string Noun, string ResourceType, string NameParameter, TextRule NameRule, DocumentKind<T> Documents)
    where T : class, IPolicyHolder
{
    /// <summary>Of all inline policies of one holder together.</summary>
    public required int InlineSize { get; init; }

    public required Quota AttachedPolicies { get; init; }

    public abstract T? Find(AccountDirectory directory, string name);

    public abstract ApiException NotFound(string name);

    public abstract Arn ArnOf(T holder, AccountId account);

    public virtual IReadOnlyList<Tag> TagsOf(T holder) => [];

    public virtual string? BoundaryOf(T holder) => null;

    public abstract T WithInline(T holder, IReadOnlyList<InlinePolicy> inline);

    public abstract T WithBindings(T holder, PolicyBindings bindings);

    public string ReadName(Parameters wire) => wire.RequiredText(NameParameter, NameRule);

    /// <exception cref="ApiException">NoSuchEntity. For Run only: before the permission is granted nobody may learn it.</exception>
    public T Require(Scene scene, string name) => Find(scene.Home, name) ?? throw NotFound(name);

    /// <summary>The stored ARN, with its path; for a name that does not exist, the ARN it would have on the path <c>/</c>.</summary>
    public Arn ArnOf(Scene scene, string name) =>
        Find(scene.Home, name) is { } holder ? ArnOf(holder, scene.Home.Account) : Arn.Iam(scene.Home.Account, $"{Noun}/{name}");

    /// <summary>Permission for an action on the holder of this name.</summary>
    public Permission Ask(Scene scene, string action, string name, params IReadOnlyList<KeyValuePair<string, string?>> more) =>
        ResourceKeys.On(scene, "iam:" + action, ArnOf(scene, name), Find(scene.Home, name) is { } holder ? TagsOf(holder) : [], more);

    /// <summary>
    /// <c>iam:PermissionsBoundary</c> as the edits of an entity's policies carry it: the boundary that it has now, if it has one.
    /// </summary>
    public KeyValuePair<string, string?> BoundaryKey(Scene scene, string name) =>
        KeyValuePair.Create("iam:PermissionsBoundary", Find(scene.Home, name) is { } holder ? BoundaryOf(holder) : null);

    public AuditResource Resource(Scene scene, string name) => new(ResourceType, ArnOf(scene, name).ToString());
}
