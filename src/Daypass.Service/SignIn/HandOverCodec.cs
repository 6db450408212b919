using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Daypass.Tokens;

namespace Daypass.Service.SignIn;

/// <summary>What a code holds that takes a session from a page to the program that waits for it.</summary>
/// <param name="Id">16 random bytes in hexadecimal: by which it is used up.</param>
/// <param name="NotAfter">Until when, in real time.</param>
/// <param name="Challenge">What the program must have the secret of.</param>
/// <param name="Session">The session. Its secret stays in its token.</param>
internal sealed record OpenedHandOver(string Id, DateTimeOffset NotAfter, string Challenge, ShownSession Session);

/// <summary>
/// Seals those codes, and opens them.
/// <code>id (16) | not after (8) | challenge (32) | length (1) | access key id | session token</code>
/// </summary>
internal sealed class HandOverCodec(KeyRing sessions)
{
    public const int RandomLength = IdLength + XAes256Gcm.NonceSize;
    private const string Purpose = "saml-hand-over";
    private const int IdLength = 16;
    private const int HeadLength = IdLength + 8 + HandOver.ChallengeSize + 1;

    private readonly SealedText _text = new(sessions, Purpose, HeadLength + byte.MaxValue + SessionTokenCodec.MaxLength);

    /// <param name="session">Whose it is.</param>
    /// <param name="challenge">Of whom it is for.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="random"><see cref="RandomLength"/> random bytes.</param>
    public string Seal(ShownSession session, string challenge, DateTimeOffset notAfter, ReadOnlySpan<byte> random)
    {
        var id = Encoding.ASCII.GetBytes(session.AccessKeyId);
        var head = new byte[HeadLength];
        random[..IdLength].CopyTo(head);
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(IdLength), notAfter.ToUnixTimeSeconds());
        Base64Url.DecodeFromChars(challenge, head.AsSpan(IdLength + 8));
        head[^1] = checked((byte)id.Length);
        return _text.Seal([.. head, .. id, .. Encoding.ASCII.GetBytes(session.SessionToken)], random[IdLength..]);
    }

    /// <summary>Null for every kind of failure alike: form, key, age, another secret than the program's.</summary>
    public OpenedHandOver? Open(HandedCode handed, DateTimeOffset now)
    {
        if (_text.Open(handed.Code) is not { Length: > HeadLength } plain)
            return null;
        var (notAfter, challenge) = (DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(IdLength))), Base64Url.EncodeToString(plain.AsSpan(IdLength + 8, HandOver.ChallengeSize)));
        var rest = plain.AsSpan(HeadLength);
        var idLength = plain[HeadLength - 1];
        return now < notAfter && HandOver.IsProvenBy(challenge, handed.Verifier)
            ? new OpenedHandOver(Convert.ToHexStringLower(plain.AsSpan(0, IdLength)), notAfter, challenge, new ShownSession(Encoding.ASCII.GetString(rest[..idLength]), Encoding.ASCII.GetString(rest[idLength..])))
            : null;
    }
}
