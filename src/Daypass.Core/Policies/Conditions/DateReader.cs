using System.Globalization;

namespace Daypass.Policies.Conditions;

/// <summary>
/// Instants as units of 100 ns since 1970. Either epoch seconds, or the W3C profile of ISO 8601 (NOTE-datetime): year, month, day,
/// then hours and minutes, seconds, fraction, and a zone.
/// </summary>
internal static class DateReader
{
    // 9999 years either way: any date that can be written compares rightly with a clamped number.
    private const long MaxSeconds = 315_537_897_599;

    public static bool TryRead(ReadOnlySpan<char> text, out long instant)
    {
        var digits = text.TrimStart('-');
        var isNumber = CountDigits(digits) == digits.Length && digits.Length > 0 && text.Length - digits.Length <= 1;
        return isNumber && (text[0] == '-' || text.Length != PolicyChoices.DigitsOfYear)
            ? ReadSeconds(text, digits, out instant)
            : TryReadW3c(text, out instant);
    }

    private static bool ReadSeconds(ReadOnlySpan<char> text, ReadOnlySpan<char> digits, out long instant)
    {
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            seconds = MaxSeconds;
        seconds = Math.Min(seconds, MaxSeconds);
        instant = (text[0] == '-' ? -seconds : seconds) * TimeSpan.TicksPerSecond;
        return true;
    }

    private static bool TryReadW3c(ReadOnlySpan<char> text, out long instant)
    {
        instant = 0;
        int month = 1, day = 1;
        if (!TryTakeNumber(ref text, 4, out var year) || year == 0)
            return false;
        if (TryTake(ref text, '-') && !(TryTakeNumber(ref text, 2, out month) && month is >= 1 and <= 12))
            return false;
        if (text is ['-', ..] && !(TryTake(ref text, '-') && TryTakeNumber(ref text, 2, out day)))
            return false;
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var hasTime = text is ['T', ..];
        long time = 0;
        if (hasTime ? !TryReadTime(text[1..], out time) : !text.IsEmpty)
            return false;
        instant = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks + time;
        return true;
    }

    private static bool TryReadTime(ReadOnlySpan<char> text, out long time)
    {
        time = 0;
        var second = 0;
        long fraction = 0;
        if (!TryTakeNumber(ref text, 2, out var hour) || hour > 23 || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out var minute) || minute > 59)
            return false;
        if (TryTake(ref text, ':') && !(TryTakeNumber(ref text, 2, out second) && second <= 59 && TryTakeFraction(ref text, out fraction)))
            return false;
        if (!TryReadZone(text, out var zone))
            return false;
        time = new TimeSpan(hour, minute, second).Ticks + fraction - zone.Ticks;
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<char> text, out TimeSpan zone)
    {
        zone = text.IsEmpty ? PolicyChoices.DateWithoutZone : TimeSpan.Zero;
        if (text is [] or ['Z'])
            return true;
        var isWest = text[0] == '-';
        if (!TryTake(ref text, isWest ? '-' : '+') || !TryTakeNumber(ref text, 2, out var hours) || hours > 23
            || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out var minutes) || minutes > 59 || !text.IsEmpty)
            return false;
        zone = new TimeSpan(isWest ? -hours : hours, isWest ? -minutes : minutes, 0);
        return true;
    }

    /// <summary>Digits behind a point; what is finer than 100 ns is dropped. No point is no fraction.</summary>
    private static bool TryTakeFraction(ref ReadOnlySpan<char> text, out long fraction)
    {
        fraction = 0;
        if (!TryTake(ref text, '.'))
            return true;
        var length = CountDigits(text);
        for (var i = 0; i < 7; i++)
            fraction = (fraction * 10) + (i < length ? text[i] - '0' : 0);
        text = text[length..];
        return length > 0;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        return count;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> text, int digits, out int number)
    {
        number = 0;
        if (CountDigits(text) < digits)
            return false;
        foreach (var digit in text[..digits])
            number = (number * 10) + digit - '0';
        text = text[digits..];
        return true;
    }
}
