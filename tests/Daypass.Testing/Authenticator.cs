using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Daypass.Testing;

/// <summary>Somebody's authenticator: it has read a seed, and shows codes by the machine's clock (RFC 6238). Shares no code with the server.</summary>
public sealed class Authenticator
{
    private readonly byte[] _seed;

    public Authenticator(string base32)
    {
        var bits = string.Concat(base32.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        _seed = [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }

    /// <summary>The code that is shown so many times half a minute from now.</summary>
    public string Code(int fromNow = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + fromNow);
        var hash = HMACSHA1.HashData(_seed, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return $"{number % 1_000_000:D6}";
    }
}
