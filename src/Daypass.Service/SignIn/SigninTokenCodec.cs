using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Daypass.Tokens;

namespace Daypass.Service.SignIn;

/// <summary>What a sign-in token holds.</summary>
/// <param name="Id">16 random bytes in hexadecimal: by which it is used up.</param>
/// <param name="NotAfter">The first second of policy time at which nobody can sign in with it.</param>
/// <param name="SignedInUntil">The first second of policy time at which whoever signed in with it is so no more.</param>
/// <param name="Session">The session that it was made of.</param>
internal sealed record OpenedSigninToken(string Id, DateTimeOffset NotAfter, DateTimeOffset SignedInUntil, ShownSession Session);

/// <summary>
/// Seals sign-in tokens of the console federation endpoint, and opens them. Base64url of a <see cref="Sealer"/> blob over
/// <code>id (16) | not after (8) | signed in until (8) | length (1) | access key id | session token</code>
/// The session token stays sealed inside: whoever signs in is who its session is at that moment, or nobody, if it ended meanwhile. The ring is
/// derived from that of session tokens, so a session key that is refused takes the sign-in tokens along.
/// </summary>
internal sealed class SigninTokenCodec(KeyRing sessions)
{
    /// <summary>The purpose of the derived ring.</summary>
    public const string Purpose = "console-sign-in";

    public const int RandomLength = IdLength + XAes256Gcm.NonceSize;

    private const int IdLength = 16;
    private const int HeadLength = IdLength + (2 * sizeof(long)) + 1;
    private const int MaxLength = (HeadLength + byte.MaxValue + SessionTokenCodec.MaxLength + Sealer.Overhead) * 4 / 3;
    private const string Context = "console";

    private readonly Sealer _sealer = new(sessions.Derive(Purpose));

    /// <param name="session">Whose it is. Its secret is not needed.</param>
    /// <param name="notAfter">Until when it can be used.</param>
    /// <param name="signedInUntil">Until when whoever uses it is signed in.</param>
    /// <param name="random"><see cref="RandomLength"/> random bytes.</param>
    public string Seal(ShownSession session, DateTimeOffset notAfter, DateTimeOffset signedInUntil, ReadOnlySpan<byte> random)
    {
        var id = Encoding.ASCII.GetBytes(session.AccessKeyId);
        var head = new byte[HeadLength];
        random[..IdLength].CopyTo(head);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(IdLength), notAfter.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(IdLength + sizeof(long)), signedInUntil.ToUnixTimeSeconds());
        head[^1] = checked((byte)id.Length);
        byte[] plain = [.. head, .. id, .. Encoding.ASCII.GetBytes(session.SessionToken)];
        var sealedToken = Base64Url.EncodeToString(_sealer.Seal(plain, Context, random[IdLength..RandomLength]));
        CryptographicOperations.ZeroMemory(plain);
        return sealedToken;
    }

    /// <summary>Opens a token; null for every kind of failure alike: form, key, age, a changed bit.</summary>
    public OpenedSigninToken? Open(string token, DateTimeOffset now)
    {
        if (token.Length > MaxLength)
            return null;
        var blob = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        // One spelling for each token: the last character's spare bits, padding and white space would give others.
        if (Base64Url.DecodeFromChars(token, blob, out _, out var length) != OperationStatus.Done || Base64Url.EncodeToString(blob.AsSpan(0, length)) != token)
            return null;
        if (_sealer.Open(blob.AsSpan(0, length), Context) is not { } plain)
            return null;
        var opened = Read(plain);
        CryptographicOperations.ZeroMemory(plain);
        return now < opened.NotAfter ? opened : null;
    }

    // What opens is what was sealed: its form needs no second look.
    private static OpenedSigninToken Read(byte[] plain)
    {
        var rest = plain.AsSpan(HeadLength);
        var idLength = plain[HeadLength - 1];
        return new OpenedSigninToken(
            Convert.ToHexStringLower(plain.AsSpan(0, IdLength)),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(IdLength))),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(IdLength + sizeof(long)))),
            new ShownSession(Encoding.ASCII.GetString(rest[..idLength]), Encoding.ASCII.GetString(rest[idLength..])));
    }
}
