using System.IO.Compression;

namespace Daypass.Cli.Trails;

/// <summary>Compressed files.</summary>
internal static class Gzip
{
    public static byte[] Make(ReadOnlySpan<byte> content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);
        return zipped.ToArray();
    }

    /// <exception cref="InvalidDataException">It is not gzip, or was cut.</exception>
    public static byte[] Open(byte[] zipped)
    {
        using var gzip = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
