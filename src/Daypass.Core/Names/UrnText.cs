using System.Buffers;
using System.Text;

namespace Daypass.Names;

/// <summary>Texts for readers who know names as URNs, made of texts with ARNs. Called where an error leaves in the words of such a dialect.</summary>
public static class UrnText
{
    private const string Start = "arn:aws:";

    private const string Any = "*";

    // What no name of this project's services has, so what stands behind it begins anew. A resource may have an ARN in its own name, behind a slash or a comma.
    private const string Opening = "\"'`([{<";

    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*?");

    /// <summary>
    /// A text with each ARN that stands in it, or pattern of one with all six fields, as the URN that it is. ARNs of other partitions, with an account that is no
    /// company, or inside a longer word stay, and so does everything else.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="prefix">The first word of URNs.</param>
    public static string Of(string text, string prefix = Urn.DefaultPrefix)
    {
        StringBuilder? said = null;
        var done = 0;
        for (var at = text.IndexOf(Start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Start, at + Start.Length, StringComparison.Ordinal))
        {
            if (!BeginsName(text, at) || !TryReadHead(text.AsSpan(at + Start.Length), prefix, out var head, out var length))
                continue;
            (said ??= new StringBuilder(text.Length)).Append(text, done, at - done).Append(prefix).Append(':').Append(head);
            done = at + Start.Length + length;
        }
        return said is null ? text : said.Append(text, done, text.Length - done).ToString();
    }

    private static bool BeginsName(string text, int at) => at == 0 || char.IsWhiteSpace(text[at - 1]) || Opening.Contains(text[at - 1]);

    /// <summary>Service, region and account, each with its colon; what is behind them is the same in both forms.</summary>
    private static bool TryReadHead(ReadOnlySpan<char> text, string prefix, out string head, out int length)
    {
        (head, length) = ("", 0);
        Span<Range> fields = stackalloc Range[4];
        if (text.Split(fields, ':') != 4)
            return false;
        var service = text[fields[0]];
        var region = text[fields[1]];
        var account = text[fields[2]].ToString();
        var resource = text[fields[3]];
        if (service.IsEmpty || !IsField(service) || !IsField(region) || resource.IsEmpty || char.IsWhiteSpace(resource[0]) || resource[0] == '"')
            return false;
        if ((account == Any ? Any : Urn.CompanyOf(account, prefix)) is not { } company)
            return false;
        head = $"{service}:{region}:{company}:";
        length = fields[3].Start.Value;
        return true;
    }

    private static bool IsField(ReadOnlySpan<char> field) => field.IndexOfAnyExcept(FieldCharacters) < 0;
}
