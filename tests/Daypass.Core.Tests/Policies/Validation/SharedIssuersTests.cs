using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Policies.Validation.Federation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>The table of issuers that everybody has an account with.</summary>
public sealed class SharedIssuersTests
{
    [Theory]
    [InlineData("token.actions.githubusercontent.com", "GitHub Actions")]
    [InlineData("https://gitlab.com/", "GitLab")]
    [InlineData("HTTPS://APP.TERRAFORM.IO", "HCP Terraform")]
    public void An_issuer_is_found_however_it_is_written(string issuer, string name)
    {
        Assert.True(SharedIssuers.TryFind(issuer, out var shared));
        Assert.Equal(name, shared.Name);
    }

    [Theory]
    [InlineData("gitlab.example.com")]
    [InlineData("gitlab.com/x")]
    [InlineData(null)]
    public void An_issuer_of_ones_own_is_not_shared(string? issuer) => Assert.False(SharedIssuers.TryFind(issuer, out _));

    [Theory]
    [InlineData("arn:aws:iam::111111111111:oidc-provider/gitlab.com", "gitlab.com")]
    [InlineData("arn:aws:iam::111111111111:oidc-provider/idp.example.com/realms/x", "idp.example.com/realms/x")]
    [InlineData("accounts.google.com", "accounts.google.com")]
    [InlineData("arn:aws:iam::111111111111:saml-provider/idp", null)]
    public void A_federated_principal_means_its_issuer(string principal, string? issuer) => Assert.Equal(issuer, SharedIssuers.IssuerOf(principal));

