namespace Daypass.Service.Mfa.QrCodes;

/// <summary>A QR code of a text, with error correction M. Small on purpose: byte mode only, as addresses need no other.</summary>
internal static class QrCode
{
    /// <summary>The dark modules, by row and column, without the margin.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text has more than 2331 bytes.</exception>
    public static bool[,] Of(ReadOnlySpan<byte> text)
    {
        var version = QrVersion.For(text.Length);
        var blank = new QrSquare(version);
        blank.Fill(QrContent.Of(text, version));
        return Enumerable.Range(0, QrMask.Count).Select(blank.Masked).MinBy(QrMask.PenaltyOf)!;
    }
}
