using Daypass.Service.Directories;

namespace Daypass.Service.Mfa;

/// <summary>
/// Which codes of a device are taken when (docs/decisions/0024). Steps are of real time, as the device's own clock is; a device whose clock
/// is off has told by how much when it was enabled or synchronized, and is then counted by its own clock.
/// </summary>
internal static class MfaCodes
{
    /// <summary>Steps before and after the present one whose codes are taken.</summary>
    public const int Window = 1;

    /// <summary>How far a device's clock may be off, in steps: five minutes.</summary>
    public const int MaxDrift = 10;

    /// <summary>
    /// How long a used code is remembered. No code is taken for longer than twelve minutes, with all drift there may be: the rest is for nodes
    /// whose clocks differ.
    /// </summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>The step that a code is of, or null when it is of none that is taken now.</summary>
    public static long? FindStep(ReadOnlySpan<byte> seed, int drift, string code, DateTimeOffset now, long firstStep)
    {
        var present = Totp.StepAt(now) + drift;
        long? found = null;
        // All of them are computed, so that the time it takes does not tell which one it was.
        for (var step = present - Window; step <= present + Window; step++)
        {
            if (Totp.IsCodeAt(seed, step, code) && step >= firstStep)
                found = step;
        }
        return found;
    }

    /// <summary>The step of the first of two codes that follow one another, nearest to now; null when there is no such pair within the drift that a device may have.</summary>
    public static long? FindPair(ReadOnlySpan<byte> seed, string first, string second, DateTimeOffset now, long firstStep)
    {
        var present = Totp.StepAt(now);
        long? found = null;
        for (var last = present - Window - MaxDrift; last <= present + Window + MaxDrift; last++)
        {
            var isPair = Totp.IsCodeAt(seed, last - 1, first) & Totp.IsCodeAt(seed, last, second);
            if (isPair && last - 1 >= firstStep && !(found is { } other && Math.Abs(other + 1 - present) <= Math.Abs(last - present)))
                found = last - 1;
        }
        return found;
    }

    /// <summary>
    /// How far off the clock is that showed a pair of codes: none, as long as they would have been taken without. Codes that come late may be of
    /// a slow clock or of a slow hand: the drift is the one that takes what either will show.
    /// </summary>
    public static int DriftOf(long firstOfPair, DateTimeOffset now) => (int)(firstOfPair + 1 - Totp.StepAt(now)) switch
    {
        < -Window and var late => Math.Max(late + Window, -MaxDrift),
        > Window and var early => Math.Min(early, MaxDrift),
        _ => 0,
    };

    /// <summary>
    /// The first step whose codes are taken here. A restored store does not know which codes were used after its backup: none is taken that
    /// could have been.
    /// </summary>
    public static long FirstStep(InstallationDirectory installation) =>
        installation.Documents.Find(DocumentKinds.Restored, "store") is { } restored ? Totp.StepAt(restored.RestoredAt) + Window + MaxDrift + 1 : 0;
}
