using System.Globalization;

namespace Daypass.Signing;

/// <summary>The line before a chunk: <c>hex-length</c>, and for signed chunks <c>;chunk-signature=64-hex-digits</c>. No other extension.</summary>
internal readonly record struct ChunkHeader(long Length, string Signature)
{
    private const string SignaturePrefix = ";chunk-signature=";

    // Forty bits: more than any body has, and far from overflow.
    private const int MostDigits = 10;

    public static ChunkHeader Parse(string line, bool isSigned)
    {
        var end = isSigned ? line.IndexOf(SignaturePrefix, StringComparison.Ordinal) : line.Length;
        if (end is < 1 or > MostDigits || !long.TryParse(line.AsSpan(0, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
            throw ChunkSource.Malformed("A chunk of the aws-chunked body has no valid length and signature.");
        return new ChunkHeader(length, isSigned ? line[(end + SignaturePrefix.Length)..] : "");
    }
}
