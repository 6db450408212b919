using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Daypass.Policies.Validation.Federation;

/// <summary>
/// The table of shared issuers. The claims and the forms of their values are those of the issuers' own guides to OpenID Connect. Issuers
/// that have a URL for each tenant (Bitbucket, CircleCI, Fly, Auth0, Okta, Entra ID, user pools of Cognito) are not here: whoever trusts such a URL has named the tenant.
/// </summary>
public static class SharedIssuers
{
    private const string ProviderPart = ":oidc-provider/";

    // Repositories and organizations put the claims into their subjects that they like, in the order that they like: what does not begin with a name is anybody's.
    private static readonly IssuerClaim[] GitHubSubjects =
    [
        new("sub", "repo:", '/') { IsOfTenantsForm = true }, new("sub", "repository:", '/') { IsOfTenantsForm = true }, new("sub", "repository_owner:", ':') { IsOfTenantsForm = true },
        new("sub", "repository_id:", ':') { IsOfTenantsForm = true }, new("sub", "repository_owner_id:", ':') { IsOfTenantsForm = true },
        new("sub", "enterprise:", ':') { IsOfTenantsForm = true }, new("sub", "enterprise_id:", ':') { IsOfTenantsForm = true },
    ];

    private static readonly FrozenDictionary<string, SharedIssuer> ByIssuer = new SharedIssuer[]
    {
        new("token.actions.githubusercontent.com", "GitHub Actions",
            [.. GitHubSubjects, new("repository", "", '/'), new("repository_owner"), new("repository_id"), new("repository_owner_id"), new("enterprise"), new("enterprise_id"), new("job_workflow_ref", "", '/') { IsOfCode = true }]),
        new("vstoken.actions.githubusercontent.com", "GitHub Actions", GitHubSubjects),
        new("oidc-configuration.audit-log.githubusercontent.com", "GitHub audit log streaming", [new("sub", "https://github.com/")]),
        new("gitlab.com", "GitLab", [new("sub", "project_path:", '/'), new("project_path", "", '/'), new("namespace_path", "", '/'), new("namespace_id"), new("project_id")]),
        new("app.terraform.io", "HCP Terraform",
            [new("sub", "organization:", ':'), new("terraform_organization_name"), new("terraform_organization_id"), new("terraform_workspace_id"), new("terraform_project_id")]),
        new("app.eu.terraform.io", "HCP Terraform Europe",
            [new("sub", "organization:", ':'), new("terraform_organization_name"), new("terraform_organization_id"), new("terraform_workspace_id"), new("terraform_project_id")]),
        new("oidc.vercel.com", "Vercel", [new("sub", "owner:", ':'), new("aud", "https://vercel.com/"), new("owner"), new("owner_id"), new("project_id")]),
        new("agent.buildkite.com", "Buildkite", [new("sub", "organization:", ':'), new("organization_slug"), new("organization_id"), new("pipeline_id")]),
        // Not oaud: whoever has a service account there asks for tokens with what audience they like.
        new("accounts.google.com", "Google", [new("aud"), new("hd"), new("azp"), new("sub")]),
        new("www.amazon.com", "Login with Amazon", [new("app_id"), new("user_id")]),
        new("graph.facebook.com", "Facebook", [new("app_id"), new("id")]),
        new("cognito-identity.amazonaws.com", "Amazon Cognito", [new("aud"), new("sub")]),
        new("appleid.apple.com", "Apple", [new("aud"), new("sub")]),
        new("login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", "Microsoft (personal accounts)", [new("sub"), new("aud"), new("azp"), new("oid")]),
        new("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d", "Microsoft Sentinel", [new("sts:RoleSessionName")]),
        new("slack.com", "Slack", [new("aud"), new("https://slack.com/team_id"), new("sub")]),
        new("login.salesforce.com", "Salesforce", [new("aud"), new("sub", "https://login.salesforce.com/id/", '/')]),
        new("www.linkedin.com/oauth", "LinkedIn", [new("aud"), new("sub")]),
        new("api.login.yahoo.com", "Yahoo", [new("aud"), new("sub")]),
        new("id.twitch.tv/oauth2", "Twitch", [new("aud"), new("sub")]),
        new("access.line.me", "LINE", [new("aud"), new("sub")]),
        new("orcid.org", "ORCID", [new("aud"), new("sub")]),
        new("oauth.id.jumpcloud.com", "JumpCloud", [new("aud"), new("sub")]),
        new("studio.datachain.ai/api", "DVC Studio", [new("sub", "credentials:", '/')]),
        new("studio.iterative.ai/api", "DVC Studio", [new("sub", "credentials:", '/')]),
        new("sandboxes.cloud", "sandboxes.cloud", [new("aud")]),
        new("scalr.io", "Scalr", [new("sub", "account:", ':')]),
        new("tokens.cloud.shisho.dev", "Shisho Cloud", [new("sub", "job:", ':')]),
        new("proidc.upbound.io", "Upbound", [new("sub", "mcp:", '/')]),
        new("oidc.modal.com", "Modal", [new("workspace_id"), new("sub", "modal:workspace_id:", ':')]),
        new("oauth2.sigstore.dev/auth", "Sigstore", [new("sub"), new("email")]),
        new("api.pulumi.com/oidc", "Pulumi Cloud", [new("aud", "urn:pulumi:org:"), new("sub", "pulumi:", ':')]),
        new("app.codefresh.io", "Codefresh", [new("sub", "account:", ':'), new("account_id")]),
        new("oidc.codefresh.io", "Codefresh", [new("sub", "account:", ':'), new("account_id")]),
        new("token.depot.dev", "Depot", [new("sub", "organization:", ':')]),
        new("api.semaphoreci.com", "Semaphore", [new("sub", "org:", ':'), new("org_id")]),
        new("app.harness.io/ng/api/oidc", "Harness", [new("sub", "account/", ':'), new("account_id")]),
    }.ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SharedIssuer> All => ByIssuer.Values;

    /// <summary>The shared issuer of this URL or host.</summary>
    /// <param name="issuer">With or without <c>https://</c> and a slash at the end; letter case does not matter.</param>
    /// <param name="shared">The issuer, if it is in the table.</param>
    public static bool TryFind(string? issuer, [NotNullWhen(true)] out SharedIssuer? shared)
    {
        shared = null;
        return issuer is not null && ByIssuer.TryGetValue(Normal(issuer), out shared);
    }

    /// <summary>The issuer that a federated principal of a trust policy means: what follows in a provider's ARN, or the host itself. Null for SAML.</summary>
    /// <param name="principal">The entry under <c>Federated</c>.</param>
    public static string? IssuerOf(string principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var at = principal.IndexOf(ProviderPart, StringComparison.Ordinal);
        if (at >= 0)
            return Normal(principal[(at + ProviderPart.Length)..]);
        return principal.StartsWith("arn:", StringComparison.Ordinal) || principal.Contains(":saml-provider/", StringComparison.Ordinal) ? null : Normal(principal);
    }

    private static string Normal(string issuer)
    {
        const string scheme = "https://";
        return (issuer.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? issuer[scheme.Length..] : issuer).TrimEnd('/');
    }
}
