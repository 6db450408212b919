using System.Buffers.Binary;
using System.Text;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Tokens;

/// <summary>
/// What the encoded authorization message of a refusal holds, once opened. It has one of two sizes, padded and never compressed: a caller
/// chooses part of what is in it (condition keys), and from a length that gave way to contents could read policies that are not his.
/// </summary>
/// <param name="Denial">What each side may read.</param>
/// <param name="IssuedAt">When the request was refused, in whole seconds of policy time.</param>
public sealed record AuthorizationMessage(ExplainedDenial Denial, DateTimeOffset IssuedAt)
{
    /// <summary>The longest encoded message, in characters (STS API reference, DecodeAuthorizationMessage).</summary>
    public const int MaxLength = 10_240;

    /// <summary>Bytes of UTF-8 for the texts of a message of the smaller size, which has 6,827 characters. Whatever is secret about a refusal's length, this hides it.</summary>
    public const int ShortRoom = ShortSize - MostOverhead;

    /// <summary>Bytes of UTF-8 for the texts of a message of the larger size, which has <see cref="MaxLength"/> characters.</summary>
    public const int LongRoom = LongSize - MostOverhead;

    /// <summary>How long a message can be decoded.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How far the clock of whoever refused may be ahead.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    internal const int ShortSize = 5120;
    internal const int LongSize = MaxLength / 4 * 3;
    private const int MostOverhead = 320;
    private const int HeaderSize = (3 * sizeof(long)) + (2 * sizeof(ushort));

    /// <summary>Whether the message is not valid at this moment: too old, or of the future.</summary>
    /// <param name="now">Policy time.</param>
    public bool IsOver(DateTimeOffset now) => now >= IssuedAt + Lifetime || IssuedAt > now + MaxClockSkew;

    /// <summary>The size of the whole message, sealed; it depends on whether the texts fit into <see cref="ShortRoom"/>, and on nothing else.</summary>
    /// <exception cref="ArgumentException">The texts are longer than <see cref="LongRoom"/>.</exception>
    internal int Size => TextBytes switch
    {
        <= ShortRoom => ShortSize,
        <= LongRoom => LongSize,
        _ => throw new ArgumentException("The texts are longer than a message can be."),
    };

    private int TextBytes => BytesOf(Denial.CallerText) + BytesOf(Denial.OwnerText);

    /// <summary>Writes issue time, accounts and texts; the rest is zeros.</summary>
    internal void Write(Span<byte> body)
    {
        body.Clear();
        BinaryPrimitives.WriteInt64BigEndian(body, IssuedAt.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(body[8..], Denial.Caller.Number);
        BinaryPrimitives.WriteInt64BigEndian(body[16..], Denial.Owner.Number);
        BinaryPrimitives.WriteUInt16BigEndian(body[24..], (ushort)BytesOf(Denial.CallerText));
        BinaryPrimitives.WriteUInt16BigEndian(body[26..], (ushort)BytesOf(Denial.OwnerText));
        var texts = body[HeaderSize..];
        var written = Encoding.UTF8.GetBytes(Denial.CallerText ?? "", texts);
        Encoding.UTF8.GetBytes(Denial.OwnerText ?? "", texts[written..]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else. Sealed under a service's key it may be anything.</summary>
    internal static AuthorizationMessage? Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderSize || !TryReadAccount(body[8..], out var caller) || !TryReadAccount(body[16..], out var owner))
            return null;
        var (callerLength, ownerLength) = (BinaryPrimitives.ReadUInt16BigEndian(body[24..]), BinaryPrimitives.ReadUInt16BigEndian(body[26..]));
        var issued = BinaryPrimitives.ReadInt64BigEndian(body);
        if (HeaderSize + callerLength + ownerLength > body.Length || issued is < 0 or > MaxSeconds)
            return null;
        var texts = body[HeaderSize..];
        var denial = new ExplainedDenial(caller, owner, TextOf(texts[..callerLength]), TextOf(texts.Slice(callerLength, ownerLength)));
        return new AuthorizationMessage(denial, DateTimeOffset.FromUnixTimeSeconds(issued));
    }

    internal static bool TryReadAccount(ReadOnlySpan<byte> bytes, out AccountId account)
    {
        var number = BinaryPrimitives.ReadInt64BigEndian(bytes);
        account = number is > 0 and < AccountId.Limit ? AccountId.Of(number) : default;
        return number is >= 0 and < AccountId.Limit;
    }

    // The year 9999, less the lifetime that is added to it.
    internal const long MaxSeconds = 253_000_000_000;

    private static int BytesOf(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static string? TextOf(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? null : Encoding.UTF8.GetString(bytes);
}
