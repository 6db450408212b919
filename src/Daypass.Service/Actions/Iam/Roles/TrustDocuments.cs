using Daypass.Names;
using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Policies.Validation.Federation;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>
/// Trust policies on their way in: every user and role that the text names is bound to its unique id, so that whoever is re-created
/// under the name later is somebody else. Called by: CreateRole and UpdateAssumeRolePolicy. The way out
/// is <see cref="TrustView"/>.
/// </summary>
internal static class TrustDocuments
{
    /// <summary>Accounts of the principals that a text names; none for a text that is refused anyway, so that it makes nothing be loaded.</summary>
    public static IEnumerable<AccountId> AccountsOf(string text, PolicySyntax? syntax = null) =>
        PolicyDocument.TryParse(text, PolicyType.Trust, syntax ?? PolicySyntax.Aws, out _) is { } document && document.SizeWithoutWhiteSpace <= Quotas.TrustPolicySize.Limit
            ? document.Principals.Select(TrustedPrincipal.AccountOf).OfType<AccountId>().Distinct()
            : [];

    /// <summary>Checks the text and binds its principals.</summary>
    /// <exception cref="ApiException">MalformedPolicyDocument; LimitExceeded when it is too long.</exception>
    public static TrustPolicy Bind(string text, Scene scene, PolicySyntax? syntax = null)
    {
        var document = PolicyDocuments.Parse(text, PolicyType.Trust, Quotas.TrustPolicySize, syntax);
        if (document.Statements.FirstOrDefault(statement => statement.Principals.Count == 0) is { } nobodys)
            throw Malformed(document, nobodys.Position, "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!");
        RefuseBareIssuers(document);
        RequireTenants(document, text);
        var bindings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var principal in document.Principals)
        {
            var found = TrustedPrincipal.Resolve(principal, scene) ?? throw Invalid(document, principal);
            if (found.UniqueId is { } id)
                bindings[principal.Text] = id;
        }
        return new TrustPolicy(text, bindings, document.Syntax.Mark);
    }

    /// <summary>Makes a write rest on the bound users and roles of the own account: one that is deleted meanwhile is a conflict.</summary>
    public static Changes RelyOnPrincipals(this Changes changes, TrustPolicy trust, AccountDirectory home)
    {
        foreach (var id in trust.Bindings.Values)
        {
            if (home.FindUserById(id) is { } user)
                changes.RelyOn(DocumentKinds.User, DocumentKinds.Fold(user.Name));
            else if (home.FindRoleById(id) is { } role)
                changes.RelyOn(DocumentKinds.Role, DocumentKinds.Fold(role.Name));
        }
        return changes;
    }

    // AWS refuses it, too: an issuer that gives tokens to everybody lets everybody in who is not kept out by name.
    private static void RequireTenants(PolicyDocument document, string text)
    {
        if (!document.Principals.Any(principal => principal.Kind == PrincipalPatternKind.Federated && SharedIssuers.TryFind(SharedIssuers.IssuerOf(principal.Text), out _)))
            return;
        var findings = PolicyValidator.Validate(text, PolicyType.Trust, new PolicyValidationOptions { MaxFindingsPerType = int.MaxValue });
        if (findings.FirstOrDefault(finding => finding.IssueCode == "OIDC_TRUST_WITHOUT_TENANT") is { } open)
            throw Malformed(document, open.Locations[0].Start, open.Details);
    }

    // AWS knows accounts.google.com, cognito-identity.amazonaws.com and two more without their being registered. Nothing would ever be such a principal here, and
    // a role that silently trusts nobody is a riddle.
    private static void RefuseBareIssuers(PolicyDocument document)
    {
        if (document.Principals.FirstOrDefault(principal => principal.Kind == PrincipalPatternKind.Federated && !principal.Text.StartsWith("arn:", StringComparison.Ordinal)) is { } bare)
            throw Malformed(document, bare.Position, $"Invalid principal in policy: \"Federated\":\"{Errors.Shorten(bare.Text)}\". No identity provider is built in here: register one (for Google https://accounts.google.com, with your client ids) and name its ARN.");
    }

    private static ApiException Malformed(PolicyDocument document, TextPosition at, string message) =>
        PolicyDocuments.Malformed(new PolicyError(message, at), PolicyType.Trust, document.Syntax);

    private static ApiException Invalid(PolicyDocument document, PrincipalPattern principal)
    {
        var type = principal.Kind == PrincipalPatternKind.CanonicalUser ? "CanonicalUser" : "AWS";
        return Malformed(document, principal.Position, $"Invalid principal in policy: \"{type}\":\"{principal.Text}\"");
    }
}
