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
        Assert.Equal($"{issuer.Issuer}:{issuer.Claims[0].Name}", issuer.KeyOf(issuer.Claims[0]));
    });
}
