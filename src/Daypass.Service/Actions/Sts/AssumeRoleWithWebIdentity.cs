using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;

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

    public override Question Ask(Request request, Scene scene) => RoleOf(request).Ask("sts:AssumeRoleWithWebIdentity", scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var (user, credentials, packed) = RoleOf(request).Issue(RoleTarget.Find(request.Role!, scene)!, request.Duration, request.Policy, scene);
        return new Outcome<Response>(new Response(scene.Caller.Federation!, user, credentials, packed));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [new AuditResource("AWS::IAM::Role", request.RoleArn), new AuditResource("AWS::IAM::OIDCProvider", scene.Caller.Federation!.Provider)];

    private static FederatedRole RoleOf(Request request) => new(request.RoleArn, request.Role!, request.RoleSessionName);
}
