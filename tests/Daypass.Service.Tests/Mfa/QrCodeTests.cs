using Daypass.Service.Mfa.QrCodes;

namespace Daypass.Service.Tests.Mfa;

/// <summary>QR codes say what they were made of. Whether other people's readers agree is tested with the real clients.</summary>
public sealed class QrCodeTests
{
    public static TheoryData<int> Versions => [.. QrReader.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Each_size_says_what_it_was_made_of(int version)
    {
        var most = MostIn(version);
        foreach (var length in (int[])[most, most - 1, most - 2, version == 1 ? 0 : MostIn(version - 1) + 1])
        {
            byte[] text = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 37) ^ version))];
            var square = QrCode.Of(text);
            Assert.Equal(17 + (4 * version), square.GetLength(0));
            Assert.Equal(text, QrReader.Read(square));
        }
    }

    [Theory]
    [InlineData(1, 14)]
    [InlineData(9, 180)]
    [InlineData(10, 213)]
    [InlineData(40, 2331)]
    public void Each_size_holds_what_the_standard_says(int version, int bytes) => Assert.Equal(bytes, MostIn(version));

    [Fact]
    public void A_text_that_no_size_holds_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => QrCode.Of(new byte[2332]));

    [Fact]
    public void The_picture_shows_the_code()
    {
        var square = QrCode.Of("otpauth://totp/EXAMPLE"u8);
        Assert.Equal(square, QrReader.FromPng(PngImage.Of(square, 5), 5, 4));
    }

    private static int MostIn(int version) => Enumerable.Range(0, 3000).Last(bytes => bytes <= 2331 && QrVersion.For(bytes).Number <= version);
}
