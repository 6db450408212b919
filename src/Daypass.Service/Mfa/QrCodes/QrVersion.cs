namespace Daypass.Service.Mfa.QrCodes;

/// <summary>The sizes of QR codes, 1 to 40, with error correction M (ISO/IEC 18004, tables 1, 9 and E.1): 15 % may be unreadable.</summary>
internal readonly record struct QrVersion(int Number)
{
    private static ReadOnlySpan<byte> CorrectionPerBlock =>
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ];

    private static ReadOnlySpan<byte> BlockCounts =>
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ];

    /// <summary>Modules of a side.</summary>
    public int Size => 17 + (4 * Number);

    /// <summary>Bits that say how long the text is.</summary>
    public int CountBits => Number < 10 ? 8 : 16;

    public int Blocks => BlockCounts[Number - 1];

    public int CorrectionBytes => CorrectionPerBlock[Number - 1];

    public int DataBytes => TotalBytes - (Blocks * CorrectionBytes);

    /// <summary>What is left of the square beside the patterns, in whole bytes.</summary>
    public int TotalBytes
    {
        get
        {
            const int FindersAndFormat = (3 * 64) + 31;
            var timing = 2 * (Size - 16);
            // Those on the timing lines share five modules with them.
            var alignment = AlignmentsPerSide == 0 ? 0 : (((AlignmentsPerSide * AlignmentsPerSide) - 3) * 25) - (2 * (AlignmentsPerSide - 2) * 5);
            var version = Number < 7 ? 0 : 36;
            return ((Size * Size) - FindersAndFormat - timing - alignment - version) / 8;
        }
    }

    private int AlignmentsPerSide => Number == 1 ? 0 : (Number / 7) + 2;

    /// <summary>The smallest that holds so many bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None does.</exception>
    public static QrVersion For(int bytes)
    {
        for (var number = 1; number <= 40; number++)
        {
            var version = new QrVersion(number);
            if (4 + version.CountBits + (8 * bytes) <= 8 * version.DataBytes)
                return version;
        }
        throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "No QR code holds so much.");
    }

    /// <summary>Where alignment patterns have their centres, along either side: evenly from the far end, the first one always at 6.</summary>
    public int[] AlignmentCentres()
    {
        var centres = new int[AlignmentsPerSide];
        if (centres.Length == 0)
            return centres;
        var gaps = centres.Length - 1;
        // The standard's table has one line that its rule of even, rounded-up distances does not give.
        var distance = Number == 32 ? 26 : ((Size - 13 + (2 * gaps) - 1) / (2 * gaps)) * 2;
        for (var i = gaps; i > 0; i--)
            centres[i] = Size - 7 - ((gaps - i) * distance);
        centres[0] = 6;
        return centres;
    }
}
