using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Provisioning;

/// <summary>What an installation is called changes what is printed, and nothing that is kept.</summary>
public sealed class BrandTests
{
    private static readonly Brand Acme = new() { ProductName = "Acme Cloud", SignInHost = "signin.example.com", Syntax = PolicySyntax.Uproject.WithUrnPrefix("acme") };

    [Theory]
    [InlineData("arn:aws:iam::000065908046:role/ops/reader", "acme:iam::65908046:role/ops/reader")]
    [InlineData("arn:aws:iam::ucs:policy/AdministratorAccess", "acme:iam::acme:policy/AdministratorAccess")]
    [InlineData("arn:aws:iam::aws:policy/AdministratorAccess", "acme:iam::aws:policy/AdministratorAccess")]
    [InlineData("arn:aws-cn:iam::000065908046:role/reader", "arn:aws-cn:iam::000065908046:role/reader")]
    [InlineData("anonymous", "anonymous")]
    [InlineData("*", "*")]
    public void Names_are_printed_with_the_brand_s_first_word_where_they_can_be(string arn, string name)
    {
        Assert.Equal(name, Acme.NameOf(arn));
        Assert.Equal(arn, Acme.ArnOf(name));
    }

    [Fact]
    public void Another_brand_s_name_is_none() => Assert.Equal("ucs:iam::65908046:role/reader", Acme.ArnOf("ucs:iam::65908046:role/reader"));

    [Fact]
    public void People_sign_in_at_the_brand_s_host_and_else_at_the_public_address()
    {
        Assert.Equal("https://signin.example.com", Acme.SignInUrl("https://sts.example.com"));
        Assert.Equal("https://sts.example.com", new Brand().SignInUrl("https://sts.example.com"));
        Assert.Null(new Brand().SignInUrl(null));
    }
}
