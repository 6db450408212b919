using System.Globalization;

namespace Daypass.Signing;

/// <summary>
/// The text that clients sign for a JSON number: whole numbers plainly, all others in the fewest decimals that give the same double, never with
/// an exponent: <c>35.0</c> is signed as <c>35</c>, <c>1e21</c> as 1 and 21 zeros.
/// </summary>
internal static class UprojectNumber
{
    /// <summary>Null for a number that no double holds.</summary>
    public static string? TextOf(string json)
    {
        // Clients have whole numbers of 64 bits, which a double would change.
        if (json.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
            return json;
        var number = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? WithoutExponent(number.ToString("R", CultureInfo.InvariantCulture)) : null;
    }

    private static string WithoutExponent(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
            return text;
        var sign = text[0] == '-' ? "-" : "";
        var mantissa = text[sign.Length..e];
        var exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        // A mantissa has one digit before its point.
        var point = 1 + exponent;
        if (point <= 0)
            return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length ? $"{sign}{digits.PadRight(point, '0')}" : $"{sign}{digits[..point]}.{digits[point..]}";
    }
}
