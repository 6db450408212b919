using System.Buffers;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Account;

/// <summary>What an account alias may look like.</summary>
internal static class AccountAlias
{
    private const int AccountIdLength = 12;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly TextRule Rule = new(3, 63, "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", IsAlias);

    public static string Read(Parameters wire) => wire.RequiredText("AccountAlias", Rule);

    /// <summary>Whether it could be taken for the number of an account.</summary>
    public static bool LooksLikeAccount(string alias) => alias.Length == AccountIdLength && !alias.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool IsAlias(string text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal) && !text.AsSpan().ContainsAnyExcept(Allowed);
}
