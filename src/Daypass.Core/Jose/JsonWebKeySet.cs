using System.Text.Json;

namespace Daypass.Jose;

/// <summary>
/// The public keys of one issuer (RFC 7517, section 5). Keys that cannot be used here (other types, other uses, too weak, off their curve) are left out
/// and told of in <see cref="Skipped"/>; a set that holds a private key is refused whole, for then everybody can sign.
/// </summary>
public sealed class JsonWebKeySet
{
    /// <summary>The largest set, in bytes.</summary>
    public const int MaxSize = 256 * 1024;

    /// <summary>The most keys: AWS takes 100 of RSA and 100 of EC.</summary>
    public const int MaxKeys = 200;

    private JsonWebKeySet(IReadOnlyList<VerificationKey> keys, IReadOnlyList<string> skipped)
    {
        Keys = keys;
        Skipped = skipped;
    }

    /// <summary>A set without keys: nothing verifies with it.</summary>
    public static JsonWebKeySet Empty { get; } = new([], []);

    /// <summary>The keys that can verify.</summary>
    public IReadOnlyList<VerificationKey> Keys { get; }

    /// <summary>One line for each key that was left out, and why.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Reads a set.</summary>
    /// <param name="utf8">The document, at most <see cref="MaxSize"/> bytes.</param>
    /// <param name="fault">What is wrong with the set as a whole.</param>
    /// <returns>The set, perhaps without a single key; or null.</returns>
    public static JsonWebKeySet? TryParse(ReadOnlyMemory<byte> utf8, out JwtFault? fault)
    {
        fault = null;
        if (utf8.Length > MaxSize)
            fault = Malformed($"The key set is larger than {MaxSize} bytes.");
        else if (StrictJson.ReadObject(utf8) is not { } root || !root.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
            fault = Malformed("The key set is not one JSON object with the array 'keys' and no name twice.");
        else if (list.GetArrayLength() > MaxKeys)
            fault = Malformed($"The key set has more than {MaxKeys} keys.");
        else if (list.EnumerateArray().Any(JsonWebKeyReader.IsPrivate))
            fault = Malformed("The key set holds a private key. Whoever read it can sign in the issuer's name: replace the key.");
        else
            return Read(list);
        return null;
    }

    /// <summary>The one key that a token names: by key id, and among those by type, curve and algorithm.</summary>
    /// <param name="token">The token.</param>
    /// <param name="fault">Why there is none: the set has none that fits, or several, of which the token does not name one.</param>
    public VerificationKey? Find(JsonWebToken token, out JwtFault? fault)
    {
        ArgumentNullException.ThrowIfNull(token);
        VerificationKey? found = null;
        foreach (var key in Keys)
        {
            // A key of a set that several issuers share, such as those of a tenant and of personal accounts: each signs for its own.
            if ((token.KeyId is not null && key.Id != token.KeyId) || !key.Fits(token.Algorithm) || (key.Issuer is not null && key.Issuer != token.Claims.Text("iss")))
                continue;
            if (found is not null)
            {
                fault = new JwtFault(JwtFaultCode.UnknownKey, "The issuer has several keys that the token may mean. It must name one by 'kid'.");
                return null;
            }
            found = key;
        }
        fault = found is null ? new JwtFault(JwtFaultCode.UnknownKey, $"The issuer has no key for the token's 'kid' and the algorithm {token.Algorithm.Name}.") : null;
        return found;
    }

    private static JsonWebKeySet Read(JsonElement list)
    {
        var keys = new List<VerificationKey>();
        var skipped = new List<string>();
        var number = 0;
        foreach (var item in list.EnumerateArray())
        {
            number++;
            if (JsonWebKeyReader.Read(item, out var because) is { } key)
                keys.Add(key);
            else
                skipped.Add($"Key {number}: {because}.");
        }
        return new JsonWebKeySet(keys, skipped);
    }

    private static JwtFault Malformed(string message) => new(JwtFaultCode.Malformed, message);
}
