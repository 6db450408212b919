using System.Text;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Setup;

/// <summary>The settings of a white label: what they may be, and what comes of them.</summary>
internal static class BrandSettings
{
    private const int LongestName = 64;

    public static Brand Of(ServerOptions options) =>
        new() { ProductName = options.ProductName, SignInHost = options.SignInHost, Syntax = PolicySyntax.Uproject.WithUrnPrefix(options.UrnPrefix) };

    // A colon parts the product from the device in the address that authenticators read.
    /// <exception cref="FormatException">It is no name.</exception>
    public static string ProductName(string text) =>
        text.Trim() == text && text.Length is > 0 and <= LongestName && !text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value is ':' or 0xFFFD) ? text : throw new FormatException();

    /// <exception cref="FormatException">It is no host.</exception>
    public static string Host(string text) =>
        Uri.TryCreate($"https://{text}", UriKind.Absolute, out var url) && url.HostNameType is UriHostNameType.Dns && url.Authority == text ? text : throw new FormatException();

    /// <exception cref="FormatException">It is no prefix.</exception>
    public static string UrnPrefix(string text)
    {
        try
        {
            return PolicySyntax.Uproject.WithUrnPrefix(text).UrnPrefix!;
        }
        catch (ArgumentException)
        {
            throw new FormatException();
        }
    }
}
