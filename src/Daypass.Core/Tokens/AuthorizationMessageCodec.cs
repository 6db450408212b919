using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Daypass.Leases;
using Daypass.Names;

namespace Daypass.Tokens;

/// <summary>
/// Seals the explanation of a refusal into an encoded authorization message, and opens such messages: its own and those of protected
/// services. Base64url of
/// <code>
/// 1 | Sealer blob of the body                                       by Daypass
/// 2 | length (2) | Sealer blob of the key | nonce (24) | body | tag  by a service, under the explanation key of a lease
/// </code>
/// The ring is derived from that of session tokens: it rotates with it, a session key that is refused opens no message either, and
/// whoever got hold of one could do worse than read refusals.
/// </summary>
/// <param name="sessions">The ring of <see cref="SessionTokenCodec.Purpose"/>.</param>
public sealed class AuthorizationMessageCodec(KeyRing sessions)
{
    /// <summary>The purpose of the derived ring.</summary>
    public const string Purpose = "authorization-message";

    /// <summary>After this time a service should have a new explanation key.</summary>
    public static readonly TimeSpan KeyUse = TimeSpan.FromHours(24);

    /// <summary>How long a service's messages can be opened, from the making of its key: its use, an hour without any node, a message's life, and a margin.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(72);

    /// <summary>Random bytes that <see cref="MakeKey"/> takes: a key and a nonce.</summary>
    public const int KeyRandom = XAes256Gcm.KeySize + XAes256Gcm.NonceSize;

    internal const byte ByDaypass = 1;
    internal const byte ByService = 2;

    // What is sealed for one of them opens as nothing else.
    private const string OwnContext = "daypass";
    private const string KeyContext = "lease";

    private readonly Sealer _sealer = new(sessions.Derive(Purpose));

    /// <summary>The id of the key that seals: explanation keys are made anew when it changes.</summary>
    public uint KeyId { get; } = sessions.Active.Id;

    /// <summary>An encoded message of Daypass itself.</summary>
    /// <param name="message">What it holds.</param>
    /// <param name="nonce"><see cref="XAes256Gcm.NonceSize"/> random bytes.</param>
    /// <exception cref="ArgumentException">The texts are longer than there is room.</exception>
    public string Seal(AuthorizationMessage message, ReadOnlySpan<byte> nonce)
    {
        var body = new byte[message.Size - 1 - Sealer.Overhead];
        message.Write(body);
        var encoded = Base64Url.EncodeToString([ByDaypass, .. _sealer.Seal(body, OwnContext, nonce)]);
        CryptographicOperations.ZeroMemory(body);
        return encoded;
    }

    /// <summary>An explanation key for a lease: the key itself, and its sealed copy that says whose it is.</summary>
    /// <param name="origin">The service that the lease goes to.</param>
    /// <param name="caller">The account of the lease's caller: the only one that the service can explain refusals of.</param>
    /// <param name="now">Policy time.</param>
    /// <param name="random"><see cref="KeyRandom"/> random bytes.</param>
    public LeaseExplanation MakeKey(MessageOrigin origin, AccountId caller, DateTimeOffset now, ReadOnlySpan<byte> random)
    {
        var key = random[..XAes256Gcm.KeySize];
        var plain = ExplanationKey.Write(new(key.ToArray(), origin, caller, now));
        var sealedKey = _sealer.Seal(plain, KeyContext, random[XAes256Gcm.KeySize..KeyRandom]);
        CryptographicOperations.ZeroMemory(plain);
        return new LeaseExplanation(key.ToArray(), sealedKey, (now + KeyUse).ToUnixTimeSeconds());
    }

    /// <summary>Opens an encoded message; null for every kind of failure alike: form, key, age, a changed bit, a service that speaks for others.</summary>
    /// <param name="encoded">As a refusal had it.</param>
    /// <param name="now">Policy time.</param>
    public OpenedMessage? Open(string encoded, DateTimeOffset now)
    {
        if (Decode(encoded) is not { } blob)
            return null;
        var opened = blob[0] switch
        {
            ByDaypass => OpenOwn(blob.AsSpan(1)),
            ByService => OpenLeased(blob, now),
            _ => null,
        };
        return opened?.Message.IsOver(now) is false ? opened : null;
    }

    private OpenedMessage? OpenOwn(ReadOnlySpan<byte> blob)
    {
        if (_sealer.Open(blob, OwnContext) is not { } body || AuthorizationMessage.Read(body) is not { } message)
            return null;
        return new OpenedMessage(message, null, Sealer.KeyIdOf(blob)!.Value, message.IssuedAt);
    }

    private OpenedMessage? OpenLeased(ReadOnlySpan<byte> blob, DateTimeOffset now)
    {
        if (!LeaseExplanation.TrySplit(blob, out var sealedKey, out var rest))
            return null;
        if (_sealer.Open(sealedKey, KeyContext) is not { } plain || ExplanationKey.Read(plain) is not { } key || now >= key.MadeAt + KeyLifetime)
            return null;
        var message = LeaseExplanation.Open(key.Key, blob[..^rest.Length], rest);
        return message?.Denial.Caller == key.Caller ? new OpenedMessage(message, key.Origin, Sealer.KeyIdOf(sealedKey)!.Value, key.MadeAt) : null;
    }

    // One text for each message, of one of the sizes.
    private static byte[]? Decode(string encoded)
    {
        if (encoded.Length > AuthorizationMessage.MaxLength)
            return null;
        var blob = new byte[Base64Url.GetMaxDecodedLength(encoded.Length)];
        // Its Try... form throws for what is not base64url.
        if (Base64Url.DecodeFromChars(encoded, blob, out _, out var length) != OperationStatus.Done || !AuthorizationMessage.IsSize(length))
            return null;
        blob = blob[..length];
        return Base64Url.EncodeToString(blob) == encoded ? blob : null;
    }
}

/// <summary>A message that was opened, and who made it.</summary>
/// <param name="Message">What it holds.</param>
/// <param name="Origin">The protected service that made it; null for Daypass itself.</param>
/// <param name="KeyId">The key of the ring that it rests on.</param>
/// <param name="SealedAt">When that key sealed it, or sealed the explanation key that it rests on.</param>
public sealed record OpenedMessage(AuthorizationMessage Message, MessageOrigin? Origin, uint KeyId, DateTimeOffset SealedAt);
