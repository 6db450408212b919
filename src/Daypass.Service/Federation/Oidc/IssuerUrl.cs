using System.Buffers;
using System.Net;

namespace Daypass.Service.Federation.Oidc;

/// <summary>
/// The URLs that may be registered as issuers: https, a host, perhaps a port and a path, and nothing that a URL library would read in another way than it
/// is written, for the text is what is compared and the library's reading is what is called.
/// </summary>
internal static class IssuerUrl
{
    private const string Scheme = "https://";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(Letters + ".-:[]");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Letters + "-._~/+=,");

    /// <summary>What is wrong with a URL, as the end of a sentence that begins with "it"; null if it can be registered.</summary>
    /// <param name="url">As the request has it.</param>
    /// <param name="allowed">The operator's networks that may be called although they are not public.</param>
    public static string? WhyNot(string url, IReadOnlyList<IPNetwork> allowed)
    {
        if (!url.StartsWith(Scheme, StringComparison.Ordinal))
            return "it must begin with https://";
        var rest = url.AsSpan(Scheme.Length);
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        var path = slash < 0 ? default : rest[slash..];
        if (authority.IsEmpty || authority.ContainsAnyExcept(HostCharacters))
            return "it must have a host name and may have a port, and no user name, query or fragment";
        if (path.ContainsAnyExcept(PathCharacters))
            return "its path may have letters, digits and -._~/+=, only, and it can have no query or fragment";
        if (HasOddSegments(path))
            return "its path may have no empty segment, '.' or '..'";
        // The library may read a host differently (2130706433 is 127.0.0.1 to it): then the text is not what would be called.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !authority.StartsWith(uri.Host, StringComparison.OrdinalIgnoreCase) || !IsRestPort(authority[uri.Host.Length..]))
            return "its host is not written in the usual way";
        if (!IsDistinct(uri))
            return "its host must have a dot: its name begins condition keys, and must not be mistaken for a service's";
        return MayCall(uri, allowed) ? null : "it is an address of this machine or of a private network, which the server may not call unless its setting --federation-networks allows it";
    }

    private static bool HasOddSegments(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty)
            return false;
        var segments = path[1..].ToString().Split('/');
        return segments.SkipLast(1).Contains("") || segments.Any(segment => segment is "." or "..");
    }

    private static bool IsRestPort(ReadOnlySpan<char> rest) => rest.IsEmpty || (rest[0] == ':' && ushort.TryParse(rest[1..], System.Globalization.NumberStyles.None, null, out var port) && port > 0 && rest[1] != '0');

    private static bool IsDistinct(Uri uri) => uri.Host.AsSpan().IndexOfAny(".[") >= 0 || uri.Host == "localhost";

    private static bool MayCall(Uri uri, IReadOnlyList<IPNetwork> allowed) =>
        IPAddress.TryParse(uri.Host.TrimEnd('.'), out var address) ? PublicAddresses.MayCall(address, allowed)
        : !IsLocalName(uri.Host) || PublicAddresses.MayCall(IPAddress.Loopback, allowed);

    // RFC 6761, section 6.3.
    private static bool IsLocalName(string host) => host.TrimEnd('.') is var name && (name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal));
}
