using System.Globalization;
using System.Text;
using Daypass.Reports;

namespace Daypass.AspNetCore.Reporting;

/// <summary>Makes texts such that the trail takes them: what cannot be shown becomes <c>?</c>, and what is too long is cut.</summary>
internal static class EventText
{
    public static string Plain(string text, int longest)
    {
        if (text.Length <= longest && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var plain = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length + rune.Utf16SequenceLength > longest)
                break;
            plain.Append(IsShown(rune) ? rune : new Rune('?'));
        }
        return plain.ToString();
    }

    /// <summary>Of an action's name, the letters that names have.</summary>
    public static string Name(string name)
    {
        if (name.Length is > 0 and <= ReportProtocol.MaxName && name.All(char.IsAsciiLetterOrDigit))
            return name;
        var kept = string.Concat(name.Where(char.IsAsciiLetterOrDigit).Take(ReportProtocol.MaxName));
        return kept.Length > 0 ? kept : ReportProtocol.NoAction;
    }

    /// <summary>Of an error's code, the letters that codes have.</summary>
    public static string Code(string code, int status)
    {
        var kept = string.Concat(code.Where(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-').Take(ReportProtocol.MaxName));
        return kept.Length > 0 ? kept : string.Create(CultureInfo.InvariantCulture, $"Http{status}");
    }

    public static string Visible(string id) =>
        id.Length is > 0 and <= ReportProtocol.MaxName && !id.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? id
            : string.Concat(id.Where(character => character is >= '!' and <= '~').Take(ReportProtocol.MaxName).DefaultIfEmpty('-'));

    private static bool IsShown(Rune rune) =>
        !Rune.IsControl(rune) && rune.Value is not (0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
