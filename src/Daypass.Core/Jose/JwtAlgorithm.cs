using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Daypass.Jose;

/// <summary>
/// A signature algorithm that tokens may use: RSASSA-PKCS1-v1_5 and ECDSA of RFC 7518, sections 3.3 and 3.4, which are those that
/// AssumeRoleWithWebIdentity takes. What is not in the table (<c>none</c>, HMAC, PSS, EdDSA) does not exist here, so it cannot be let in by mistake.
/// </summary>
public sealed class JwtAlgorithm
{
    private JwtAlgorithm(string name, HashAlgorithmName hash, string? curve)
    {
        Name = name;
        Hash = hash;
        Curve = curve;
    }

    private static readonly FrozenDictionary<string, JwtAlgorithm> Table = new JwtAlgorithm[]
    {
        new("RS256", HashAlgorithmName.SHA256, null),
        new("RS384", HashAlgorithmName.SHA384, null),
        new("RS512", HashAlgorithmName.SHA512, null),
        new("ES256", HashAlgorithmName.SHA256, "P-256"),
        new("ES384", HashAlgorithmName.SHA384, "P-384"),
        new("ES512", HashAlgorithmName.SHA512, "P-521"),
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    /// <summary>The value of <c>alg</c>.</summary>
    public string Name { get; }

    /// <summary>The key type that it needs: <c>RSA</c> or <c>EC</c>.</summary>
    public string KeyType => Curve is null ? "RSA" : "EC";

    /// <summary>The one curve that its keys are on (RFC 7518, section 3.4); null for RSA.</summary>
    public string? Curve { get; }

    internal HashAlgorithmName Hash { get; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<JwtAlgorithm> All => Table.Values;

    /// <summary>The algorithm of this name, letter case as in RFC 7518.</summary>
    /// <param name="name">The value of <c>alg</c>.</param>
    /// <param name="algorithm">The algorithm, if it is in the table.</param>
    public static bool TryFind(string? name, [NotNullWhen(true)] out JwtAlgorithm? algorithm)
    {
        algorithm = null;
        return name is not null && Table.TryGetValue(name, out algorithm);
    }
}
