using Daypass.Names;

namespace Daypass.Core.Tests.Names;

/// <summary>Sentences with names in them, for those who know names as URNs.</summary>
public sealed class UrnTexts
{
    [Theory]
    [InlineData("arn:aws:iam::000065818677:root", "acme:iam::65818677:root")]
    [InlineData(
        "User: arn:aws:iam::111122223333:user/a.b, is not allowed on resource: \"arn:aws:uhost:cn-bj2:000000000001:instance/uhost-x:y\".",
        "User: acme:iam::111122223333:user/a.b, is not allowed on resource: \"acme:uhost:cn-bj2:1:instance/uhost-x:y\".")]
    [InlineData("in (arn:aws:iam::aws:policy/x) and [arn:aws:iam::ucs:policy/x]", "in (acme:iam::aws:policy/x) and [acme:iam::acme:policy/x]")]
    [InlineData("one\tarn:aws:s3:::a/b 'arn:aws:s3:::c'", "one\tacme:s3:::a/b 'acme:s3:::c'")]
    [InlineData("Resource arn:aws:*:*:*:instance/* and arn:aws:iam::*:role/x?", "Resource acme:*:*:*:instance/* and acme:iam::*:role/x?")]
    [InlineData("arn:aws:sts::000065818677:assumed-role/Reader/bob@example.com", "acme:sts::65818677:assumed-role/Reader/bob@example.com")]
    public void Each_ARN_becomes_the_URN_that_it_is(string text, string expected) => Assert.Equal(expected, UrnText.Of(text, "acme"));

    [Theory]
    [InlineData("")]
    [InlineData("No name in here: arn, arn:aws and arn:aws:.")]
    [InlineData("arn:aws-cn:iam::000065818677:root")]
    [InlineData("arn:aws-us-gov:iam::000065818677:root")]
    [InlineData("arn:*:iam::000065818677:root")]
    [InlineData("arn:aws:iam::65818677:root")]
    [InlineData("arn:aws:iam::0000*:root")]
    [InlineData("arn:aws:iam::acme:root")]
    [InlineData("arn:aws:iam::000065818677: nothing")]
    [InlineData("arn:aws:iam::000065818677:\"")]
    [InlineData("arn:aws:iam::000065818677")]
    [InlineData("arn:aws:::000065818677:root")]
    [InlineData("arn:aws: iam::000065818677:root")]
    [InlineData("barn:aws:iam::000065818677:root")]
    [InlineData("urn:arn:aws:iam::000065818677:root")]
    [InlineData("a/arn:aws:iam::000065818677:root")]
    [InlineData("a,arn:aws:iam::000065818677:root")]
    [InlineData("ARN:AWS:iam::000065818677:root")]
    public void All_else_stays_as_it_is(string text) => Assert.Same(text, UrnText.Of(text, "acme"));

    [Fact]
    public void What_stands_inside_a_resource_s_own_name_is_a_part_of_it() =>
        Assert.Equal("ucs:s3:::b/arn:aws:s3:::c,arn:aws:s3:::d", UrnText.Of("arn:aws:s3:::b/arn:aws:s3:::c,arn:aws:s3:::d"));
}
