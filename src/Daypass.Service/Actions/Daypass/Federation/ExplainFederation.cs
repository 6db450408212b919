using Daypass.Names;
using Daypass.Service.Actions.Iam.OidcProviders;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Preview;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>
/// What a token or an assertion of an identity provider would come to in the caller's account: every check, every claim as the condition key that it becomes, and
/// which roles would let its subject in, and why not. Nothing is issued, and an assertion stays unspent.
/// </summary>
internal sealed class ExplainFederation : ApiAction<ExplainFederation.Request, ExplainFederation.Response>
{
    /// <summary>How many roles are told of.</summary>
    public const int MostRoles = 100;

    private static readonly TextRule TokenRule = TextRule.Of(4, 20_000) with { IsSecret = true };
    private static readonly TextRule AssertionRule = TextRule.Of(4, 100_000) with { IsSecret = true };

    internal sealed record Request(string? Token, string? Assertion, string? RoleArn, string? ProviderArn);

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
            writer.Text("RoleSessionName", identity?.Saml?.SignIn.SessionName);
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

    public override IReadOnlyList<string> SecretParameters => ["WebIdentityToken", "SAMLAssertion"];

    public override Request Read(Parameters wire)
    {
        var request = new Request(wire.Text("WebIdentityToken", TokenRule), wire.Text("SAMLAssertion", AssertionRule), wire.Text("RoleArn", TextRules.Arn), wire.Text("ProviderArn", TextRules.Arn));
        return request.Token is null == request.Assertion is null
            ? throw Errors.ValidationError("Exactly one of WebIdentityToken and SAMLAssertion must be given.")
            : request;
    }

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("daypass:ExplainFederation", request.RoleArn ?? "*", request.RoleArn is { } arn ? Arn.AccountIn(arn) ?? scene.Caller.Account : scene.Caller.Account));

    public override IssuerQuestion? AsksIssuer(Request request, Scene scene) => request.Token is null ? null : TokenPreview.AskFor(request.Token, scene);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var preview = request.Token is not null ? TokenPreview.Of(request.Token, scene) : AssertionPreview.Of(request.Assertion!, ProviderOf(request), scene);
        var roles = RolesOf(request, scene);
        if (preview.Identity is not { } identity)
            return new Outcome<Response>(new Response(preview, [], 0));
        // As the live call would see it: its own caller, and no second factor.
        var supposed = scene with { Caller = identity.Saml is null ? FederatedCallers.OfWebIdentity(scene.Home, identity) : FederatedCallers.OfSaml(scene.Home, identity), Mfa = null };
        var action = identity.Saml is null ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRoleWithSAML";
        var told = roles.Select(role => RolePreview.Of(role, action, supposed)).OfType<RolePreview>().ToList();
        return new Outcome<Response>(new Response(preview, [.. told.OrderByDescending(role => role.IsAllowed).ThenBy(role => role.RoleArn, StringComparer.Ordinal).Take(MostRoles)], Math.Max(0, told.Count - MostRoles)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => request.RoleArn is { } arn ? [new AuditResource("AWS::IAM::Role", arn)] : [];

    private static Arn? ProviderOf(Request request) => request.ProviderArn is null ? null : Arn.TryParse(request.ProviderArn, out var arn) ? arn : throw Errors.ValidationError($"{Errors.Shorten(request.ProviderArn)} is not an ARN.");

    private static IEnumerable<Role> RolesOf(Request request, Scene scene)
    {
        if (request.RoleArn is null)
            return scene.Home.Documents.All(DocumentKinds.Role);
        var arn = RoleTarget.Check(request.RoleArn);
        return [RoleTarget.Find(arn, scene) ?? throw Errors.NoSuchEntity($"There is no {arn} in this account.")];
    }

    private sealed record KeyShape(global::Daypass.Tokens.FederatedKey Key, ProvenIdentity Identity) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Key", Key.Name);
            writer.TextList("Values", Key.Values);
            writer.Flag("IsList", Key.IsList);
            writer.Flag("IsKept", Identity.KeptKeys.Any(kept => kept.Name == Key.Name));
        }
    }

    private sealed record TagShape(Tag Tag, ProvenIdentity Identity) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Key", Tag.Key);
            writer.Text("Value", Tag.Value);
            writer.Flag("IsTransitive", Identity.TransitiveTagKeys.Contains(Tag.Key, StringComparer.OrdinalIgnoreCase));
        }
    }

    private sealed record OfferShape((string Role, string Provider) Offer) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("RoleArn", Offer.Role);
            writer.Text("PrincipalArn", Offer.Provider);
        }
    }
}
