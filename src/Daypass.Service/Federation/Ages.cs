using System.Globalization;

namespace Daypass.Service.Federation;

/// <summary>Moments for people who ask how far off they are.</summary>
internal static class Ages
{
    /// <summary>Such as <c>2026-11-22T12:00:00Z (3 min 20 s ago)</c>.</summary>
    public static string Of(DateTimeOffset moment, DateTimeOffset now)
    {
        var distance = Distance((moment - now).Duration());
        return moment <= now ? $"{Time(moment)} ({distance} ago)" : $"{Time(moment)} (in {distance})";
    }

    public static string Time(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Distance(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.Days} d {span.Hours} h"),
    };
}
