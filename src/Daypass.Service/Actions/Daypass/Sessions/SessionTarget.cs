using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Revocations;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>Which sessions a call is about: one of the parameters says it (a provider's subject takes two), or none, where that is allowed.</summary>
internal sealed record SessionTarget(string? AccessKeyId, string? PrincipalArn, string? SourceIdentity, bool AllSessions)
{
    // As long as a token may be, so that none has a subject that could not be named here: those of certificates are long.
    private static readonly TextRule SubjectRule = TextRule.Of(1, SessionTokenCodec.MaxLength);

    private const string Choices = "AccessKeyId, PrincipalArn, SourceIdentity, ProviderArn (with or without Subject) or AllSessions";

    /// <summary>An identity provider: all sessions that its word led to, or those of one subject.</summary>
    public string? ProviderArn { get; init; }

    public string? Subject { get; init; }

    /// <summary>Whether nothing is said, which is not the same as all sessions being named.</summary>
    public bool IsEmpty => Count == 0;

    private int Count => (AccessKeyId is null ? 0 : 1) + (PrincipalArn is null ? 0 : 1) + (SourceIdentity is null ? 0 : 1) + (ProviderArn is null ? 0 : 1) + (AllSessions ? 1 : 0);

    public static SessionTarget Read(Parameters wire)
    {
        var target = new SessionTarget(
            wire.Text("AccessKeyId", TextRules.AccessKeyId),
            wire.Text("PrincipalArn", TextRules.Arn),
            wire.Text("SourceIdentity", TextRules.SourceIdentity),
            wire.Flag("AllSessions") ?? false)
        {
            ProviderArn = wire.Text("ProviderArn", TextRules.Arn),
            Subject = wire.Text("Subject", SubjectRule),
        };
        return target.Subject is null || target.ProviderArn is not null ? target : throw Errors.ValidationError("A Subject is one of a provider's: ProviderArn must name it.");
    }

    /// <summary>The same, where one of them must be there.</summary>
    public static SessionTarget ReadOne(Parameters wire) => Read(wire) is { Count: 1 } target ? target : throw Errors.ValidationError($"Exactly one of {Choices} must be given.");

    /// <summary>The same, where there may be none: then all sessions are meant.</summary>
    public static SessionTarget ReadFilter(Parameters wire) => Read(wire) is { Count: <= 1 } target ? target : throw Errors.ValidationError($"At most one of {Choices} can be given.");

    /// <summary>What must be allowed. Whether the role or user exists does not show in it.</summary>
    public Permission Asking(string action, Scene scene) => (PrincipalArn ?? ProviderArn) is not { } arn
        ? new Permission(action, "*", scene.Caller.Account)
        : new Permission(action, arn, Arn.AccountIn(arn) ?? scene.Caller.Account);

    /// <summary>The condition keys of asking.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keys =>
        SourceIdentity is not null ? [KeyValuePair.Create("daypass:SourceIdentity", SourceIdentity)] : Subject is not null ? [KeyValuePair.Create("daypass:Subject", Subject)] : [];

    /// <summary>What is meant, looked up in the caller's account.</summary>
    /// <exception cref="ApiException">There is nothing like it that is this account's to revoke.</exception>
    public FoundTarget Find(Scene scene) => this switch
    {
        { AccessKeyId: { } id } => OfKey(id, scene),
        { PrincipalArn: { } arn } => OfPrincipal(arn, scene),
        { ProviderArn: { } arn } => OfProvider(arn, scene),
        { SourceIdentity: { } identity } => new FoundTarget(RevocationKind.SourceIdentity, identity),
        _ => new FoundTarget(RevocationKind.All, ""),
    };

    // Not only those that are registered: a provider may be deleted, and its sessions live on.
    private FoundTarget OfProvider(string text, Scene scene) =>
        Arn.TryParse(text, out var arn) && arn.AccountId == scene.Home.Account && KindOf(arn) is null && !text.Contains(' ', StringComparison.Ordinal)
            ? Subject is null ? new FoundTarget(RevocationKind.Provider, text) : new FoundTarget(RevocationKind.Subject, $"{text} {Subject}")
            : throw Errors.ValidationError($"{Errors.Shorten(text)} is not the ARN of an identity provider of this account, such as arn:aws:iam::{scene.Home.Account}:oidc-provider/HOST.");

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
