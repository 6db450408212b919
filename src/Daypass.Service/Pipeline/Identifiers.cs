using System.Globalization;
using System.Text;
using Daypass.Names;

namespace Daypass.Service.Pipeline;

/// <summary>Makes ids of all shapes from <see cref="IEntropy"/>.</summary>
internal static class Identifiers
{
    private const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int SecretBytes = 30;

    public static string Uuid(IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[16];
        entropy.Fill(bytes);
        // RFC 9562, version 4.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    public static string Unique(string prefix, IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[UniqueId.RandomLength];
        entropy.Fill(bytes);
        return UniqueId.Create(prefix, bytes);
    }

    public static string AccessKey(string prefix, AccountId account, IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[AccessKeyId.RandomLength];
        entropy.Fill(bytes);
        return AccessKeyId.Create(prefix, account, bytes);
    }

    /// <summary>A secret access key: 240 random bits in 40 characters.</summary>
    public static string Secret(IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[SecretBytes];
        entropy.Fill(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>A number for a new account, of twelve digits that do not begin with zero.</summary>
    /// <param name="entropy">Where it comes from.</param>
    /// <param name="forCompany">Whether it must be one that clients of uproject have room for: of nine or ten digits, below 2^32.</param>
    public static AccountId Account(IEntropy entropy, bool forCompany = false)
    {
        Span<byte> bytes = stackalloc byte[8];
        entropy.Fill(bytes);
        var (first, end) = forCompany ? (100_000_000L, 1L << 32) : (100_000_000_000, 1_000_000_000_000);
        return AccountId.Of(first + (long)(BitConverter.ToUInt64(bytes) % (ulong)(end - first)));
    }

    /// <summary>Lower-case letters and digits, as in <c>o-a1b2c3d4e5</c>.</summary>
    public static string Lower(string prefix, int length, IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[length];
        entropy.Fill(bytes);
        var text = new StringBuilder(prefix);
        foreach (var octet in bytes)
            text.Append(LowerAlphanumeric[octet % LowerAlphanumeric.Length]);
        return text.ToString();
    }
}
