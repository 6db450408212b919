using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>What the actions have in common that give a role's session to whom an identity provider vouches for.</summary>
/// <param name="RoleArn">As the request has it.</param>
/// <param name="Target">The same, parsed.</param>
/// <param name="SessionName">The session's name.</param>
internal sealed record FederatedRole(string RoleArn, Arn Target, string SessionName)
{
    /// <summary>The account that the session will be of.</summary>
    public AccountId Account => Target.AccountId!.Value;

    /// <summary>What the role's trust policy must allow.</summary>
    public Question Ask(string action, Scene scene)
    {
        var identity = scene.Caller.Federation!;
        return new RoleAssumption(RoleArn, Account, RoleTarget.Find(Target, scene), SessionName)
        {
            Tags = TagsOf(identity),
            Inherited = SessionTags.InheritedFrom(null),
            SourceIdentity = identity.SourceIdentity,
            Contexts = ProvidedContexts.None,
        }.Ask(action);
    }

    /// <summary>The session, once it is allowed.</summary>
    /// <exception cref="ApiException">ValidationError: longer than the role's sessions may be; MalformedPolicyDocument, PackedPolicyTooLarge.</exception>
    public (AssumedRoleUser User, Credentials Credentials, int? PackedPolicySize) Issue(Role role, int duration, SessionPolicyRequest policy, Scene scene)
    {
        var identity = scene.Caller.Federation!;
        if (duration > role.MaxSessionDuration)
            throw Errors.ValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        policy.Check(scene.Find(Account)!, "role");
        var tags = TagsOf(identity).JoinedTo(SessionTags.InheritedFrom(null));
        SessionClaims? claims = null;
        var credentials = Credentials.Issue(scene, Account, secret => claims = new SessionClaims
        {
            Kind = SessionKind.AssumedRole,
            Account = Account,
            PrincipalId = role.Id,
            SessionName = SessionName,
            SecretAccessKey = secret,
            IssuedAt = scene.NowInSeconds,
            ExpiresAt = EndOf(duration, identity, scene),
            RevocationsSeen = scene.RevocationsSeen,
            Chain = Chain.Of(scene.Caller),
            SourceIdentity = identity.SourceIdentity,
            Policy = policy.Inline,
            PolicySyntax = policy.Syntax.Mark,
            PolicyArns = policy.Arns,
            Tags = tags.All,
            TransitiveTagKeys = tags.Transitive,
            // A certificate's attributes are the session's tags.
            Federation = identity.Certificate is null ? new FederatedSession(identity.Provider, identity.KeptKeys) : null,
        });
        var user = new AssumedRoleUser($"{role.Id}:{SessionName}", Arn.Sts(Account, $"assumed-role/{role.Name}/{SessionName}").ToString());
        return (user, credentials, policy.IsEmpty && tags.All.Count == 0 ? null : PackedPolicy.Percent(claims!));
    }

    private static SessionTagRequest TagsOf(ProvenIdentity identity) => new(identity.Tags, identity.TransitiveTagKeys);

    // The provider's end is in real time, the session's in policy time: what is left of the one is what the other may have.
    private static DateTimeOffset EndOf(int duration, ProvenIdentity identity, Scene scene)
    {
        var end = scene.NowInSeconds.AddSeconds(duration);
        return identity.SessionsEndAt is { } last && scene.NowInSeconds + (last - scene.RealTime) is var limit && limit < end ? DateTimeOffset.FromUnixTimeSeconds(limit.ToUnixTimeSeconds()) : end;
    }
}
