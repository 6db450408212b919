using Daypass.Names;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Audit;
using Daypass.Service.Federation;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>
/// Temporary credentials for a role, given to whoever holds the key of a certificate that a trust anchor vouches for. The profile must list the role, and
/// the role must trust Roles Anywhere: a role that does not exist and one that does not are refused alike.
/// </summary>
internal sealed class CreateSession : ApiAction<CreateSession.Request, CreateSession.Response>
{
    private static readonly TextRule Property = TextRule.Of(1, 200);

    internal sealed record Request(string RoleArn, string TrustAnchorArn, string ProfileArn, int? Duration, string? SessionName, IReadOnlyList<KeyValuePair<string, string>> Properties)
    {
        public Arn? Role { get; } = Arn.TryParse(RoleArn, out var role) ? role : null;

        public Arn? Profile { get; } = AnywhereInput.Parse(ProfileArn, "profile");
    }

    internal sealed record Response(string RoleArn, string SubjectArn, ProvenIdentity Identity, AssumedRoleUser User, Credentials Credentials, int? PackedPolicySize) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.List("credentialSet", [new Entry(this)]);
            writer.Text("subjectArn", SubjectArn);
        }
    }

    public override RestRoute Route { get; } = new("POST", "/sessions") { Status = 201, EitherMembers = ["profileArn", "roleArn", "trustAnchorArn"] };

    public override Proof Proof => Proof.Certificate;

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("roleArn", TextRules.StsArn),
        AnywhereInput.ArnText(wire, "trustAnchorArn", "trust-anchor"),
        AnywhereInput.ArnText(wire, "profileArn", "profile"),
        wire.Number("durationSeconds", 900, 43200),
        // The older name is that of AWS's first helpers.
        wire.Text("roleSessionName", TextRules.SessionName) ?? wire.Text("sessionName", TextRules.SessionName),
        wire.Map("instanceProperties", Property, Property, 50));

    public override ShownIdentity? IdentityOf(Request request) => new(RoleTarget.Check(request.RoleArn), "")
    {
        Provider = AnywhereInput.Parse(request.TrustAnchorArn, "trust-anchor"),
        Profile = request.Profile,
        Properties = request.Properties,
    };

    public override IEnumerable<AccountId> LetInBy(Request request, Response response) => request.Role?.AccountId is { } account ? [account] : [];

    public override Question Ask(Request request, Scene scene)
    {
        var profile = ProfileOf(request, scene);
        profile.RequireRole(request.RoleArn);
        if (request.SessionName is not null && !profile.AcceptsSessionName)
            throw Errors.AccessDenied("The profile does not let sessions be named: leave out roleSessionName.");
        if (profile.RequiresInstanceProperties && request.Properties.Count == 0)
            throw Errors.ValidationError("The profile requires instanceProperties.");
        return RoleOf(request, scene).Ask(CertificateIdentity.Action, scene);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var profile = ProfileOf(request, scene);
        var role = RoleTarget.Find(request.Role!, scene)!;
        var duration = Math.Min(Math.Min(request.Duration ?? profile.Duration, profile.Duration), role.MaxSessionDuration);
        var policy = new SessionPolicyRequest(profile.SessionPolicy, profile.ManagedPolicies);
        var (user, credentials, packed) = RoleOf(request, scene).Issue(role, duration, policy, scene);
        var subject = Subject.IdOf(scene.Home.Account, scene.Caller.Federation!.Certificate!.Subject);
        return new Outcome<Response>(new Response(request.RoleArn, Subject.ArnOf(scene.Home.Account, subject).ToString(), scene.Caller.Federation!, user, credentials, packed));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
    [
        new AuditResource("AWS::IAM::Role", request.RoleArn), new AuditResource("AWS::RolesAnywhere::TrustAnchor", request.TrustAnchorArn), new AuditResource("AWS::RolesAnywhere::Profile", request.ProfileArn),
    ];

    // The trust anchor's account is the caller's: profiles and roles of others are none of its.
    private static AnywhereProfile ProfileOf(Request request, Scene scene) => scene.Home.FindAnywhereProfile(request.Profile!) ?? throw Errors.ResourceNotFound("profile");

    private static FederatedRole RoleOf(Request request, Scene scene) => new(request.RoleArn, request.Role!, request.SessionName ?? scene.Caller.Federation!.Certificate!.SerialNumber);

    private sealed record Entry(Response Of) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Structure("assumedRoleUser", new User(Of.User));
            writer.Structure("credentials", new Secrets(Of.Credentials));
            writer.Number("packedPolicySize", Of.PackedPolicySize);
            writer.Text("roleArn", Of.RoleArn);
            writer.Text("sourceIdentity", Of.Identity.SourceIdentity);
        }
    }

    private sealed record User(AssumedRoleUser Of) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("arn", Of.Arn);
            writer.Text("assumedRoleId", Of.AssumedRoleId);
        }
    }

    private sealed record Secrets(Credentials Of) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("accessKeyId", Of.AccessKeyId);
            writer.Time("expiration", Of.Expiration);
            writer.Secret("secretAccessKey", Of.SecretAccessKey);
            writer.Text("sessionToken", Of.SessionToken);
        }
    }
}
