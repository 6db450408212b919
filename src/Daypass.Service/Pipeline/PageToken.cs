using System.Security.Cryptography;
using System.Text;

namespace Daypass.Service.Pipeline;

/// <summary>
/// The NextToken of a search: where the page ended, and a digest of what was sought, so that a token does not go on with another search.
/// It is no secret and opens nothing: whose account is searched always comes from the caller.
/// </summary>
internal static class PageToken
{
    private const char Separator = '.';
    private const int DigestBytes = 12;

    public static string Make(string cursor, string sought) => $"{DigestOf(sought)}{Separator}{cursor}";

    /// <summary>Where the page ended; null when the token belongs to another search, or to none.</summary>
    public static string? CursorOf(string token, string sought)
    {
        var start = DigestOf(sought) + Separator;
        return token.StartsWith(start, StringComparison.Ordinal) ? token[start.Length..] : null;
    }

    private static string DigestOf(string sought) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sought)).AsSpan(0, DigestBytes));
}
