using System.Buffers.Binary;
using System.Text;
using Daypass.Names;

namespace Daypass.Service.Audit;

/// <summary>An event as the payload of a frame: plain fields, so that shipping reads no JSON. Texts are UTF-8 with their length before them.</summary>
internal static class AuditJournalCodec
{
    private const byte Version = 1;
    private const int FixedBytes = 1 + 1 + 8 + 8 + 4;
    private const int LengthBytes = 4;
    private const int MostBytesOfOneCharacter = 3; // of UTF-16: a pair of surrogates is two, and has four

    /// <summary>No encoding of the event is longer.</summary>
    public static int MaxSize(AuditEvent e)
    {
        var characters = e.EventId.Length + e.EventName.Length + e.EventSource.Length + e.Username.Length + e.AccessKeyId.Length;
        foreach (var resource in e.Resources)
            characters += resource.Type.Length + resource.Name.Length;
        var texts = 5 + 2 * e.Resources.Count;
        return FixedBytes + texts * LengthBytes + characters * MostBytesOfOneCharacter + e.Record.Length;
    }

    public static int Encode(AuditEvent e, Span<byte> target)
    {
        target[0] = Version;
        target[1] = e.IsReadOnly ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(target[2..], e.Account.Number);
        BinaryPrimitives.WriteInt64LittleEndian(target[10..], e.Time.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(target[18..], e.Resources.Count);
        var at = FixedBytes;
        Put(e.EventId, target, ref at);
        Put(e.EventName, target, ref at);
        Put(e.EventSource, target, ref at);
        Put(e.Username, target, ref at);
        Put(e.AccessKeyId, target, ref at);
        foreach (var resource in e.Resources)
        {
            Put(resource.Type, target, ref at);
            Put(resource.Name, target, ref at);
        }
        e.Record.Span.CopyTo(target[at..]);
        return at + e.Record.Length;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; the frame's checksum has vouched for it.</summary>
    public static AuditEvent Decode(ReadOnlySpan<byte> payload)
    {
        if (payload[0] != Version)
            throw new InvalidDataException("The journal was written by a newer version of Daypass.");
        var at = FixedBytes;
        return new AuditEvent
        {
            IsReadOnly = payload[1] != 0,
            Account = AccountId.Of(BinaryPrimitives.ReadInt64LittleEndian(payload[2..])),
            Time = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(payload[10..]), TimeSpan.Zero),
            EventId = Get(payload, ref at),
            EventName = Get(payload, ref at),
            EventSource = Get(payload, ref at),
            Username = Get(payload, ref at),
            AccessKeyId = Get(payload, ref at),
            Resources = Resources(payload, ref at),
            Record = payload[at..].ToArray(),
        };
    }

    private static AuditResource[] Resources(ReadOnlySpan<byte> payload, ref int at)
    {
        var resources = new AuditResource[BinaryPrimitives.ReadInt32LittleEndian(payload[18..])];
        for (var i = 0; i < resources.Length; i++)
            resources[i] = new AuditResource(Get(payload, ref at), Get(payload, ref at));
        return resources;
    }

    private static void Put(string text, Span<byte> target, ref int at)
    {
        var length = Encoding.UTF8.GetBytes(text, target[(at + LengthBytes)..]);
        BinaryPrimitives.WriteInt32LittleEndian(target[at..], length);
        at += LengthBytes + length;
    }

    private static string Get(ReadOnlySpan<byte> payload, ref int at)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(payload[at..]);
        var text = Encoding.UTF8.GetString(payload.Slice(at + LengthBytes, length));
        at += LengthBytes + length;
        return text;
    }
}
