using System.Net;
using Daypass.Names;
using Daypass.Reports;
using Daypass.Tokens;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Reports;

/// <summary>Why something reported is not taken: a word of <see cref="ReportProtocol"/>, or null.</summary>
internal static class ReportCheck
{
    private const long MostDropped = 1_000_000_000_000;

    public static string? FaultOf(ReportTicket? ticket, Reporter reporter, DateTimeOffset now)
    {
        if (ticket is null || ticket.Origin != reporter.Origin)
            return ReportProtocol.BadTicket;
        return now > ticket.Until + ReportProtocol.LateDelivery ? ReportProtocol.TooLate : null;
    }

    public static string? FaultOf(ReportedEvent said, ReportTicket ticket, DateTimeOffset now)
    {
        var (from, until) = (ticket.From - ReportProtocol.Skew, Earlier(ticket.Until, now) + ReportProtocol.Skew);
        if (said.Time < from.ToUnixTimeMilliseconds() || said.Time > until.ToUnixTimeMilliseconds())
            return ReportProtocol.BadTime;
        return IsName(said.Name, "") && IsName(said.ErrorCode ?? "None", "._-") && IsVisible(said.RequestId) && said.Status is >= 100 and <= 599
            && IsText(said.Resource, ReportProtocol.MaxResource) && IsText(said.UserAgent, ReportProtocol.MaxText) && IsText(said.ErrorMessage, ReportProtocol.MaxText)
            && (said.Owner is null || AccountId.TryParse(said.Owner, out _)) && IsAddress(said.SourceIp)
            && said.Dialect is null or UprojectCatalog.Dialect
            ? null
            : ReportProtocol.BadEvent;
    }

    public static string? FaultOf(ReportedDrop drop, DateTimeOffset now)
    {
        if (drop.Count is < 1 or > MostDropped)
            return ReportProtocol.BadEvent;
        return drop.From < 0 || drop.Until < drop.From || drop.Until > (now + ReportProtocol.Skew).ToUnixTimeMilliseconds() ? ReportProtocol.BadTime : null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static bool IsName(string? text, string also) =>
        text is { Length: > 0 and <= ReportProtocol.MaxName } && text.All(character => char.IsAsciiLetterOrDigit(character) || also.Contains(character, StringComparison.Ordinal));

    private static bool IsVisible(string? text) =>
        text is { Length: > 0 and <= ReportProtocol.MaxName } && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    // Nothing that could look like something else where the trail is read: no control characters, no halves of characters, no turning of the line.
    private static bool IsText(string? text, int longest)
    {
        if (text is null)
            return true;
        if (text.Length > longest)
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (System.Text.Rune.IsControl(rune) || rune.Value is 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
                return false;
        }
        return true;
    }

    private static bool IsAddress(string? text) => text is null || (text.Length <= 45 && IPAddress.TryParse(text, out var address) && address.ToString() == text);
}
