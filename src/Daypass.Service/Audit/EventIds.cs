using System.Buffers.Binary;
using System.Globalization;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>
/// Ids of events: UUIDs of version 7 (RFC 9562), which begin with the time. So whoever looks for an id knows the millisecond of its event, and the
/// trail needs no index of them, which would be its largest. The other 74 bits are random.
/// </summary>
internal static class EventIds
{
    private const int TextLength = 36;

    public static string Make(DateTimeOffset time, IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[16];
        entropy.Fill(bytes[6..]);
        var milliseconds = time.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(milliseconds >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    /// <summary>The milliseconds since 1970 that an id begins with; null for any other text.</summary>
    public static long? TimeOf(string id) =>
        id.Length == TextLength && id[8] == '-' && id[13] == '-' && id[14] == '7'
        && long.TryParse(id.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
        && long.TryParse(id.AsSpan(9, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? (high << 16) | low
            : null;
}
