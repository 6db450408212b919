using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for a role that trusts an OpenID Connect provider of its account, and whom that provider vouches for. Unsigned: the token is
/// the proof. A role that does not exist and one that may not be assumed get the same answer.
/// </summary>
internal sealed class AssumeRoleWithWebIdentity : ApiAction<AssumeRoleWithWebIdentity.Request, AssumeRoleWithWebIdentity.Response>
{
    private const int DefaultDuration = 3600;
    private const int MaxDuration = 43200;
    private static readonly TextRule TokenRule = TextRule.Of(4, 20_000) with { IsSecret = true };
    private static readonly TextRule ProviderRule = TextRule.Of(4, 2048);

    internal sealed record Request(string RoleArn, string RoleSessionName, string WebIdentityToken, string? ProviderId, int Duration, SessionPolicyRequest Policy)
    {
        public Arn? Role { get; } = Arn.TryParse(RoleArn, out var arn) ? arn : null;
    }

    internal sealed record Response(ProvenIdentity Identity, AssumedRoleUser AssumedRoleUser, Credentials Credentials, int? PackedPolicySize) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.Text("SubjectFromWebIdentityToken", Identity.Subject);
            writer.Text("Audience", Identity.Audience);
            writer.Structure("AssumedRoleUser", AssumedRoleUser);
            writer.Structure("Credentials", Credentials);
            writer.Text("Provider", Identity.Provider);
            writer.Number("PackedPolicySize", PackedPolicySize);
            writer.Text("SourceIdentity", Identity.SourceIdentity);
        }
    }

    public override Proof Proof => Proof.WebIdentity;

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override IReadOnlyList<string> SecretParameters => ["WebIdentityToken"];

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("RoleArn", TextRules.StsArn),
        wire.RequiredText("RoleSessionName", TextRules.SessionName),
        wire.RequiredText("WebIdentityToken", TokenRule),
        wire.Text("ProviderId", ProviderRule),
        wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration,
        SessionPolicyRequest.Read(wire, TextRules.ShortSessionPolicy));

    public override ShownIdentity? IdentityOf(Request request)
    {
        if (request.ProviderId is not null)
            throw Errors.ValidationError("ProviderId is for access tokens of OAuth 2.0 providers (www.amazon.com, graph.facebook.com), which are not taken here. Leave it out for OpenID Connect tokens.");
        return new ShownIdentity(RoleTarget.Check(request.RoleArn), request.WebIdentityToken);
    }

    public override IEnumerable<AccountId> Needs(Request request) => request.Role?.AccountId is { } account ? [account] : [];

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => Needs(request);

    public override Question Ask(Request request, Scene scene)
    {
        var identity = scene.Caller.Federation!;
        return new RoleAssumption(request.RoleArn, request.Role!.AccountId!.Value, RoleTarget.Find(request.Role, scene), request.RoleSessionName)
        {
            Tags = TagsOf(identity),
            Inherited = SessionTags.InheritedFrom(null),
            SourceIdentity = identity.SourceIdentity,
            Contexts = ProvidedContexts.None,
        }.Ask("sts:AssumeRoleWithWebIdentity");
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var identity = scene.Caller.Federation!;
        var account = request.Role!.AccountId!.Value;
        var role = RoleTarget.Find(request.Role, scene)!;
        if (request.Duration > role.MaxSessionDuration)
            throw Errors.ValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        request.Policy.Check(scene.Find(account)!, "role");
        var tags = TagsOf(identity).JoinedTo(SessionTags.InheritedFrom(null));
        SessionClaims? claims = null;
        var credentials = Credentials.Issue(scene, account, secret => claims = new SessionClaims
        {
            Kind = SessionKind.AssumedRole,
            Account = account,
            PrincipalId = role.Id,
            SessionName = request.RoleSessionName,
            SecretAccessKey = secret,
            IssuedAt = scene.NowInSeconds,
            ExpiresAt = EndOf(request, identity, scene),
            RevocationsSeen = scene.RevocationsSeen,
            Chain = Chain.Of(scene.Caller),
            SourceIdentity = identity.SourceIdentity,
            Policy = request.Policy.Inline,
            PolicyArns = request.Policy.Arns,
            Tags = tags.All,
            TransitiveTagKeys = tags.Transitive,
            Federation = new FederatedSession(identity.Provider, identity.KeptKeys),
        });
        var user = new AssumedRoleUser($"{role.Id}:{request.RoleSessionName}", Arn.Sts(account, $"assumed-role/{role.Name}/{request.RoleSessionName}").ToString());
        return new Outcome<Response>(new Response(identity, user, credentials, request.Policy.IsEmpty && tags.All.Count == 0 ? null : PackedPolicy.Percent(claims!)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [new AuditResource("AWS::IAM::Role", request.RoleArn), new AuditResource("AWS::IAM::OIDCProvider", scene.Caller.Federation!.Provider)];

    private static SessionTagRequest TagsOf(ProvenIdentity identity) => new(identity.Tags, identity.TransitiveTagKeys);

    // The token's end is in real time, the session's in policy time: what is left of the one is what the other may have.
    private static DateTimeOffset EndOf(Request request, ProvenIdentity identity, Scene scene)
    {
        var end = scene.NowInSeconds.AddSeconds(request.Duration);
        return identity.SessionsEndAt is { } last && scene.NowInSeconds + (last - scene.RealTime) is var limit && limit < end ? DateTimeOffset.FromUnixTimeSeconds(limit.ToUnixTimeSeconds()) : end;
    }
}
