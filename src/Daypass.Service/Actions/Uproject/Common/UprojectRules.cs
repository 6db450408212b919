using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Common;

/// <summary>What the dialect's texts must be. Names are those of the shared entities; what is for people to read may be in any language.</summary>
internal static class UprojectRules
{
    public static readonly TextRule DisplayName = Shown(1, 255);
    public static readonly TextRule Description = Shown(0, 1000);
    public static readonly TextRule ProjectName = Shown(1, 64);
    public static readonly TextRule Email = new(3, 254, @"[\u0021-\u007E]+@[\u0021-\u007E]+", text => text.All(letter => letter is > ' ' and <= '~') && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1);
    public static readonly TextRule ProjectId = new(1, 64, "[A-Za-z0-9-]+", text => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'));
    public static readonly TextRule Password = TextRule.Of(8, 128) with { IsSecret = true };

    /// <summary>A role's name, with its path before it when it has one: <c>ucs-service-role/ServiceRoleForUK8S</c>.</summary>
    public static readonly TextRule RoleName = new(1, 574, @"([\w+=,.@-]+/)*[\w+=,.@-]+", IsRoleName);

    private static readonly string[] On = ["Active", "Activate"];

    /// <summary>Whether a status is active: the tables say <c>Active</c> and <c>Inactive</c>, the examples <c>Activate</c> and <c>Inactivate</c>.</summary>
    public static bool? ReadActive(Parameters wire, string name) =>
        wire.Word(name, "Active", "Inactive", "Activate", "Inactivate") is { } word ? On.Contains(word) : null;

    public static bool RequireActive(Parameters wire, string name)
    {
        if (ReadActive(wire, name) is { } isActive)
            return isActive;
        wire.Missing(name);
        return false;
    }

    private static bool IsRoleName(string text) =>
        text.Split('/') is var parts && parts.All(part => part.Length > 0 && TextRules.RoleName.HasOnlyAllowed(part)) && parts[^1].Length <= TextRules.RoleName.Maximum;

    private static TextRule Shown(int minimum, int maximum) => new(minimum, maximum, @"[^\u0000-\u001F\u007F]*", text => !text.Any(char.IsControl) && !HasLoneSurrogate(text));

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD);
}
