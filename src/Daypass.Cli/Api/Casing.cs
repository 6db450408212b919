using System.Text;

namespace Daypass.Cli.Api;

/// <summary>
/// Between <c>--open-id-connect-provider-arn</c> and <c>OpenIDConnectProviderArn</c>. Words begin with a capital; the tables name those
/// that are written in capitals throughout.
/// </summary>
internal static class Casing
{
    private static readonly string[] Acronyms = ["aws", "ldap", "mfa", "saml", "ssh"];

    // "Id" is a plain word (UserId), save where OpenID Connect made the name.
    private static readonly string[] BeforeCapitalId = ["client", "open"];

    public static string ToPascal(string kebab)
    {
        var name = new StringBuilder(kebab.Length);
        var before = "";
        foreach (var word in kebab.Split('-'))
        {
            name.Append(Capitalised(word, before));
            before = word;
        }
        return name.ToString();
    }

    public static string ToKebab(string pascal)
    {
        var kebab = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (i > 0 && StartsWord(pascal, i))
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(pascal[i]));
        }
        return kebab.ToString();
    }

    private static string Capitalised(string word, string before) =>
        Acronyms.Contains(word) || (word == "id" && BeforeCapitalId.Contains(before)) ? word.ToUpperInvariant()
        : word.Length == 0 ? ""
        : char.ToUpperInvariant(word[0]) + word[1..];

    // A capital begins a word after a small letter (roleArn), and as the last of several (SAMLProvider).
    private static bool StartsWord(string text, int at) =>
        char.IsUpper(text[at]) && (!char.IsUpper(text[at - 1]) || IsLastCapital(text, at));

    private static bool IsLastCapital(string text, int at) => at + 1 < text.Length && char.IsLower(text[at + 1]);
}
