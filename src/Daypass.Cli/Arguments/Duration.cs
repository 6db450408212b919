using System.Globalization;

namespace Daypass.Cli.Arguments;

/// <summary>Reads <c>1h30m</c>, <c>90s</c>, <c>2d</c>, or plain seconds.</summary>
internal static class Duration
{
    private static readonly Dictionary<char, long> SecondsOf = new() { ['d'] = 86_400, ['h'] = 3_600, ['m'] = 60, ['s'] = 1 };

    /// <summary>Whole seconds, more than none.</summary>
    /// <exception cref="CommandException">The text is not a duration.</exception>
    public static long ReadSeconds(string text)
    {
        var seconds = TryRead(text);
        return seconds > 0 ? seconds : throw new CommandException($"'{text}' is not a duration such as 1h30m, 90s or 2d.");
    }

    private static long TryRead(string text)
    {
        long total = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
                continue;
            if (!SecondsOf.TryGetValue(text[i], out var unit) || Number(text[start..i]) is not { } number)
                return 0;
            total += number * unit;
            start = i + 1;
        }
        return start == 0 ? Number(text) ?? 0 : start == text.Length ? total : 0;
    }

    // Nine digits of days still fit a long.
    private static long? Number(string digits) =>
        digits.Length is > 0 and < 10 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
