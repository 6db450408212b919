using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for a role that trusts a SAML provider of its account, and that the provider offers to whom it vouches for. Unsigned: the
/// response is the proof. A role that does not exist, one that is not offered and one that may not be assumed get the same answer.
/// </summary>
internal sealed class AssumeRoleWithSAML : ApiAction<AssumeRoleWithSAML.Request, AssumeRoleWithSAML.Response>
{
    private const string Action = "sts:AssumeRoleWithSAML";
    private const int DefaultDuration = 3600;
    private const int MaxDuration = 43200;
    private static readonly TextRule AssertionRule = TextRule.Of(4, 100_000) with { IsSecret = true };

    internal sealed record Request(string RoleArn, string PrincipalArn, string SAMLAssertion, int Duration, SessionPolicyRequest Policy)
    {
        public Arn? Role { get; } = Arn.TryParse(RoleArn, out var arn) ? arn : null;
    }

    internal sealed record Response(ProvenIdentity Identity, AssumedRoleUser AssumedRoleUser, Credentials Credentials, int? PackedPolicySize) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            var saml = Identity.Saml!;
            writer.Structure("Credentials", Credentials);
            writer.Structure("AssumedRoleUser", AssumedRoleUser);
            writer.Number("PackedPolicySize", PackedPolicySize);
            writer.Text("Subject", Identity.Subject);
            writer.Text("SubjectType", saml.SubjectType);
            writer.Text("Issuer", saml.Issuer);
            writer.Text("Audience", Identity.Audience);
            writer.Text("NameQualifier", saml.NameQualifier);
            writer.Text("SourceIdentity", Identity.SourceIdentity);
        }
    }

    public override Proof Proof => Proof.Saml;

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override IReadOnlyList<string> SecretParameters => ["SAMLAssertion"];

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("RoleArn", TextRules.StsArn),
        wire.RequiredText("PrincipalArn", TextRules.StsArn),
        wire.RequiredText("SAMLAssertion", AssertionRule),
        wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration,
        SessionPolicyRequest.Read(wire, TextRules.ShortSessionPolicy));

    public override ShownIdentity? IdentityOf(Request request) => new(RoleTarget.Check(request.RoleArn), request.SAMLAssertion)
    {
        Provider = Arn.TryParse(request.PrincipalArn, out var provider) ? provider : throw Errors.ValidationError($"{request.PrincipalArn} is invalid"),
    };

    public override IEnumerable<AccountId> Needs(Request request) => request.Role?.AccountId is { } account ? [account] : [];

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => Needs(request);

    public override Question Ask(Request request, Scene scene) =>
        scene.Caller.Federation!.Saml!.SignIn.Offers.Contains((request.RoleArn, request.PrincipalArn))
            ? RoleOf(request, scene).Ask(Action, scene)
            : throw Errors.NotAuthorized(Action);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var identity = scene.Caller.Federation!;
        var role = RoleTarget.Find(request.Role!, scene)!;
        var (user, credentials, packed) = RoleOf(request, scene).Issue(role, Duration(request, identity), request.Policy, scene);
        return new Outcome<Response>(new Response(identity, user, credentials, packed), scene.Settings.RepeatsAssertions && !identity.Saml!.IsForOneUse ? null : UsedUp(identity, role, scene));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [new AuditResource("AWS::IAM::Role", request.RoleArn), new AuditResource("AWS::IAM::SAMLProvider", scene.Caller.Federation!.Provider)];

    private static FederatedRole RoleOf(Request request, Scene scene) => new(request.RoleArn, request.Role!, scene.Caller.Federation!.Saml!.SignIn.SessionName);

    // What the caller asks for has the role's limit; what the provider says only ever shortens it.
    private static int Duration(Request request, ProvenIdentity identity) => Math.Min(request.Duration, identity.Saml!.SignIn.Duration ?? MaxDuration);

    private static Changes UsedUp(ProvenIdentity identity, Role role, Scene scene)
    {
        // What was used since the backup was taken is not known after a restore: all from before it counts as used.
        if (scene.Installation.Documents.Find(DocumentKinds.Restored, "store") is { } restored && identity.IssuedAt <= restored.RestoredAt + AssertionRules.Skew)
            throw Errors.UsedIdentity();
        var assertion = SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.Saml!.Issuer}\n{identity.Saml.AssertionId}"));
        return scene.Change().RelyOn(DocumentKinds.Role, DocumentKinds.Fold(role.Name))
            .Claim($"saml/{Convert.ToHexStringLower(assertion)}/{role.Id}", identity.IssuedAt + AssertionRules.MaxAge + AssertionRules.Skew, Errors.UsedIdentity());
    }
}
