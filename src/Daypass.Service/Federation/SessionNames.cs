using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation;

/// <summary>Names for sessions, made of names that others give to people and programs.</summary>
internal static class SessionNames
{
    private const int DigestSize = 8;
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// The name itself where a session may be named so. Else with dots for other characters, and behind it a digest of the name: policies name sessions,
    /// and no two must get the same. So a name that looks as if it had its digest already gets one, too.
    /// </summary>
    public static string Of(string name)
    {
        var rule = TextRules.SessionName;
        if (name.Length >= rule.Minimum && name.Length <= rule.Maximum && rule.HasOnlyAllowed(name) && !HasDigest(name))
            return name;
        var digest = "=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, DigestSize));
        var written = string.Concat(name.Take(rule.Maximum - digest.Length).Select(character => rule.HasOnlyAllowed(character.ToString()) ? character : '.'));
        return written + digest;
    }

    private static bool HasDigest(string name) =>
        name.Length > DigestSize * 2 && name[^((DigestSize * 2) + 1)] == '=' && name.AsSpan(name.Length - (DigestSize * 2)).IndexOfAnyExcept(LowerHex) < 0;
}
