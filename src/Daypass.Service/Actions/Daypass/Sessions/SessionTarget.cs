using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Revocations;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>Which sessions a call is about: one of four parameters says it, or none, where that is allowed.</summary>
internal sealed record SessionTarget(string? AccessKeyId, string? PrincipalArn, string? SourceIdentity, bool AllSessions)
{
    private const string Choices = "AccessKeyId, PrincipalArn, SourceIdentity or AllSessions";

    /// <summary>Whether nothing is said, which is not the same as all sessions being named.</summary>
    public bool IsEmpty => Count == 0;

    private int Count => (AccessKeyId is null ? 0 : 1) + (PrincipalArn is null ? 0 : 1) + (SourceIdentity is null ? 0 : 1) + (AllSessions ? 1 : 0);

    public static SessionTarget Read(Parameters wire) => new(
        wire.Text("AccessKeyId", TextRules.AccessKeyId),
        wire.Text("PrincipalArn", TextRules.Arn),
        wire.Text("SourceIdentity", TextRules.SourceIdentity),
        wire.Flag("AllSessions") ?? false);

    /// <summary>The same, where one of them must be there.</summary>
    public static SessionTarget ReadOne(Parameters wire) => Read(wire) is { Count: 1 } target ? target : throw Errors.ValidationError($"Exactly one of {Choices} must be given.");

    /// <summary>The same, where there may be none: then all sessions are meant.</summary>
    public static SessionTarget ReadFilter(Parameters wire) => Read(wire) is { Count: <= 1 } target ? target : throw Errors.ValidationError($"At most one of {Choices} can be given.");

    /// <summary>What must be allowed. Whether the role or user exists does not show in it.</summary>
    public Permission Asking(string action, Scene scene) => PrincipalArn is null
        ? new Permission(action, "*", scene.Caller.Account)
        : new Permission(action, PrincipalArn, Arn.AccountIn(PrincipalArn) ?? scene.Caller.Account);

    /// <summary>What is meant, looked up in the caller's account.</summary>
    /// <exception cref="ApiException">There is nothing like it that is this account's to revoke.</exception>
    public FoundTarget Find(Scene scene) => this switch
    {
        { AccessKeyId: { } id } => OfKey(id, scene),
        { PrincipalArn: { } arn } => OfPrincipal(arn, scene),
        { SourceIdentity: { } identity } => new FoundTarget(RevocationKind.SourceIdentity, identity),
        _ => new FoundTarget(RevocationKind.All, ""),
    };

    // Sessions are stored nowhere, so any id of this installation's may be one, also that of a session which this account's led to at another.
    private static FoundTarget OfKey(string id, Scene scene)
    {
        if (!scene.Installation.TryFindAccountOf(id, out var account))
            throw Errors.NoSuchEntity($"The access key {id} is not of any account here.");
        if (Names.AccessKeyId.IsTemporary(id) && scene.Home.FindAccessKey(id) is null)
            return new FoundTarget(RevocationKind.Session, id);
        return account == scene.Home.Account ? new FoundTarget(RevocationKind.AccessKey, id) : throw Errors.NoSuchEntity($"The access key {id} is not of this account.");
    }

    private static FoundTarget OfPrincipal(string text, Scene scene)
    {
        if (!Arn.TryParse(text, out var arn) || arn is not { Service: "iam", Region: "" } || KindOf(arn) is not { } kind)
            throw Errors.ValidationError($"{Errors.Shorten(text)} is not the ARN of a role or user, such as arn:aws:iam::{scene.Home.Account}:role/NAME. One session is named by its access key id, ASIA...");
        var name = arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
        var (id, found) = kind == RevocationKind.Role
            ? (scene.Home.FindRole(name) is var role ? role?.Id : null, role?.ArnIn(scene.Home.Account))
            : (scene.Home.FindUser(name) is var user ? user?.Id : null, user?.ArnIn(scene.Home.Account));
        return id is not null && found == arn ? new FoundTarget(kind, id, text) : throw Errors.NoSuchEntity($"There is no {text} in this account.");
    }

    private static RevocationKind? KindOf(Arn arn) => arn.Resource switch
    {
        var resource when resource.StartsWith("role/", StringComparison.Ordinal) => RevocationKind.Role,
        var resource when resource.StartsWith("user/", StringComparison.Ordinal) => RevocationKind.User,
        _ => null,
    };
}

/// <summary>What a <see cref="SessionTarget"/> means: a kind, and the id or text that chains are searched for.</summary>
internal sealed record FoundTarget(RevocationKind Kind, string Value, string? PrincipalArn = null);
