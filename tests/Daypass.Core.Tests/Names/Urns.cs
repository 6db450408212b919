using Daypass.Names;

namespace Daypass.Core.Tests.Names;

/// <summary>URNs of uproject and the ARNs that they are.</summary>
public sealed class Urns
{
    [Theory]
    [InlineData("ucs:iam::65818677:root", "arn:aws:iam::000065818677:root")]
    [InlineData("ucs:iam::60036:role/ucs-service-role/ServiceRoleForUK8S", "arn:aws:iam::000000060036:role/ucs-service-role/ServiceRoleForUK8S")]
    [InlineData("ucs:iam::ucs:policy/AdministratorAccess", "arn:aws:iam::ucs:policy/AdministratorAccess")]
    [InlineData("ucs:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess")]
    [InlineData("ucs:sts::111111111111:assumed-role/r/s", "arn:aws:sts::111111111111:assumed-role/r/s")]
    [InlineData("ucs:uhost:cn-bj2:1:instance/uhost-x:y", "arn:aws:uhost:cn-bj2:000000000001:instance/uhost-x:y")]
    [InlineData("ucs:s3:::bucket/key", "arn:aws:s3:::bucket/key")]
    public void A_URN_and_its_ARN_are_one_name(string text, string arn)
    {
        Assert.True(Urn.TryParse(text, out var urn));
        Assert.Equal(text, urn.ToString());
        Assert.Equal(arn, urn.ToArn().ToString());
        Assert.Equal(urn, Urn.Of(urn.ToArn()));
    }

    [Fact]
    public void A_company_is_an_account()
    {
        Assert.True(Urn.TryParse("ucs:iam::65818677:role/x", out var urn));
        Assert.Equal(AccountId.Of(65818677), urn.AccountId);
        Assert.Equal(("iam", "", "65818677", "role/x"), (urn.Product, urn.Region, urn.Company, urn.Resource));
        Assert.True(Urn.TryParse("ucs:iam::ucs:policy/x", out var owned));
        Assert.Null(owned.AccountId);
    }

    [Fact]
    public void A_company_with_leading_zeros_is_the_same_company()
    {
        Assert.True(Urn.TryParse("ucs:iam::000065818677:root", out var urn));
        Assert.Equal("ucs:iam::65818677:root", urn.ToString());
    }

    [Fact]
    public void Another_brand_has_another_first_word()
    {
        Assert.True(Urn.TryParse("acme:iam::acme:policy/x", out var urn, "acme"));
        Assert.Equal("arn:aws:iam::ucs:policy/x", urn.ToArn().ToString());
        Assert.False(Urn.TryParse("ucs:iam::65818677:root", out _, "acme"));
        Assert.Equal("acme:iam::42:root", Urn.Of(Arn.Root(AccountId.Of(42)), "acme")!.ToString());
    }

    [Theory]
    [InlineData("ucs:iam::65818677")]
    [InlineData("ucs:iam::65818677:")]
    [InlineData("ucs:::65818677:root")]
    [InlineData("ucs:iam::0:root")]
    [InlineData("ucs:iam::-1:root")]
    [InlineData("ucs:iam::1234567890123:root")]
    [InlineData("ucs:iam::6581*:root")]
    [InlineData("ucs:iam::*:root")]
    [InlineData("ucs:iam::azure:root")]
    [InlineData("UCS:iam::65818677:root")]
    [InlineData("ucsx:iam::65818677:root")]
    [InlineData("arn:aws:iam::000065818677:root")]
    [InlineData("ucs")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_whole_URN_is_none(string? text) => Assert.False(Urn.TryParse(text, out _));

    [Theory]
    [InlineData("arn:aws-cn:iam::000065818677:root")]
    [InlineData("arn:aws:iam::65818677:root")]
    [InlineData("arn:aws:iam::acme:root")]
    public void An_ARN_without_URN_has_none(string text)
    {
        Assert.True(Arn.TryParse(text, out var arn));
        Assert.Null(Urn.Of(arn));
    }
}
