using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>The form of principals, and whether each names somebody.</summary>
internal static class PrincipalChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            foreach (var element in (string[])["Principal", "NotPrincipal"])
            {
                if (statement.Place[element] is { } written)
                    Element(policy, written, findings);
            }
            foreach (var principal in statement.Principals.Concat(statement.NotPrincipals))
                Entry(policy, principal, findings);
        }
    }

    private static void Element(PolicyDraft policy, Place element, Findings findings)
    {
        if (element.Json.Kind is not (JsonKind.Object or JsonKind.Text))
            findings.Add(Issues.DataTypeMismatch, element, $"{element.Name} is '*' or an object such as {{\"AWS\": \"123456789012\"}}.");
        if (element.Json is { Kind: JsonKind.Object, Members.Count: 0 })
            findings.Add(Issues.EmptyObjectPrincipal, element, $"{element.Name} is empty: the statement names nobody.");
        foreach (var member in element.Members)
        {
            if (!policy.Syntax.PrincipalTypes.Contains(member.Name, StringComparer.Ordinal))
                findings.AddKey(Issues.InvalidPrincipalKey, member, $"There is no kind of principal {Words.Quote(member.Name)}.{Words.DidYouMean(member.Name, policy.Syntax.PrincipalTypes)}");
            if (member.Json is { Kind: JsonKind.Array, Items.Count: 0 })
                findings.Add(Issues.EmptyArrayPrincipal, member, $"The list of {member.Name} is empty and names nobody.");
            foreach (var entry in member.OneOrMany.Where(entry => !entry.IsText))
                findings.Add(Issues.DataTypeMismatch, entry, "A principal is a text or a list of texts.");
        }
    }

    private static void Entry(PolicyDraft policy, PrincipalDraft principal, Findings findings)
    {
        if (principal.Kind.Length == 0)
        {
            if (!principal.IsEveryone)
                findings.Add(Issues.InvalidPrincipalFormat, principal.Place, $"{Words.Quote(principal.Text)} is no principal: write '*', or an object such as {{\"AWS\": \"123456789012\"}}.");
            return;
        }
        if (PrincipalReader.KindOf(principal.Kind, principal.Text) is { } kind)
            Named(policy, principal, kind, findings);
        else if (principal.Text.AsSpan().ContainsAny('*', '?'))
            findings.Add(policy.Type == PolicyType.Trust ? Issues.RoleTrustPolicyUnsupportedWildcardInPrincipal : Issues.UnsupportedWildcardInPrincipal, principal.Place, WildcardText(principal));
        else
            findings.Add(Issues.InvalidPrincipalFormat, principal.Place, $"{Words.Quote(principal.Text)} names no account, user, role or session.{GroupText(principal.Text)}");
    }

    private static void Named(PolicyDraft policy, PrincipalDraft principal, PrincipalPatternKind kind, Findings findings)
    {
        var text = principal.Text;
        if (kind == PrincipalPatternKind.UniqueId)
            findings.Add(text.StartsWith(Names.UniqueId.User, StringComparison.Ordinal) ? Issues.InvalidUserReference : Issues.InvalidRoleReference, principal.Place, $"{Words.Quote(text)} is the id of a user or role. Write its ARN; an id that stays in a policy is that of one that is gone.");
        if (kind == PrincipalPatternKind.Service && text.AsSpan().ContainsAny(" :/"))
            findings.Add(Issues.InvalidServicePrincipalFormat, principal.Place, $"{Words.Quote(text)} is no name of a service, such as 'backup.example.com'.");
        if (kind == PrincipalPatternKind.Federated && policy.Type == PolicyType.Trust && !IsProvider(text))
            findings.Add(Issues.InvalidFederatedPrincipal, principal.Place, $"{Words.Quote(text)} is neither the ARN of an identity provider nor the host name of a public one.");
    }

    private static bool IsProvider(string text)
    {
        var isArn = text.StartsWith("arn:", StringComparison.Ordinal);
        return isArn
            ? text.Contains(":oidc-provider/", StringComparison.Ordinal) || text.Contains(":saml-provider/", StringComparison.Ordinal) || text.Contains(":ldap-provider/", StringComparison.Ordinal)
            : text.Contains('.', StringComparison.Ordinal) && !text.AsSpan().ContainsAny(" :@");
    }

    private static string WildcardText(PrincipalDraft principal) => principal.Kind == "AWS"
        ? $"{Words.Quote(principal.Text)} has a wildcard, which stands for a principal only alone. Name the account and narrow it by a condition on aws:PrincipalArn."
        : $"{Words.Quote(principal.Text)} has a wildcard; {principal.Kind} takes names only.";

    private static string GroupText(string text) => text.Contains(":group/", StringComparison.Ordinal) ? " Groups are no principals." : "";
}
