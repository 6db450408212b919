using System.Buffers.Binary;
using System.Buffers.Text;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>Where a page of events ended: time and place in the store's order. It holds no account; that always comes from the query.</summary>
internal readonly record struct AuditCursor(long Time, long Id) : IComparable<AuditCursor>
{
    private const byte Version = 1;
    private const int Size = 17;

    public int CompareTo(AuditCursor other) => (Time, Id).CompareTo((other.Time, other.Id));

    public string Encode()
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Time);
        BinaryPrimitives.WriteInt64BigEndian(bytes[9..], Id);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidCursorException">The text is not a cursor.</exception>
    public static AuditCursor Decode(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (text.Length != 23 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Size || bytes[0] != Version)
            throw new InvalidCursorException();
        return new AuditCursor(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[9..]));
    }
}
