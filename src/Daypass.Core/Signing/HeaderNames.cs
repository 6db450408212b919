using System.Buffers;
using System.Text;

namespace Daypass.Signing;

/// <summary>The header names that signing knows, and how a SignedHeaders list is taken apart without making them anew.</summary>
internal static class HeaderNames
{
    public const string Authorization = "authorization";
    public const string ContentSha256 = "x-amz-content-sha256";
    public const string Date = "date";
    public const string Host = "host";
    public const string AmzDate = "x-amz-date";
    public const string RegionSet = "x-amz-region-set";
    public const string SecurityToken = "x-amz-security-token";

    private const string AmzPrefix = "x-amz-";

    private static readonly SearchValues<char> CanonicalCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public static string[] Split(string signedHeaders)
    {
        var names = new string[signedHeaders.AsSpan().Count(';') + 1];
        var next = 0;
        foreach (var range in signedHeaders.AsSpan().Split(';'))
            names[next++] = Known(signedHeaders.AsSpan(range));
        return names;
    }

    public static bool IsAmz(string name) => name.Length > AmzPrefix.Length && Ascii.EqualsIgnoreCase(name.AsSpan(0, AmzPrefix.Length), AmzPrefix);

    /// <summary>Whether a SignedHeaders list, whatever else is wrong with it, names a header.</summary>
    public static bool Lists(string signedHeaders, string name)
    {
        foreach (var range in signedHeaders.AsSpan().Split(';'))
        {
            if (Ascii.EqualsIgnoreCase(signedHeaders.AsSpan(range), name))
                return true;
        }
        return false;
    }

    /// <summary>Whether a name from a request is in a list of lower-case names.</summary>
    public static bool IsNamed(string[] signed, string name)
    {
        foreach (var candidate in signed)
        {
            if (Ascii.EqualsIgnoreCase(candidate, name))
                return true;
        }
        return false;
    }

    /// <summary>Whether a name is written as canonical requests write it: an HTTP token (RFC 9110 5.6.2) without capitals.</summary>
    public static bool IsCanonical(string name) => name.Length > 0 && name.AsSpan().IndexOfAnyExcept(CanonicalCharacters) < 0;

    // The names of nearly every request: no string is made for them.
    private static string Known(ReadOnlySpan<char> name) => name switch
    {
        Host => Host,
        AmzDate => AmzDate,
        ContentSha256 => ContentSha256,
        SecurityToken => SecurityToken,
        RegionSet => RegionSet,
        Date => Date,
        "content-type" => "content-type",
        "content-length" => "content-length",
        "accept" => "accept",
        "amz-sdk-request" => "amz-sdk-request",
        "amz-sdk-invocation-id" => "amz-sdk-invocation-id",
        "x-amz-user-agent" => "x-amz-user-agent",
        "x-amz-target" => "x-amz-target",
        _ => name.ToString(),
    };
}
