using System.Globalization;
using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>Instants that stand for all: each operand, one between each two neighbours, and one beyond either end.</summary>
internal static class DateCandidates
{
    // Seconds since 1970: the ends of what the engine's reader tells apart, and of what a date can be written for.
    private const long Farthest = 315_537_897_599;
    private static readonly long FirstWritten = DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks;
    private static readonly long Zone = new TimeSpan(23, 59, 0).Ticks;
    private static readonly long LastWritten = DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks;

    public static IReadOnlyList<string> Of(IReadOnlyList<string> operands)
    {
        var cuts = new SortedSet<long>();
        foreach (var text in operands)
        {
            if (DateReader.TryRead(text, out var instant))
                cuts.Add(instant);
        }
        if (cuts.Count == 0)
            cuts.Add(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks);
        var all = new List<long>();
        foreach (var cut in cuts)
            all.AddRange([cut, cut - TimeSpan.TicksPerDay, cut + TimeSpan.TicksPerDay, cut - TimeSpan.TicksPerSecond, cut + TimeSpan.TicksPerSecond, cut - 1, cut + 1]);
        return [.. all.Select(Written).Distinct()];
    }

    /// <summary>What no date can be written for is written in seconds, and so can operands be there only.</summary>
    private static string Written(long instant)
    {
        if (instant >= FirstWritten && instant <= LastWritten)
            return Written(instant, "Z");
        if (instant >= FirstWritten - Zone && instant <= LastWritten + Zone)
            return instant < 0 ? Written(instant + Zone, "+23:59") : Written(instant - Zone, "-23:59");
        return Math.Clamp(instant / TimeSpan.TicksPerSecond, -Farthest, Farthest).ToString(CultureInfo.InvariantCulture);
    }

    private static string Written(long instant, string zone)
    {
        var date = new DateTime(instant + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);
        var format = instant % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.fffffff";
        return date.ToString(format, CultureInfo.InvariantCulture) + zone;
    }
}
