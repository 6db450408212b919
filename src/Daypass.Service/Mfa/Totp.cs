using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Daypass.Service.Mfa;

/// <summary>The codes of RFC 6238 as every authenticator makes them: HMAC-SHA-1, 30 seconds, six digits.</summary>
internal static class Totp
{
    /// <summary>How long one code is shown.</summary>
    public const int StepSeconds = 30;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    private const int Codes = 1_000_000;

    /// <summary>The step that a moment is in, counted from 1970 (RFC 6238, section 4.2).</summary>
    public static long StepAt(DateTimeOffset moment) => Math.DivRem(moment.ToUnixTimeSeconds(), StepSeconds) is var (step, rest) && rest < 0 ? step - 1 : step;

    /// <summary>When a step begins.</summary>
    public static DateTimeOffset StartOf(long step) => DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds);

    /// <summary>The code of a step, with its leading zeros.</summary>
    public static string CodeAt(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> digits = stackalloc byte[Digits];
        Write(seed, step, digits);
        return System.Text.Encoding.ASCII.GetString(digits);
    }

    /// <summary>Whether a code is the one of a step. What it takes tells nothing of how much of the code is right.</summary>
    public static bool IsCodeAt(ReadOnlySpan<byte> seed, long step, string code)
    {
        Span<byte> right = stackalloc byte[Digits];
        Write(seed, step, right);
        Span<byte> shown = stackalloc byte[Digits];
        return code.Length == Digits && System.Text.Encoding.ASCII.TryGetBytes(code, shown, out _) && CryptographicOperations.FixedTimeEquals(shown, right);
    }

    // RFC 4226, section 5.3: the last four bits of the hash say where its 31 bits are taken from.
    private static void Write(ReadOnlySpan<byte> seed, long step, Span<byte> digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(seed, counter, hash);
        var number = (BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & 0x7FFF_FFFF) % Codes;
        for (var i = Digits - 1; i >= 0; i--, number /= 10)
            digits[i] = (byte)('0' + (number % 10));
    }
}
