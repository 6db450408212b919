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
        Assert.Equal(narrows, Assert.Single(shared.Claims, candidate => candidate.Name == claim).IsNarrowedBy(pattern, hasWildcards: true));
    }

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
        var claim = shared.Claims[0];
        Assert.True(IsOpen(issuer, "{}"));
        Assert.True(IsOpen(issuer, "{\"Bool\":{\"aws:SecureTransport\":\"true\"}}"));
        Assert.False(IsOpen(issuer, $"{{\"StringEquals\":{{\"{shared.KeyOf(claim)}\":\"{claim.Prefix}acme{claim.Separator}x\"}}}}"));
        // The letter case of keys says nothing.
        Assert.False(IsOpen(issuer.ToUpperInvariant(), $"{{\"StringEquals\":{{\"{shared.KeyOf(claim).ToUpperInvariant()}\":\"{claim.Prefix}acme{claim.Separator}x\"}}}}"));
        foreach (var condition in Bypasses(shared.KeyOf(claim), claim))
            Assert.True(IsOpen(issuer, condition), condition);
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
