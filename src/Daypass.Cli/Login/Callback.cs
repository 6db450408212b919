using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Daypass.Cli.Login;

/// <summary>What the browser brought back, and random texts for what it must bring back.</summary>
internal sealed class Callback
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private Callback()
    {
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Null where a name comes twice, or is not encoded as it has to be: what could be read in two ways is not read.</summary>
    public static Callback? TryParse(string query)
    {
        var callback = new Callback();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !callback._values.TryAdd(Decoded(pair[..equals]), Decoded(pair[(equals + 1)..])))
                return null;
        }
        return callback;
    }

    /// <summary>Whether it carries what only the answer to our own question can carry.</summary>
    public bool Has(string name, string secret) =>
        this[name] is { } value && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), Encoding.UTF8.GetBytes(secret));

    /// <summary>256 random bits in 43 characters of base64url, as a state, a nonce or a PKCE verifier (RFC 7636, section 4.1).</summary>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>RFC 7636, section 4.2: S256.</summary>
    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>What the page of a sign-in shows whose program has this challenge: eight letters without vowels.</summary>
    public static string CheckCodeOf(string challenge)
    {
        const string Letters = "BCDFGHJKLMNPQRSTVWXZ";
        var letters = string.Concat(SHA256.HashData(Encoding.ASCII.GetBytes("daypass" + challenge)).Take(8).Select(each => Letters[each % Letters.Length]));
        return $"{letters[..4]}-{letters[4..]}";
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
