using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for a role that trusts the caller. A role that does not exist and one that may not be assumed get the same
/// answer.
/// </summary>
internal sealed class AssumeRole : ApiAction<AssumeRole.Request, AssumeRole.Response>
{
    private const int DefaultDuration = 3600;
    private const int MaxDuration = 43200;
    private const int MaxChainedDuration = 3600;

    internal sealed record Request(
        string RoleArn,
        string RoleSessionName,
        int Duration,
        SessionPolicyRequest Policy,
        SessionTagRequest Tags,
        string? ExternalId,
        string? SourceIdentity,
        ProvidedContexts Contexts,
        SecondFactor? Mfa)
    {
        public Arn? Role { get; } = Arn.TryParse(RoleArn, out var arn) ? arn : null;
    }

    internal sealed record Response(Credentials Credentials, string AssumedRoleId, string Arn, int? PackedPolicySize, string? SourceIdentity) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.Structure("AssumedRoleUser", new AssumedRoleUser(AssumedRoleId, Arn));
            writer.Structure("Credentials", Credentials);
            writer.Number("PackedPolicySize", PackedPolicySize);
            writer.Text("SourceIdentity", SourceIdentity);
        }
    }

    // As CloudTrail has it: nothing of the account changes, and what was issued is recorded all the same.
    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override bool InheritsTags => true;

    public override IReadOnlyList<string> SecretParameters => [SecondFactor.Secret];

    public override bool IsSecret(string parameter) => base.IsSecret(parameter) || ProvidedContexts.IsSecret(parameter);

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("RoleArn", TextRules.StsArn),
        wire.RequiredText("RoleSessionName", TextRules.SessionName),
        wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration,
        SessionPolicyRequest.Read(wire, TextRules.SessionPolicy),
        SessionTagRequest.Read(wire),
        wire.Text("ExternalId", TextRules.ExternalId),
        wire.Text("SourceIdentity", TextRules.SourceIdentity),
        ProvidedContexts.Read(wire),
        SecondFactor.Read(wire));

    // For the trust policy of this one call: the session that comes of it does not carry MFA, as AWS has it.
    public override SecondFactor? SecondFactorOf(Request request) => request.Mfa;

    public override IEnumerable<AccountId> Needs(Request request) => request.Role?.AccountId is { } account ? [account] : [];

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => Needs(request);

    public override Question Ask(Request request, Scene scene)
    {
        var arn = RoleTarget.Check(request.RoleArn);
        if (scene.Caller.Principal.Kind == PrincipalKind.Root)
            throw Errors.AccessDenied("Roles may not be assumed by root accounts.");
        var inherited = SessionTags.InheritedFrom(scene.Caller.Session);
        var assumption = new RoleAssumption(request.RoleArn, arn.AccountId ?? scene.Caller.Account, RoleTarget.Find(arn, scene), request.RoleSessionName)
        {
            Tags = request.Tags,
            Inherited = inherited,
            ExternalId = request.ExternalId,
            SourceIdentity = SourceIdentityOf(request, scene.Caller),
            Contexts = request.Contexts,
        };
        return assumption.Ask("sts:AssumeRole");
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var account = request.Role!.AccountId!.Value;
        var directory = scene.Find(account)!;
        var role = RoleTarget.Find(request.Role, scene)!;
        CheckDuration(request, role, scene);
        request.Policy.Check(directory, "role");
        request.Contexts.Check();
        var tags = request.Tags.JoinedTo(SessionTags.InheritedFrom(scene.Caller.Session));
        var now = scene.NowInSeconds;
        SessionClaims? claims = null;
        var credentials = Credentials.Issue(scene, account, secret => claims = new SessionClaims
        {
            Kind = SessionKind.AssumedRole,
            Account = account,
            PrincipalId = role.Id,
            SessionName = request.RoleSessionName,
            SecretAccessKey = secret,
            IssuedAt = now,
            ExpiresAt = now.AddSeconds(request.Duration),
            RevocationsSeen = scene.RevocationsSeen,
            Chain = Chain.Of(scene.Caller),
            SourceIdentity = SourceIdentityOf(request, scene.Caller),
            Policy = request.Policy.Inline,
            PolicySyntax = request.Policy.Syntax.Mark,
            PolicyArns = request.Policy.Arns,
            Tags = tags.All,
            TransitiveTagKeys = tags.Transitive,
        });
        var arn = Arn.Sts(account, $"assumed-role/{role.Name}/{request.RoleSessionName}").ToString();
        int? packed = request.Policy.IsEmpty && tags.All.Count == 0 ? null : PackedPolicy.Percent(claims!);
        return new Outcome<Response>(new Response(credentials, $"{role.Id}:{request.RoleSessionName}", arn, packed, claims!.SourceIdentity));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Role", request.RoleArn)];

    // Once set it stays for the whole chain: whoever could replace it could be anybody in the trail of the next role.
    private static string? SourceIdentityOf(Request request, Caller caller)
    {
        var inherited = caller.Session?.SourceIdentity;
        return inherited is null || request.SourceIdentity is null || request.SourceIdentity == inherited
            ? inherited ?? request.SourceIdentity
            : throw Errors.AccessDenied(caller.Arn, "sts:SetSourceIdentity", request.RoleArn, "");
    }

    private static void CheckDuration(Request request, Role role, Scene scene)
    {
        if (scene.Caller.Session is not null && request.Duration > MaxChainedDuration)
            throw Errors.ValidationError("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
        if (request.Duration > role.MaxSessionDuration)
            throw Errors.ValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
}
