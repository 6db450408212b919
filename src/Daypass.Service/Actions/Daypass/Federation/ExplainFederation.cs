using Daypass.Names;
using Daypass.Service.Actions.Iam.OidcProviders;
using Daypass.Service.Actions.RolesAnywhere;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Preview;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>
/// What a token or an assertion of an identity provider, or a certificate, would come to in the caller's account: every check, every claim as the condition key
/// that it becomes, and which roles would let its subject in, and why not. Nothing is issued, an assertion stays unspent, and nobody's private key is needed.
/// </summary>
internal sealed class ExplainFederation : ApiAction<ExplainFederation.Request, ExplainFederation.Response>
{
    /// <summary>How many roles are told of.</summary>
    public const int MostRoles = 100;

    private static readonly TextRule TokenRule = TextRule.Of(4, 20_000) with { IsSecret = true };
    private static readonly TextRule AssertionRule = TextRule.Of(4, 100_000) with { IsSecret = true };

    private static readonly TextRule CertificateRule = TextRule.Of(1, 100_000);
    private static readonly string[] OfCertificates = ["CertificateChain", "TrustAnchorArn", "ProfileArn"];

    internal sealed record Request(string? Token, string? Assertion, CertificateQuestion? Certificate, string? RoleArn, string? ProviderArn);

    internal sealed record Response(Preview Preview, IReadOnlyList<RolePreview> Roles, int MoreRoles) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            var identity = Preview.Identity;
            writer.Flag("WouldBeAccepted", Preview.Checks.FirstFailed is null && Roles.Any(role => role.IsAllowed));
            writer.Text("StoppedBy", Preview.Checks.FirstFailed?.Name ?? (Roles.Any(role => role.IsAllowed) ? null : "roles"));
            writer.Text("ProviderArn", Preview.ProviderArn);
            writer.List("Checks", Preview.Checks.All);
            writer.Text("Subject", identity?.Subject);
            writer.Text("Audience", identity?.Audience);
            writer.Text("SourceIdentity", identity?.SourceIdentity);
            writer.Text("RoleSessionName", identity?.Saml?.SignIn.SessionName ?? identity?.Certificate?.SerialNumber);
            writer.Number("SessionDuration", identity?.Saml?.SignIn.Duration);
            writer.List("ConditionKeys", identity?.Keys.Select(key => new KeyShape(key, identity)));
            writer.List("SessionTags", identity?.Tags.Select(tag => new TagShape(tag, identity)));
            writer.List("OfferedRoles", identity?.Saml?.SignIn.Offers.Select(offer => new OfferShape(offer)));
            writer.List("Roles", Roles);
            writer.Number("MoreRoles", MoreRoles == 0 ? null : MoreRoles);
        }
    }

    public override bool IsReadOnly => true;

    public override bool IsOfIam => true;

    public override bool IsHeavy => true;

    public override IReadOnlyList<string> SecretParameters => ["WebIdentityToken", "SAMLAssertion", "Certificate", "CertificateChain"];

    public override Request Read(Parameters wire)
    {
        var request = new Request(wire.Text("WebIdentityToken", TokenRule), wire.Text("SAMLAssertion", AssertionRule), CertificateOf(wire), wire.Text("RoleArn", TextRules.Arn), wire.Text("ProviderArn", TextRules.Arn));
        if (new object?[] { request.Token, request.Assertion, request.Certificate }.Count(given => given is not null) != 1)
            throw Errors.ValidationError("Exactly one of WebIdentityToken, SAMLAssertion and Certificate must be given.");
        return request.Certificate is null && OfCertificates.FirstOrDefault(name => wire.Raw(name) is not null) is { } stray
            ? throw Errors.ValidationError($"{stray} goes with Certificate.")
            : request;
    }

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:ExplainFederation", request.RoleArn ?? "*", request.RoleArn is { } arn ? Arn.AccountIn(arn) ?? scene.Caller.Account : scene.Caller.Account));

    public override IssuerQuestion? AsksIssuer(Request request, Scene scene) => request.Token is null ? null : TokenPreview.AskFor(request.Token, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var preview = PreviewOf(request, scene);
        var roles = request.Certificate is null ? RolesOf(request, scene) : [];
        var told = preview.Identity is null ? [] : request.Certificate is { } certificate ? [.. CertificateRoles.Of(certificate, preview, request.RoleArn, scene)] : ByProvider(roles, preview.Identity, scene);
        return new Outcome<Response>(new Response(preview, [.. told.OrderByDescending(role => role.IsAllowed).ThenBy(role => role.RoleArn, StringComparer.Ordinal).Take(MostRoles)], Math.Max(0, told.Count - MostRoles)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => request.RoleArn is { } arn ? [new AuditResource("AWS::IAM::Role", arn)] : [];

    private static CertificateQuestion? CertificateOf(Parameters wire)
    {
        var (anchor, profile) = (wire.Text("TrustAnchorArn", AnywhereInput.AnyArn), wire.Text("ProfileArn", AnywhereInput.AnyArn));
        return wire.Text("Certificate", CertificateRule) is { } leaf ? new CertificateQuestion(leaf, wire.Text("CertificateChain", CertificateRule), ArnOf(anchor, "trust-anchor"), ArnOf(profile, "profile")) : null;
    }

    private static Arn? ArnOf(string? text, string resource) =>
        text is null ? null : AnywhereInput.Parse(text, resource) ?? throw Errors.ValidationError($"{Errors.Shorten(text)} is not the ARN of a {resource}.");

    private static Preview PreviewOf(Request request, Scene scene) =>
        request.Certificate is { } certificate ? CertificatePreview.Of(certificate, scene)
        : request.Token is not null ? TokenPreview.Of(request.Token, scene)
        : AssertionPreview.Of(request.Assertion!, ProviderOf(request), scene);

    private static List<RolePreview> ByProvider(IEnumerable<Role> roles, ProvenIdentity identity, Scene scene)
    {
        // As the live call would see it: its own caller, and no second factor.
        var supposed = scene with { Caller = identity.Saml is null ? FederatedCallers.OfWebIdentity(scene.Home, identity) : FederatedCallers.OfSaml(scene.Home, identity), Mfa = null };
        var action = identity.Saml is null ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRoleWithSAML";
        return [.. roles.Select(role => RolePreview.Of(role, action, supposed)).OfType<RolePreview>()];
    }

    private static Arn? ProviderOf(Request request) => request.ProviderArn is null ? null : Arn.TryParse(request.ProviderArn, out var arn) ? arn : throw Errors.ValidationError($"{Errors.Shorten(request.ProviderArn)} is not an ARN.");

    private static IEnumerable<Role> RolesOf(Request request, Scene scene)
    {
        if (request.RoleArn is null)
            return scene.Home.Documents.All(DocumentKinds.Role);
        var arn = RoleTarget.Check(request.RoleArn);
        return [RoleTarget.Find(arn, scene) ?? throw Errors.NoSuchEntity($"There is no {arn} in this account.")];
    }
}
