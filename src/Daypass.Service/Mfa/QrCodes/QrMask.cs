namespace Daypass.Service.Mfa.QrCodes;

/// <summary>The eight masks, and how hard to read a square is (ISO/IEC 18004, 7.8).</summary>
internal static class QrMask
{
    public const int Count = 8;

    // A finder's ratio 1:1:3:1:1 with four light modules on one side of it.
    private static readonly bool[] LikeFinder = [true, false, true, true, true, false, true, false, false, false, false];

    public static bool Turns(int mask, int row, int column) => 0 == mask switch
    {
        0 => (row + column) % 2,
        1 => row % 2,
        2 => column % 3,
        3 => (row + column) % 3,
        4 => ((row / 2) + (column / 3)) % 2,
        5 => (row * column % 2) + (row * column % 3),
        6 => ((row * column % 2) + (row * column % 3)) % 2,
        _ => (((row + column) % 2) + (row * column % 3)) % 2,
    };

    public static int PenaltyOf(bool[,] square)
    {
        var size = square.GetLength(0);
        var (penalty, dark) = (0, 0);
        for (var i = 0; i < size; i++)
        {
            bool[] row = [.. Enumerable.Range(0, size).Select(j => square[i, j])];
            bool[] column = [.. Enumerable.Range(0, size).Select(j => square[j, i])];
            penalty += OfLine(row) + OfLine(column);
            dark += row.Count(isDark => isDark);
        }
        var percent = 100 * dark / (size * size);
        return penalty + OfBlocks(square, size) + (10 * (Math.Abs(percent - 50) / 5));
    }

    private static int OfLine(bool[] line)
    {
        var penalty = 0;
        for (int start = 0, end; start < line.Length; start = end)
        {
            for (end = start; end < line.Length && line[end] == line[start]; end++)
            {
                // How long is it all the same?
            }
            penalty += end - start >= 5 ? end - start - 2 : 0;
        }
        for (var start = 0; start + LikeFinder.Length <= line.Length; start++)
        {
            var part = line.AsSpan(start, LikeFinder.Length);
            penalty += part.SequenceEqual(LikeFinder) || IsReverse(part) ? 40 : 0;
        }
        return penalty;
    }

    private static bool IsReverse(ReadOnlySpan<bool> part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] != LikeFinder[^(i + 1)])
                return false;
        }
        return true;
    }

    private static int OfBlocks(bool[,] square, int size)
    {
        var penalty = 0;
        for (var row = 1; row < size; row++)
        {
            for (var column = 1; column < size; column++)
            {
                var isDark = square[row, column];
                if (square[row - 1, column] == isDark && square[row, column - 1] == isDark && square[row - 1, column - 1] == isDark)
                    penalty += 3;
            }
        }
        return penalty;
    }
}
