using System.Text;
using Daypass.Tokens;

namespace Daypass.Core.Tests.Tokens;

public class XAes256GcmTests
{
    // The two known answers of the C2SP specification of XAES-256-GCM.
    [Theory]
    [InlineData(0x01, "", "ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271")]
    [InlineData(0x03, "c2sp.org/XAES-256-GCM", "986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d")]
    public void The_known_answers_of_the_specification_are_met(byte keyByte, string associatedData, string expected)
    {
        using var cipher = new XAes256Gcm(Enumerable.Repeat(keyByte, 32).ToArray());
        var plaintext = "XAES-256-GCM"u8;
        var ciphertext = new byte[plaintext.Length];
        var tag = new byte[XAes256Gcm.TagSize];

        cipher.Seal("ABCDEFGHIJKLMNOPQRSTUVWX"u8, plaintext, ciphertext, tag, Encoding.UTF8.GetBytes(associatedData));

        Assert.Equal(expected, Convert.ToHexStringLower([.. ciphertext, .. tag]));
        var opened = new byte[plaintext.Length];
        Assert.True(cipher.TryOpen("ABCDEFGHIJKLMNOPQRSTUVWX"u8, ciphertext, tag, opened, Encoding.UTF8.GetBytes(associatedData)));
        Assert.Equal("XAES-256-GCM", Encoding.UTF8.GetString(opened));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void A_key_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => new XAes256Gcm(Enumerable.Repeat((byte)1, length).ToArray()));

    [Fact]
    public void A_key_of_zeros_is_refused() => Assert.Throws<ArgumentException>(() => new XAes256Gcm(new byte[32]));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(15)]
    public void A_tag_of_another_length_opens_nothing(int length)
    {
        // AesGcm of .NET takes tags of twelve bytes, if it is made for them.
        using var cipher = new XAes256Gcm([.. Enumerable.Repeat((byte)7, XAes256Gcm.KeySize)]);
        var (nonce, ciphertext, tag, plaintext) = (new byte[XAes256Gcm.NonceSize], new byte[5], new byte[XAes256Gcm.TagSize], new byte[5]);
        cipher.Seal(nonce, "hello"u8, ciphertext, tag, []);
        Assert.True(cipher.TryOpen(nonce, ciphertext, tag, plaintext, []));
        Assert.Throws<ArgumentException>("tag", () => cipher.TryOpen(nonce, ciphertext, tag.AsSpan(0, length), plaintext, []));
    }

    [Fact]
    public void A_nonce_of_another_length_is_refused()
    {
        using var cipher = new XAes256Gcm(Enumerable.Repeat((byte)1, 32).ToArray());
        Assert.Throws<ArgumentException>(() => cipher.Seal(new byte[12], [], [], new byte[16], []));
    }

    [Fact]
    public async Task Many_threads_seal_with_one_cipher_as_one_thread_does()
    {
        using var cipher = new XAes256Gcm(Enumerable.Repeat((byte)7, 32).ToArray());
        var expected = Enumerable.Range(0, 64).Select(number => Seal(cipher, number)).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 64).Select(number => Seal(cipher, number)).ToArray())));

        Assert.All(results, result => Assert.Equal(expected, result));
    }

    private static string Seal(XAes256Gcm cipher, int number)
    {
        var nonce = new byte[XAes256Gcm.NonceSize];
        nonce[3] = (byte)number;
        nonce[20] = (byte)number;
        var ciphertext = new byte[5];
        var tag = new byte[16];
        cipher.Seal(nonce, "hello"u8, ciphertext, tag, []);
        return Convert.ToHexString([.. ciphertext, .. tag]);
    }
}
