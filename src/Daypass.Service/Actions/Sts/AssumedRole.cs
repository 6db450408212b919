using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// A role's session for a caller who has signed: what must be allowed, and the session once it is. AssumeRole of every dialect is this, with
/// its own names and limits around it.
/// </summary>
/// <param name="RoleArn">As questions and records name the role.</param>
/// <param name="Target">The same, parsed; null when it is none.</param>
/// <param name="SessionName">The session's name.</param>
/// <param name="Policy">The session policies.</param>
internal sealed record AssumedRole(string RoleArn, Arn? Target, string SessionName, SessionPolicyRequest Policy)
{
    private const int MaxChainedDuration = 3600;

    public SessionTagRequest Tags { get; init; } = SessionTagRequest.None;

    public string? ExternalId { get; init; }

    public string? SourceIdentity { get; init; }

    public ProvidedContexts Contexts { get; init; } = ProvidedContexts.None;

    public IEnumerable<AccountId> Needs() => Target?.AccountId is { } account ? [account] : [];

    /// <summary>What must be allowed, of the caller and by the role.</summary>
    /// <exception cref="ApiException">AccessDenied: root, or another source identity than the session's. ValidationError: it is no role's name.</exception>
    public Question Ask(Scene scene)
    {
        var arn = RoleTarget.Check(RoleArn);
        RefuseRoot(scene);
        var assumption = new RoleAssumption(RoleArn, arn.AccountId ?? scene.Caller.Account, RoleTarget.Find(arn, scene), SessionName)
        {
            Tags = Tags,
            Inherited = SessionTags.InheritedFrom(scene.Caller.Session),
            ExternalId = ExternalId,
            SourceIdentity = SourceIdentityOf(scene.Caller),
            Contexts = Contexts,
        };
        return assumption.Ask("sts:AssumeRole");
    }

    /// <summary>The session, once it is allowed.</summary>
    /// <param name="scene">The scene of the call.</param>
    /// <param name="duration">In seconds.</param>
    /// <param name="keyPrefix">What the key id begins with.</param>
    /// <exception cref="ApiException">MalformedPolicyDocument, PackedPolicyTooLarge, ValidationError.</exception>
    public Issued Issue(Scene scene, int duration, string keyPrefix = AccessKeyId.TemporaryPrefix)
    {
        var account = Target!.AccountId!.Value;
        var role = RoleTarget.Find(Target, scene)!;
        Policy.Check(scene.Find(account)!, "role");
        Contexts.Check();
        var tags = Tags.JoinedTo(SessionTags.InheritedFrom(scene.Caller.Session));
        var now = scene.NowInSeconds;
        SessionClaims? claims = null;
        var credentials = Credentials.Issue(scene, account, secret => claims = new SessionClaims
        {
            Kind = SessionKind.AssumedRole,
            Account = account,
            PrincipalId = role.Id,
            SessionName = SessionName,
            SecretAccessKey = secret,
            IssuedAt = now,
            ExpiresAt = now.AddSeconds(duration),
            RevocationsSeen = scene.RevocationsSeen,
            Chain = Chain.Of(scene.Caller),
            SourceIdentity = SourceIdentityOf(scene.Caller),
            Policy = Policy.Inline,
            PolicySyntax = Policy.Syntax.Mark,
            PolicyArns = Policy.Arns,
            Tags = tags.All,
            TransitiveTagKeys = tags.Transitive,
        }, keyPrefix);
        var user = new AssumedRoleUser($"{role.Id}:{SessionName}", Arn.Sts(account, $"assumed-role/{role.Name}/{SessionName}").ToString());
        return new Issued(credentials, user, Policy.IsEmpty && tags.All.Count == 0 ? null : PackedPolicy.Percent(claims!), claims!.SourceIdentity);
    }

    /// <summary>What was issued, and for whom.</summary>
    public sealed record Issued(Credentials Credentials, AssumedRoleUser User, int? PackedPolicySize, string? SourceIdentity);

    /// <summary>Why a session may not be as long; null when it may.</summary>
    public static string? WhyTooLong(Caller caller, Role role, int duration)
    {
        if (caller.Session is not null && duration > MaxChainedDuration)
            return "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        return duration > role.MaxSessionDuration ? "The requested DurationSeconds exceeds the MaxSessionDuration set for this role." : null;
    }

    /// <exception cref="ApiException">AccessDenied: the caller is root.</exception>
    public static void RefuseRoot(Scene scene)
    {
        if (scene.Caller.Principal.Kind == PrincipalKind.Root)
            throw Errors.AccessDenied("Roles may not be assumed by root accounts.");
    }

    // Once set it stays for the whole chain: whoever could replace it could be anybody in the trail of the next role.
    private string? SourceIdentityOf(Caller caller)
    {
        var inherited = caller.Session?.SourceIdentity;
        return inherited is null || SourceIdentity is null || SourceIdentity == inherited
            ? inherited ?? SourceIdentity
            : throw Errors.AccessDenied(caller.Arn, "sts:SetSourceIdentity", RoleArn, "");
    }
}
