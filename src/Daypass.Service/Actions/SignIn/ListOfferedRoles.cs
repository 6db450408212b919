using Daypass.Names;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Pipeline;
using Daypass.Service.SignIn;

namespace Daypass.Service.Actions.SignIn;

/// <summary>A role that a person may choose.</summary>
/// <param name="Arn">As the provider has it.</param>
/// <param name="Role">The role itself.</param>
/// <param name="Duration">How long its session would last, in seconds.</param>
internal sealed record OfferedRole(string Arn, Role Role, int Duration);

/// <summary>
/// The roles of one account that a SAML response offers, as far as they exist and would let in whom it is about: for the page on which a person chooses.
/// Nothing is issued, and the response is not used up.
/// </summary>
internal sealed class ListOfferedRoles : ApiAction<ListOfferedRoles.Request, ListOfferedRoles.Response>
{
    private const string Asked = "sts:AssumeRoleWithSAML";
    private const int DefaultDuration = 3600;
    private static readonly TextRule AssertionRule = TextRule.Of(4, 100_000) with { IsSecret = true };

    internal sealed record Request(string PrincipalArn, string SAMLAssertion);

    /// <param name="Identity">Whom the provider vouches for.</param>
    /// <param name="Home">The account.</param>
    /// <param name="Roles">What may be chosen, in the provider's order.</param>
    /// <param name="Answered">The question of ours that this answers; null where the provider began by itself.</param>
    internal sealed record Response(ProvenIdentity Identity, AccountDirectory Home, IReadOnlyList<OfferedRole> Roles, SamlRequest? Answered) : IShape
    {
        public void Write(ShapeWriter writer)
        {
        }
    }

    public override string EventType => "AwsConsoleSignIn";

    public override Proof Proof => Proof.Saml;

    public override bool IsHot => true;

    public override IReadOnlyList<string> SecretParameters => ["SAMLAssertion"];

    public override Request Read(Parameters wire) => new(wire.RequiredText("PrincipalArn", TextRules.StsArn), wire.RequiredText("SAMLAssertion", AssertionRule));

    public override ShownIdentity? IdentityOf(Request request) =>
        Arn.TryParse(request.PrincipalArn, out var provider) && provider.AccountId is not null
            ? new ShownIdentity(provider, request.SAMLAssertion) { Provider = provider }
            : throw Errors.ValidationError($"{request.PrincipalArn} is invalid");

    // The response is the permission to see what is in it.
    public override Question Ask(Request request, Scene scene) => Question.None;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var identity = scene.Caller.Federation!;
        var answered = AnsweredBy(identity, scene);
        var common = RequestKeys.Of(scene);
        OfferedRole[] roles = [.. identity.Saml!.SignIn.Offers.Where(offer => offer.Provider == request.PrincipalArn).Select(offer => offer.Role).Distinct(StringComparer.Ordinal)
            .Select(arn => Find(arn, identity, scene, common)).OfType<OfferedRole>()];
        return new Outcome<Response>(new Response(identity, scene.Home, roles, answered));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::SAMLProvider", scene.Caller.Federation!.Provider)];

    // An answer to somebody else's question, or to one that was put to another provider, was not meant for whoever brings it.
    private static SamlRequest? AnsweredBy(ProvenIdentity identity, Scene scene)
    {
        if (identity.Saml!.InResponseTo is not { } id)
            return null;
        return scene.Vault.OpenSamlRequest(id, scene.RealTime) is { } request && request.IssuerMark == SamlRequestCodec.MarkOf(identity.Saml.Issuer)
            ? request
            : throw Errors.InvalidIdentityToken("The response answers a request that was not made here, or that is over. Sign in again.");
    }

    private static OfferedRole? Find(string arn, ProvenIdentity identity, Scene scene, Policies.RequestContext common)
    {
        if (!Arn.TryParse(arn, out var target) || target.AccountId != scene.Home.Account || RoleTarget.Find(target, scene) is not { } role)
            return null;
        try
        {
            var question = new FederatedRole(arn, target, identity.Saml!.SignIn.SessionName).Ask(Asked, scene);
            return question.Permissions.All(permission => Authorizer.Decide(scene, permission, common).IsAllowed)
                ? new OfferedRole(arn, role, Math.Min(role.MaxSessionDuration, identity.Saml.SignIn.Duration ?? DefaultDuration))
                : null;
        }
        catch (ApiException)
        {
            // It could not be assumed, whatever the reason.
            return null;
        }
    }
}
