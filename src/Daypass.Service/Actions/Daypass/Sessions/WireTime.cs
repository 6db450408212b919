using System.Globalization;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>A moment as a parameter: ISO 8601 with a zone (<c>2026-11-22T12:00:00Z</c>), or seconds since 1970. Whole seconds, fractions rounded up.</summary>
internal static class WireTime
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static DateTimeOffset? Read(Parameters wire, string name)
    {
        if (wire.Raw(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        var hasZone = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');
        return hasZone && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time < DateTimeOffset.MaxValue.AddSeconds(-1)
            ? DateTimeOffset.FromUnixTimeSeconds(time.AddTicks(TimeSpan.TicksPerSecond - 1).ToUnixTimeSeconds())
            : throw Errors.MalformedInput($"The parameter {name} must be a time such as 2026-11-22T12:00:00Z, not '{Errors.Shorten(text)}'.");
    }
}
