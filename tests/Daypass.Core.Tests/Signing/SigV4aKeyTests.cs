using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Core.Tests.Signing;

/// <summary>Keys of SigV4a, and how their signatures may be written.</summary>
public sealed class SigV4aKeyTests
{
    private const string Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    private const string Text = "the text that is signed";
    private static readonly byte[] PublicKey = SigV4a.PublicKey(SignedRequest.Secret, SignedRequest.KeyId);

    private static string Signature => new EcdsaSigner(SignedRequest.KeyId, SignedRequest.Secret).Sign(Text);

    [Fact]
    public void A_secret_and_its_key_id_give_the_key_that_AWSs_signers_use() => Assert.Equal(
        "b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518",
        Convert.ToHexStringLower(SigV4a.PublicKey("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "AKIDEXAMPLE")));

    [Fact]
    public void Another_secret_or_another_key_id_gives_another_key()
    {
        Assert.NotEqual(PublicKey, SigV4a.PublicKey(SignedRequest.Secret, SignedRequest.KeyId + "2"));
        Assert.NotEqual(PublicKey, SigV4a.PublicKey(SignedRequest.Secret + "2", SignedRequest.KeyId));
        Assert.False(SigV4a.Matches(SigV4a.PublicKey(SignedRequest.Secret + "2", SignedRequest.KeyId), Text, Signature));
    }

    [Fact]
    public void The_private_key_is_the_one_that_another_derivation_gives()
    {
        for (var i = 0; i < 50; i++)
            Assert.Equal(new EcdsaSigner($"AKIAEXAMPLE{i}", $"secretEXAMPLE{i}").PrivateKey(), EcdsaPrivateKey.Derive($"secretEXAMPLE{i}", $"AKIAEXAMPLE{i}"));
    }

    [Fact]
    public void Empty_secrets_and_key_ids_have_no_key()
    {
        Assert.Throws<ArgumentException>(() => SigV4a.PublicKey("", "AKIAEXAMPLE"));
        Assert.Throws<ArgumentException>(() => SigV4a.PublicKey("secretEXAMPLE", ""));
        Assert.Throws<ArgumentException>(() => SigV4a.Matches(new byte[32], Text, Signature));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000ff", "0000000000000000000000000000000000000000000000000000000000000100")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254e", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254f", "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", null)]
    [InlineData(Order, null)]
    [InlineData("ffffffff00000001000000000000000000000000000000000000000000000000", null)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", null)]
    public void A_candidate_that_would_reach_the_order_of_the_curve_is_no_key(string candidate, string? key)
    {
        var bytes = Convert.FromHexString(candidate);
        Assert.Equal(key is not null, EcdsaPrivateKey.TryIncrement(bytes));
        if (key is not null)
            Assert.Equal(key, Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Both_halves_of_the_curve_sign_as_AWSs_own_signers_use_both()
    {
        var halves = Enumerable.Range(0, 40).Select(_ => Signature).Select(signature =>
        {
            Assert.True(SigV4a.Matches(PublicKey, Text, signature));
            var numbers = new byte[64];
            Assert.True(EcdsaSignature.TryRead(signature, numbers));
            return numbers[32] < 0x80;
        });
        Assert.Equal(2, halves.Distinct().Count());
    }

    [Theory]
    [InlineData("3006020101020101", true)]
    [InlineData("30080202008002020080", true)]
    [InlineData("3006020101020100", false)] // s is 0
    [InlineData("3006020100020101", false)] // r is 0
    [InlineData("3006020181020101", false)] // negative
    [InlineData("300702020001020101", false)] // a zero too many
    [InlineData("30810602010102" + "0101", false)] // a long form of a short length
    [InlineData("3080020101020101" + "0000", false)] // no length
    [InlineData("300602010102010100", false)] // a byte behind
    [InlineData("300702010102010100", false)] // a byte behind, inside
    [InlineData("30090201010201010201" + "01", false)] // a third number
    [InlineData("3003020101", false)] // one number
    [InlineData("30050201010200", false)] // an empty number
    [InlineData("3006020201020101", false)] // a number that takes from the next
    [InlineData("3006020101020201", false)] // a number longer than the rest
    [InlineData("3006030101020101", false)] // not an integer
    [InlineData("3106020101020101", false)] // not a sequence
    [InlineData("300602010102010", false)] // half a byte missing
    [InlineData("3006020101020A01", false)] // a capital
    [InlineData("", false)]
    [InlineData("30", false)]
    public void A_pair_of_numbers_has_one_spelling(string hex, bool isRead) => Assert.Equal(isRead, EcdsaSignature.TryRead(hex, new byte[64]));

    [Theory]
    [InlineData("022100" + Order, false)]
    [InlineData("022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", true)]
    [InlineData("0221" + "01" + "0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("022200" + "ff" + Order, false)]
    public void Both_numbers_are_less_than_the_order(string number, bool isRead)
    {
        var length = (byte)((number.Length / 2) + 3);
        Assert.Equal(isRead, EcdsaSignature.TryRead($"30{length:x2}{number}020101", new byte[64]));
        Assert.Equal(isRead, EcdsaSignature.TryRead($"30{length:x2}020101{number}", new byte[64]));
    }

    [Fact]
    public void A_well_formed_signature_that_nobody_made_does_not_match()
    {
        Assert.False(SigV4a.Matches(PublicKey, Text, "3006020101020101"));
        Assert.False(SigV4a.Matches(PublicKey, Text, ""));
        Assert.False(SigV4a.Matches(PublicKey, Text + " ", Signature));
        Assert.False(SigV4a.Matches(PublicKey, Text, Signature.ToUpperInvariant()));
        Assert.False(SigV4a.Matches(PublicKey, Text, Signature + "00"));
    }
}
