using System.Runtime.InteropServices;

namespace Daypass.Storage.Sql;

/// <summary>Bytes as drivers take them.</summary>
internal static class StoredBytes
{
    /// <summary>Without a copy where the memory is a whole array already.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var whole) && whole.Offset == 0 && whole.Array is { } array && whole.Count == array.Length
            ? array
            : bytes.ToArray();
}
