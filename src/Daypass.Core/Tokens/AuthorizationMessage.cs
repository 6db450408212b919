using System.Buffers.Binary;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Tokens;

/// <summary>
/// What the encoded authorization message of a refusal holds, once opened. It has one of few sizes, padded, and of those whose length must tell
/// nothing there is one only. Fixed phrases are written short; what the caller chose of the text (condition keys) never changes what the rest takes.
/// </summary>
/// <param name="Denial">What each side may read.</param>
/// <param name="IssuedAt">When the request was refused, in whole seconds of policy time.</param>
public sealed record AuthorizationMessage(ExplainedDenial Denial, DateTimeOffset IssuedAt)
{
    /// <summary>The longest encoded message, in characters (STS API reference, DecodeAuthorizationMessage).</summary>
    public const int MaxLength = 10_240;

    /// <summary>Bytes for the texts of a message of <see cref="IsOfOneSize"/>, as <see cref="TextSize"/> counts them. It has 4,096 characters.</summary>
    public const int OneRoom = OneSize - MostOverhead;

    /// <summary>Bytes for the texts of any other message, as <see cref="TextSize"/> counts them. It has 2,048 to <see cref="MaxLength"/> characters.</summary>
    public const int LongRoom = LongSize - MostOverhead;

    /// <summary>How long a message can be decoded.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>How far the clock of whoever refused may be ahead.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    internal const int OneSize = 3072;
    internal const int LongSize = MaxLength / 4 * 3;
    private const int MostOverhead = 320;
    private static readonly int[] Sizes = [1536, OneSize, 5120, LongSize];
    private const int HeaderSize = (3 * sizeof(long)) + (2 * sizeof(ushort));

    /// <summary>Whether the message is not valid at this moment: too old, or of the future.</summary>
    /// <param name="now">Policy time.</param>
    public bool IsOver(DateTimeOffset now) => now >= IssuedAt + Lifetime || IssuedAt > now + MaxClockSkew;

    /// <summary>Whether the length must tell nothing at all: of refusals that say nothing of why they were made. Not kept in the message.</summary>
    public bool IsOfOneSize { get; init; }

    /// <summary>The bytes that a text takes in a message: fewer than in UTF-8, because phrases that all explanations have are written short.</summary>
    /// <param name="text">UTF-8.</param>
    public static int TextSize(ReadOnlySpan<byte> text) => text.Length <= MessageText.MaxBytes ? MessageText.SizeOf(text) : int.MaxValue;

    /// <summary>Whether a blob may be one of these messages.</summary>
    internal static bool IsSize(int bytes) => Array.IndexOf(Sizes, bytes) >= 0;

    /// <summary>The size of the whole message, sealed: the smallest that has room.</summary>
    /// <exception cref="ArgumentException">The texts are longer than there is room.</exception>
    internal int Size
    {
        get
        {
            var needed = MessageText.Pack(Denial.CallerText).Length + MessageText.Pack(Denial.OwnerText).Length + MostOverhead;
            var size = IsOfOneSize ? OneSize : Array.Find(Sizes, size => size >= needed);
            return size >= needed ? size : throw new ArgumentException("The texts are longer than a message can be.");
        }
    }

    /// <summary>Writes issue time, accounts and texts; the rest is zeros.</summary>
    internal void Write(Span<byte> body)
    {
        body.Clear();
        BinaryPrimitives.WriteInt64BigEndian(body, IssuedAt.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(body[8..], Denial.Caller.Number);
        BinaryPrimitives.WriteInt64BigEndian(body[16..], Denial.Owner.Number);
        var (caller, owner) = (MessageText.Pack(Denial.CallerText), MessageText.Pack(Denial.OwnerText));
        BinaryPrimitives.WriteUInt16BigEndian(body[24..], (ushort)caller.Length);
        BinaryPrimitives.WriteUInt16BigEndian(body[26..], (ushort)owner.Length);
        caller.CopyTo(body[HeaderSize..]);
        owner.CopyTo(body[(HeaderSize + caller.Length)..]);
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
        if (!TryReadText(texts[..callerLength], out var callerText) || !TryReadText(texts.Slice(callerLength, ownerLength), out var ownerText))
            return null;
        var denial = new ExplainedDenial(caller, owner, callerText, ownerText);
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

    private static bool TryReadText(ReadOnlySpan<byte> packed, out string? text)
    {
        text = packed.IsEmpty ? null : MessageText.Unpack(packed);
        return packed.IsEmpty || text is not null;
    }
}
