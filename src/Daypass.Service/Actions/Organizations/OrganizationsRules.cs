using System.Buffers;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>The text constraints of the Organizations model.</summary>
internal static class OrganizationsRules
{
    private static readonly SearchValues<char> LowerAlphanumeric = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    public static readonly TextRule Email = new(6, 64, @"[^\s@]+@[^\s@]+\.[^\s@]+", IsEmail);
    public static readonly TextRule AccountName = new(1, 50, @"[\u0020-\u007E]+", text => !text.AsSpan().ContainsAnyExceptInRange(' ', '~'));
    public static readonly TextRule AccountId = new(0, 12, @"^\d{12}$", text => Names.AccountId.TryParse(text, out _));
    public static readonly TextRule RequestId = new(0, 36, "^car-[a-z0-9]{8,32}$", IsRequestId);
    public static readonly TextRule NextToken = TextRule.Of(0, 100_000);

    private static bool IsEmail(string text)
    {
        var (at, dot) = (text.IndexOf('@', StringComparison.Ordinal), text.LastIndexOf('.'));
        return at > 0 && at == text.LastIndexOf('@') && dot > at + 1 && dot < text.Length - 1
            && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
    }

    private static bool IsRequestId(string text) => 
        text.Length >= 12 && text.StartsWith("car-", StringComparison.Ordinal) && !text.AsSpan(4).ContainsAnyExcept(LowerAlphanumeric);
}
