using Daypass.Names;

namespace Daypass.Core.Tests.Names;

public class NamesTests
{
    // Public samples of AWS's own key ids and the accounts inside them.
    [Theory]
    [InlineData("ASIAY34FZKBOKMUTVV7A", 609629065308)]
    [InlineData("AKIA6RVFFB77RE7OLMKI", 999999999999)]
    public void The_account_inside_an_access_key_id_is_found_as_AWS_puts_it(string keyId, long account)
    {
        Assert.True(AccessKeyId.TryGetAccount(keyId, out var found));
        Assert.Equal(account, found.Number);
    }

    [Fact]
    public void Every_key_id_that_is_made_gives_its_account_back()
    {
        var chance = new Random(7);
        var random = new byte[AccessKeyId.RandomLength];
        for (var round = 0; round < 10_000; round++)
        {
            var account = AccountId.Of(chance.NextInt64(1, AccountId.Limit));
            chance.NextBytes(random);
            var keyId = AccessKeyId.Create(round % 2 == 0 ? AccessKeyId.LongTermPrefix : AccessKeyId.TemporaryPrefix, account, random);
            Assert.Equal(20, keyId.Length);
            Assert.True(AccessKeyId.TryGetAccount(keyId, out var found));
            Assert.Equal(account, found);
        }
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("AKIA6RVFFB77RE7OLMK")]
    [InlineData("AKIA6RVFFB77RE7OLMKIA")]
    [InlineData("akia6RVFFB77RE7OLMKI")]
    [InlineData("AKIA6rvffb77re7olmki")]
    [InlineData("AKIA6RVFFB77RE7OLM1I")]
    [InlineData("AKIA6RVFFB77RE7OLM\u212AI")]
    [InlineData("minioadmin")]
    [InlineData("")]
    public void A_key_id_of_another_shape_has_no_account_inside(string keyId) => Assert.False(AccessKeyId.TryGetAccount(keyId, out _));

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("000000000000")]
    [InlineData("12345678901a")]
    [InlineData("-12345678901")]
    [InlineData("１２３４５６７８９０１２")]
    [InlineData(" 12345678901")]
    public void An_account_id_is_exactly_twelve_digits(string text) => Assert.False(AccountId.TryParse(text, out _));

    [Fact]
    public void A_small_account_number_is_written_with_its_zeros() => Assert.Equal("000000000042", AccountId.Of(42).ToString());

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/ops/Deployer", "role/ops/Deployer")]
    [InlineData("arn:aws:logs:eu-west-1:123456789012:group:name:*", "group:name:*")]
    [InlineData("arn:aws:s3:::bucket/key", "bucket/key")]
    public void An_ARN_keeps_everything_behind_its_fifth_colon(string text, string resource)
    {
        Assert.True(Arn.TryParse(text, out var arn));
        Assert.Equal(resource, arn.Resource);
        Assert.Equal(text, arn.ToString());
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012")]
    [InlineData("arn:aws:iam::123456789012:")]
    [InlineData("arn::iam::123456789012:root")]
    [InlineData("arn:aws:::123456789012:root")]
    [InlineData("ARN:aws:iam::123456789012:root")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_a_whole_ARN_is_none(string? text) => Assert.False(Arn.TryParse(text, out _));

    [Fact]
    public void Unique_ids_have_their_prefix_and_seventeen_characters()
    {
        var id = UniqueId.Create(UniqueId.Role, [.. Enumerable.Range(0, UniqueId.RandomLength).Select(number => (byte)(number * 15))]);
        Assert.Equal(21, id.Length);
        Assert.StartsWith("AROA", id, StringComparison.Ordinal);
    }
}
