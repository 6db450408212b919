using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// Temporary credentials for a user of an LDAP directory, for a role that his groups are mapped to and that trusts the directory's provider. Not of AWS: the
/// name and the wire form are MinIO's, so that its clients work; <c>RoleArn</c> and <c>ProviderArn</c> are ours, and optional. Unsigned: the password is
/// the proof.
/// </summary>
internal sealed class AssumeRoleWithLDAPIdentity : ApiAction<AssumeRoleWithLDAPIdentity.Request, AssumeRoleWithLDAPIdentity.Response>
{
    private const string Action = "sts:AssumeRoleWithLDAPIdentity";
    private const int DefaultDuration = 3600;
    private const int MaxDuration = 43200;

    // Characters that are not seen make two names look alike, and directories leave some out before they compare.
    private static readonly TextRule NameRule = new(1, 256, @"[^\p{C}]+", text => text.EnumerateRunes().All(IsSeen));
    private static readonly TextRule PasswordRule = TextRule.Of(1, 1024) with { IsSecret = true };

    internal sealed record Request(string UserName, string Password, string? RoleArn, string? ProviderArn, int Duration, SessionPolicyRequest Policy)
    {
        public override string ToString() => UserName;
    }

    internal sealed record Response(ProvenIdentity Identity, AssumedRoleUser AssumedRoleUser, Credentials Credentials, int? PackedPolicySize) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => Credentials.AccessKeyId;

        public void Write(ShapeWriter writer)
        {
            writer.Structure("Credentials", Credentials);
            writer.Structure("AssumedRoleUser", AssumedRoleUser);
            writer.Number("PackedPolicySize", PackedPolicySize);
            writer.Text("SourceIdentity", Identity.SourceIdentity);
        }
    }

    public override Proof Proof => Proof.Ldap;

    public override bool IsReadOnly => true;

    public override bool IsHot => true;

    public override bool RecordsResponse => true;

    public override IReadOnlyList<string> SecretParameters => ["LDAPPassword"];

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("LDAPUsername", NameRule),
        wire.RequiredText("LDAPPassword", PasswordRule),
        wire.Text("RoleArn", TextRules.StsArn),
        wire.Text("ProviderArn", TextRules.StsArn),
        wire.Number("DurationSeconds", 900, MaxDuration) ?? DefaultDuration,
        SessionPolicyRequest.Read(wire, TextRules.ShortSessionPolicy));

    public override ShownIdentity? IdentityOf(Request request) => new(request.RoleArn is { } role ? RoleTarget.Check(role) : null, request.Password)
    {
        UserName = request.UserName,
        Provider = request.ProviderArn is not { } provider ? null : Arn.TryParse(provider, out var arn) ? arn : throw Errors.ValidationError($"{provider} is invalid"),
    };

    public override Question Ask(Request request, Scene scene) => RoleOf(request, scene).Ask(Action, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var role = RoleOf(request, scene);
        var (user, credentials, packed) = role.Issue(RoleTarget.Find(role.Target, scene)!, request.Duration, request.Policy, scene);
        return new Outcome<Response>(new Response(scene.Caller.Federation!, user, credentials, packed));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [new AuditResource("AWS::IAM::Role", RoleOf(request, scene).RoleArn), new AuditResource("AWS::IAM::LDAPProvider", scene.Caller.Federation!.Provider)];

    // The first that fits; where the call names one, that one and no other.
    private static FederatedRole RoleOf(Request request, Scene scene)
    {
        var identity = scene.Caller.Federation!.Ldap!;
        var arn = identity.Roles.FirstOrDefault(role => request.RoleArn is null || role == request.RoleArn) ?? throw Errors.NotAuthorized(Action);
        return new FederatedRole(arn, RoleTarget.Check(arn), identity.SessionName);
    }

    private static bool IsSeen(System.Text.Rune rune) => rune.Value != 0xFFFD && System.Text.Rune.GetUnicodeCategory(rune) is not
        (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.OtherNotAssigned);
}
