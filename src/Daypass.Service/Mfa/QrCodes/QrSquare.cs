namespace Daypass.Service.Mfa.QrCodes;

/// <summary>The square of a QR code: the patterns that readers find it by, and the places that the content fills.</summary>
internal sealed class QrSquare
{
    private readonly QrVersion _version;
    private readonly bool[,] _isDark;
    private readonly bool[,] _isPattern;

    public QrSquare(QrVersion version)
    {
        _version = version;
        (_isDark, _isPattern) = (new bool[version.Size, version.Size], new bool[version.Size, version.Size]);
        DrawTiming();
        DrawFinder(3, 3);
        DrawFinder(3, version.Size - 4);
        DrawFinder(version.Size - 4, 3);
        DrawAlignments();
        DrawVersion();
        DrawFormat(_isDark, 0);
    }

    private int Size => _version.Size;

    /// <summary>Lays the content along the columns, two at a time, up and down from the right; the timing column is left out.</summary>
    public void Fill(ReadOnlySpan<byte> content)
    {
        var next = 0;
        for (int right = Size - 1, turn = 0; right > 0; right -= 2, turn++)
        {
            if (right == 6)
                right--;
            for (var i = 0; i < 2 * Size; i++)
            {
                var (row, column) = (turn % 2 == 0 ? Size - 1 - (i / 2) : i / 2, right - (i % 2));
                if (_isPattern[row, column] || next >= 8 * content.Length)
                    continue;
                _isDark[row, column] = ((content[next / 8] >> (7 - (next % 8))) & 1) == 1;
                next++;
            }
        }
    }

    /// <summary>The square under a mask, which turns over some of the content so that no part of it looks like a pattern.</summary>
    public bool[,] Masked(int mask)
    {
        var masked = (bool[,])_isDark.Clone();
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
                masked[row, column] ^= !_isPattern[row, column] && QrMask.Turns(mask, row, column);
        }
        DrawFormat(masked, mask);
        return masked;
    }

    private void Set(int row, int column, bool isDark) => (_isDark[row, column], _isPattern[row, column]) = (isDark, true);

    private void DrawTiming()
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }
    }

    // Rings around a dark core, with the light line that parts it from the rest.
    private void DrawFinder(int row, int column)
    {
        for (var down = -4; down <= 4; down++)
        {
            for (var across = -4; across <= 4; across++)
            {
                if (row + down >= 0 && row + down < Size && column + across >= 0 && column + across < Size)
                    Set(row + down, column + across, Math.Max(Math.Abs(down), Math.Abs(across)) is not (2 or 4));
            }
        }
    }

    private void DrawAlignments()
    {
        var centres = _version.AlignmentCentres();
        foreach (var row in centres)
        {
            foreach (var column in centres)
            {
                var isAtFinder = (row, column) == (6, 6) || (row, column) == (6, Size - 7) || (row, column) == (Size - 7, 6);
                for (var i = 0; !isAtFinder && i < 25; i++)
                    Set(row - 2 + (i / 5), column - 2 + (i % 5), Math.Max(Math.Abs((i / 5) - 2), Math.Abs((i % 5) - 2)) != 1);
            }
        }
    }

    private void DrawVersion()
    {
        if (_version.Number < 7)
            return;
        var bits = WithRemainder(_version.Number, 12, 0x1F25);
        for (var i = 0; i < 18; i++)
        {
            var isDark = ((bits >> i) & 1) == 1;
            Set(i / 3, Size - 11 + (i % 3), isDark);
            Set(Size - 11 + (i % 3), i / 3, isDark);
        }
    }

    // Twice, each time around corners: correction M is 00, then three bits of the mask.
    private void DrawFormat(bool[,] square, int mask)
    {
        var bits = WithRemainder(mask, 10, 0x537) ^ 0x5412;
        for (var i = 0; i < 15; i++)
        {
            var isDark = ((bits >> i) & 1) == 1;
            var (row, column) = i < 6 ? (i, 8) : i < 8 ? (i + 1, 8) : i == 8 ? (8, 7) : (8, 14 - i);
            (square[row, column], _isPattern[row, column]) = (isDark, true);
            (row, column) = i < 8 ? (8, Size - 1 - i) : (Size - 15 + i, 8);
            (square[row, column], _isPattern[row, column]) = (isDark, true);
        }
        (square[Size - 8, 8], _isPattern[Size - 8, 8]) = (true, true);
    }

    private static int WithRemainder(int value, int bits, int divisor)
    {
        var remainder = value << bits;
        for (var bit = 30; bit >= bits; bit--)
        {
            if (((remainder >> bit) & 1) == 1)
                remainder ^= divisor << (bit - bits);
        }
        return (value << bits) | remainder;
    }
}
