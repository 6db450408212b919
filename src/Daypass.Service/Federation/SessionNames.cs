using System.Security.Cryptography;
using System.Text;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation;

/// <summary>Names for sessions, made of names that others give to people and programs.</summary>
internal static class SessionNames
{
    /// <summary>
    /// The name itself where a session may be named so. Else with dots for other characters, and behind it a digest of the name: policies name sessions,
    /// and no two must get the same.
    /// </summary>
    public static string Of(string name)
    {
        var rule = TextRules.SessionName;
        if (name.Length >= rule.Minimum && name.Length <= rule.Maximum && rule.HasOnlyAllowed(name))
            return name;
        var digest = "=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
        var written = string.Concat(name.Take(rule.Maximum - digest.Length).Select(character => rule.HasOnlyAllowed(character.ToString()) ? character : '.'));
        return written + digest;
    }
}