    [Theory]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:acme/*", true)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:acme/app:*", true)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:acme*/app", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:/*", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:*", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "*:acme/app", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:a?me/app", false)]
    [InlineData("token.actions.githubusercontent.com", "repository_owner", "acme", true)]
    [InlineData("token.actions.githubusercontent.com", "repository_owner", "acme*", false)]
    [InlineData("token.actions.githubusercontent.com", "repository_owner", "", false)]
    [InlineData("gitlab.com", "sub", "project_path:group/*", true)]
    [InlineData("app.terraform.io", "sub", "organization:acme:project:*", true)]
    [InlineData("app.terraform.io", "sub", "organization:acme*", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "${token.actions.githubusercontent.com:sub}", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:${token.actions.githubusercontent.com:repository_owner}/app", false)]
    [InlineData("token.actions.githubusercontent.com", "sub", "repo:acme/${aws:RequestTag/repo}", true)]
    public void A_pattern_narrows_if_it_names_the_tenant_before_any_wildcard(string issuer, string claim, string pattern, bool narrows)
    {
        Assert.True(SharedIssuers.TryFind(issuer, out var shared));
        Assert.Equal(narrows, shared.IsNarrowedBy($"{issuer}:{claim}", pattern, hasWildcards: true));
    }

    [Theory]
    // Whoever has a repository there has these for the asking: subjects are of the form that their owners choose.
    [InlineData("environment:production", false)]
    [InlineData("ref:refs/heads/main", false)]
    [InlineData("actor:alice", false)]
    [InlineData("repository_visibility:public", false)]
    [InlineData("workflow:x:repository_owner:acme", false)]
    [InlineData("repo:", false)]
    [InlineData("repo:/app", false)]
    [InlineData("repo:acme/app:ref:refs/heads/main", true)]
    [InlineData("repository_owner:acme", true)]
    [InlineData("repository_owner_id:65:environment:production", true)]
    [InlineData("enterprise:acme:repo:acme/app", true)]
    public void A_subject_that_anybody_can_have_narrows_nothing_however_exact_the_condition_is(string subject, bool narrows)
    {
        const string key = "token.actions.githubusercontent.com:sub";
        Assert.Equal(!narrows, IsOpen("token.actions.githubusercontent.com", $"{{\"StringEquals\":{{\"{key}\":\"{subject}\"}}}}"));
        Assert.Equal(!narrows, IsOpen("token.actions.githubusercontent.com", $"{{\"StringLike\":{{\"{key}\":\"{subject}\"}}}}"));
    }

    [Theory]
    [InlineData("acme/.github/.github/workflows/deploy.yml@refs/heads/main", false)]
    [InlineData("acme/*", false)]
    [InlineData("acme*", true)]
    [InlineData("*/.github/.github/workflows/deploy.yml@*", true)]
    [InlineData("/*", true)]
    [InlineData("*", true)]
    public void Whose_workflow_runs_names_a_tenant_if_its_owner_is_whole_and_does_not_say_who_runs_it(string workflow, bool isOpen)
    {
        const string issuer = "token.actions.githubusercontent.com";
        var condition = $"\"StringLike\":{{\"{issuer}:job_workflow_ref\":\"{workflow}\"}}";
        Assert.Equal(isOpen, IsOpen(issuer, $"{{{condition}}}"));
        Assert.Equal(!isOpen, Findings(issuer, $"{{{condition}}}").Any(finding => finding.IssueCode == "OIDC_TRUST_BY_CODE_ALONE"));
        Assert.DoesNotContain(Findings(issuer, $"{{{condition},\"StringEquals\":{{\"{issuer}:repository_owner\":\"acme\"}}}}"), finding => finding.IssueCode is "OIDC_TRUST_BY_CODE_ALONE" or "OIDC_TRUST_WITHOUT_TENANT");
    }

    [Fact]
    public void What_audience_a_Google_account_asks_for_says_nothing_of_whose_it_is() =>
        Assert.True(IsOpen("accounts.google.com", "{\"StringEquals\":{\"accounts.google.com:oaud\":\"https://daypass.example.com\"}}"));

    [Fact]
    public void What_to_write_is_said_and_closes_it() => Assert.All(SharedIssuers.All, issuer =>
    {
        var open = Assert.Single(Findings(issuer.Issuer, "{}"), finding => finding.IssueCode == "OIDC_TRUST_WITHOUT_TENANT");
        var condition = open.Details[(open.Details.IndexOf("such as ", StringComparison.Ordinal) + 8)..^1];
        Assert.False(IsOpen(issuer.Issuer, $"{{{condition}}}"), condition);
    });

    [Fact]
    public void Where_wildcards_are_characters_a_value_names_itself() => Assert.True(new IssuerClaim("sub", "repo:", '/').IsNarrowedBy("repo:*", hasWildcards: false));

    [Fact]
    public void Every_issuer_has_claims_and_keys_of_its_own() => Assert.All(SharedIssuers.All, issuer =>
    {
        Assert.NotEmpty(issuer.Claims);
        Assert.DoesNotContain("://", issuer.Issuer, StringComparison.Ordinal);
        Assert.All(issuer.Claims.Where(claim => claim.Name != "sts:RoleSessionName"), claim => Assert.Equal($"{issuer.Issuer}:{claim.Name}", issuer.KeyOf(claim)));
    });

    public static TheoryData<string> Issuers => [.. SharedIssuers.All.Select(issuer => issuer.Issuer)];

    [Theory, MemberData(nameof(Issuers))]
    public void A_trust_in_any_of_them_is_reported_as_open_until_a_condition_names_whose(string issuer)
    {
        Assert.True(SharedIssuers.TryFind(issuer, out var shared));
        Assert.True(IsOpen(issuer, "{}"));
        Assert.True(IsOpen(issuer, "{\"Bool\":{\"aws:SecureTransport\":\"true\"}}"));
        foreach (var claim in shared.Claims)
        {
            foreach (var condition in Names(shared.KeyOf(claim), claim))
                Assert.False(IsOpen(issuer, condition), condition);
            // The letter case of keys says nothing.
            Assert.False(IsOpen(issuer.ToUpperInvariant(), $"{{\"StringEquals\":{{\"{shared.KeyOf(claim).ToUpperInvariant()}\":\"{claim.Prefix}acme{claim.Separator}x\"}}}}"));
            foreach (var condition in Bypasses(shared.KeyOf(claim), claim))
                Assert.True(IsOpen(issuer, condition), condition);
        }
    }

    // Each of one tenant's tokens, whichever they are.
    private static IEnumerable<string> Names(string key, IssuerClaim claim)
    {
        var value = $"{claim.Prefix}acme{claim.Separator}x";
        string[] shapes = [$"\"StringEquals\":{{\"{key}\":\"{value}\"}}", $"\"StringLike\":{{\"{key}\":\"{value}\"}}", $"\"ForAnyValue:StringEquals\":{{\"{key}\":\"{value}\"}}", $"\"StringEquals\":{{\"{key}\":[\"{value}\",\"{value}2\"]}}"];
        IEnumerable<string> patterns = claim.Separator is null ? [] : [$"\"StringLike\":{{\"{key}\":\"{claim.Prefix}acme{claim.Separator}*\"}}", $"\"ForAnyValue:StringLike\":{{\"{key}\":[\"{claim.Prefix}acme{claim.Separator}?\",\"{value}\"]}}"];
        // What is open by itself does no harm beside it: all conditions of a statement must be met.
        return [.. shapes.Concat(patterns).Select(shape => $"{{{shape}}}"), $"{{{shapes[0]},\"StringLikeIfExists\":{{\"{key}\":\"*\"}}}}"];
    }

    // Each meets every token of the issuer, or every token that lacks the claim.
    private static IEnumerable<string> Bypasses(string key, IssuerClaim claim)
    {
        foreach (var (name, value) in new[]
        {
            ("StringLike", "\"*\""), ("StringLike", "\"**\""), ("StringLike", "\"?*\""), ("StringLike", $"\"{claim.Prefix}*\""), ("StringLike", $"\"{claim.Prefix}?*\""), ("StringLike", $"[\"{claim.Prefix}acme{claim.Separator}x\",\"*\"]"),
            ("StringLikeIfExists", $"\"{claim.Prefix}acme{claim.Separator}*\""), ("StringEqualsIfExists", $"\"{claim.Prefix}acme{claim.Separator}x\""), ("ForAllValues:StringEquals", $"\"{claim.Prefix}acme{claim.Separator}x\""),
            ("ForAllValues:StringLike", $"\"{claim.Prefix}acme{claim.Separator}*\""), ("ForAnyValue:StringLike", "\"*\""), ("StringNotEquals", "\"evil\""), ("StringNotLike", "\"evil*\""), ("StringNotEqualsIgnoreCase", "\"evil\""), ("Null", "\"false\""), ("Null", "\"true\""),
            ("StringEquals", $"\"${{{key}}}\""), ("StringLike", $"\"${{{key}}}\""), ("StringEquals", "[]"), ("NumericGreaterThan", "\"0\""), ("NumericLessThanEquals", "\"99999999999\""), ("DateGreaterThan", "\"1970-01-01T00:00:00Z\""), ("ArnLike", "\"arn:*:*:*:*:*\""),
        })
            yield return $"{{\"{name}\":{{\"{key}\":{value}}}}}";
        // On another issuer's claim, on one that says nothing of whose it is, and beside the point.
        yield return $"{{\"StringEquals\":{{\"other.example.com:{claim.Name}\":\"{claim.Prefix}acme{claim.Separator}x\"}}}}";
        yield return $"{{\"StringEquals\":{{\"{key}x\":\"{claim.Prefix}acme{claim.Separator}x\"}}}}";
        yield return $"{{\"StringEquals\":{{\"aws:RequestedRegion\":\"us-east-1\"}}}}";
    }

    [Fact]
    public void One_closed_statement_does_not_close_an_open_one_beside_it()
    {
        const string principal = "\"Principal\":{\"Federated\":\"arn:aws:iam::111111111111:oidc-provider/gitlab.com\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"";
        var text = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow",{{principal}},"Condition":{"StringEquals":{"gitlab.com:namespace_id":"72"} } },{"Effect":"Allow",{{principal}} }]}""";
        Assert.Contains(PolicyValidator.Validate(text, PolicyType.Trust), finding => finding.IssueCode == "OIDC_TRUST_WITHOUT_TENANT");
    }

    [Theory]
    [InlineData("sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/", "sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/:appid")]
    [InlineData("idp.example.com", "idp.example.com:sub")]
    [InlineData("idp.example.com/realms/x", "IDP.example.com/realms/x:azp")]
    public void An_issuer_of_ones_own_wants_any_condition_on_its_tokens_with_its_slash_or_without(string issuer, string key)
    {
        Assert.Contains(Findings(issuer, "{}"), finding => finding.IssueCode == "OIDC_TRUST_WITHOUT_CONDITION");
        Assert.DoesNotContain(Findings(issuer, $"{{\"StringEquals\":{{\"{key}\":\"x\"}}}}"), finding => finding.IssueCode == "OIDC_TRUST_WITHOUT_CONDITION");
    }

    private static bool IsOpen(string issuer, string condition) => Findings(issuer, condition).Any(finding => finding.IssueCode == "OIDC_TRUST_WITHOUT_TENANT");

    private static IReadOnlyList<PolicyFinding> Findings(string issuer, string condition) => PolicyValidator.Validate(
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111111111111:oidc-provider/{{issuer}}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{{condition}} } }""", PolicyType.Trust);
}
