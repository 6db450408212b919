using System.Text;
using Daypass.Service.Mfa;

namespace Daypass.Service.Tests.Mfa;

/// <summary>Codes and seeds are those of the RFCs.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Seed = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_the_last_six_digits_of_the_vectors_of_RFC_6238(long seconds, string code)
    {
        var step = Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds));
        Assert.Equal(code, Totp.CodeAt(Seed, step));
        Assert.True(Totp.IsCodeAt(Seed, step, code));
    }

    [Fact]
    public void Codes_are_those_of_the_counters_of_RFC_4226() => Assert.Equal(
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
        Enumerable.Range(0, 10).Select(step => Totp.CodeAt(Seed, step)));

    [Theory]
    [InlineData("75522")]
    [InlineData("7552244")]
    [InlineData("")]
    [InlineData("75522 ")]
    [InlineData("٧٥٥٢٢٤")]
    [InlineData("７５５２２４")]
    [InlineData("755225")]
    [InlineData("855224")]
    public void Nothing_but_the_very_digits_is_the_code(string code) => Assert.False(Totp.IsCodeAt(Seed, 0, code));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    [InlineData(-1, -1)]
    [InlineData(-30, -1)]
    [InlineData(-31, -2)]
    public void Steps_are_of_thirty_seconds(long seconds, long step) => Assert.Equal(step, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    [InlineData("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void Seeds_are_written_as_RFC_4648_has_them(string bytes, string text) => Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(bytes)));
}
