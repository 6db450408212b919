using System.Globalization;

namespace Daypass.Signing;

/// <summary>The one form of time in Signature Version 4, and the second one that AWS tolerates in a header.</summary>
internal static class SigV4Timestamp
{
    private const string BasicForm = "yyyyMMdd'T'HHmmss'Z'";
    private const string ExtendedForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int BasicLength = 16;
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static bool TryParse(string text, bool allowExtended, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, BasicForm, CultureInfo.InvariantCulture, Utc, out time)
        || (allowExtended && DateTimeOffset.TryParseExact(text, ExtendedForm, CultureInfo.InvariantCulture, Utc, out time));

    /// <summary>The basic form of a time that was read from a text.</summary>
    public static string Basic(string text, DateTimeOffset time) => text.Length == BasicLength ? text : Format(time);

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(BasicForm, CultureInfo.InvariantCulture);

    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
