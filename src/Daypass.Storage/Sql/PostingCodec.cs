namespace Daypass.Storage.Sql;

/// <summary>
/// The events of a posting behind its first, newest first: for each how many milliseconds it is older than the one before, and how far its id
/// is away (zigzag), both in base 128, as most are small.
/// </summary>
internal static class PostingCodec
{
    private const int MostBytesOfNumber = 10;

    public static byte[] Encode(ReadOnlySpan<AuditCursor> events)
    {
        if (events.Length == 1)
            return [];
        Span<byte> bytes = stackalloc byte[AuditPostings.MostInRow * 2 * MostBytesOfNumber];
        var at = 0;
        for (var i = 1; i < events.Length; i++)
        {
            Put((ulong)(events[i - 1].Time - events[i].Time), bytes, ref at);
            var away = events[i - 1].Id - events[i].Id;
            Put((ulong)((away << 1) ^ (away >> 63)), bytes, ref at);
        }
        return bytes[..at].ToArray();
    }

    /// <summary>Gives each event of a row to a function, newest first.</summary>
    public static void Decode(AuditCursor newest, ReadOnlySpan<byte> others, Action<AuditCursor> use)
    {
        use(newest);
        for (var at = 0; at < others.Length;)
        {
            var time = newest.Time - (long)Get(others, ref at);
            var away = Get(others, ref at);
            newest = new AuditCursor(time, newest.Id - ((long)(away >> 1) ^ -(long)(away & 1)));
            use(newest);
        }
    }

    private static void Put(ulong number, Span<byte> bytes, ref int at)
    {
        for (; number >= 0x80; number >>= 7)
            bytes[at++] = (byte)(number | 0x80);
        bytes[at++] = (byte)number;
    }

    private static ulong Get(ReadOnlySpan<byte> bytes, ref int at)
    {
        for (var (number, shift) = (0UL, 0); ; shift += 7)
        {
            var part = bytes[at++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
    }
}
