using System.Globalization;

namespace Daypass.Signing;

/// <summary>The one form of time in Signature Version 4, and the second one that AWS tolerates in a header.</summary>
internal static class SigV4Timestamp
{
    private const string Basic = "yyyyMMdd'T'HHmmss'Z'";
    private const string Extended = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static bool TryParse(string text, bool allowExtended, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Basic, CultureInfo.InvariantCulture, Utc, out time)
        || (allowExtended && DateTimeOffset.TryParseExact(text, Extended, CultureInfo.InvariantCulture, Utc, out time));

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Basic, CultureInfo.InvariantCulture);

    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
