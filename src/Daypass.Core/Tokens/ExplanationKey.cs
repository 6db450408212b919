using System.Buffers.Binary;
using System.Text;
using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>What the sealed copy of an explanation key says: the key, who has it, and of whose refusals it may tell.</summary>
internal sealed record ExplanationKey(byte[] Key, MessageOrigin Origin, AccountId Caller, DateTimeOffset MadeAt)
{
    private const int Accounts = XAes256Gcm.KeySize + sizeof(long);
    private const int Names = Accounts + (2 * sizeof(long));

    public static byte[] Write(ExplanationKey key)
    {
        byte[] service = Encoding.UTF8.GetBytes(key.Origin.Service), region = Encoding.UTF8.GetBytes(key.Origin.Region);
        var plain = new byte[Names + 1 + checked((byte)service.Length) + 1 + checked((byte)region.Length)];
        key.Key.CopyTo(plain, 0);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(XAes256Gcm.KeySize), key.MadeAt.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(Accounts), key.Caller.Number);
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(Accounts + sizeof(long)), key.Origin.Account.Number);
        plain[Names] = (byte)service.Length;
        service.CopyTo(plain, Names + 1);
        plain[Names + 1 + service.Length] = (byte)region.Length;
        region.CopyTo(plain, Names + 2 + service.Length);
        return plain;
    }

    /// <summary>Reads what was sealed by a key of the ring, and so was written here.</summary>
    public static ExplanationKey? Read(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < Names + 2 || Names + 2 + plain[Names] > plain.Length || Names + 2 + plain[Names] + plain[Names + 1 + plain[Names]] != plain.Length
            || !AuthorizationMessage.TryReadAccount(plain[Accounts..], out var caller) || !AuthorizationMessage.TryReadAccount(plain[(Accounts + sizeof(long))..], out var owner))
            return null;
        var service = Encoding.UTF8.GetString(plain.Slice(Names + 1, plain[Names]));
        var region = Encoding.UTF8.GetString(plain[(Names + 2 + plain[Names])..]);
        var made = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain[XAes256Gcm.KeySize..]));
        return new ExplanationKey(plain[..XAes256Gcm.KeySize].ToArray(), new MessageOrigin(service, region, owner), caller, made);
    }
}
