using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Daypass.Jose;

/// <summary>A public key of an issuer, checked once when its set was read, and held ready. Safe for many threads.</summary>
public sealed class VerificationKey
{
    private readonly ConcurrentBag<RSA> _rsa = [];
    private readonly ConcurrentBag<ECDsa> _ecdsa = [];
    private readonly RSAParameters _rsaParameters;
    private readonly ECParameters _ecParameters;

    internal VerificationKey(string? id, string? algorithm, RSAParameters parameters) : this(id, algorithm, null, parameters.Modulus!.Length) => _rsaParameters = parameters;

    internal VerificationKey(string? id, string? algorithm, string curve, ECParameters parameters) : this(id, algorithm, curve, parameters.Q.X!.Length * 2) => _ecParameters = parameters;

    private VerificationKey(string? id, string? algorithm, string? curve, int signatureLength)
    {
        Id = id;
        Algorithm = algorithm;
        Curve = curve;
        SignatureLength = signatureLength;
    }

    /// <summary>The key's <c>kid</c>; null if it has none.</summary>
    public string? Id { get; }

    /// <summary>The one algorithm that it is for; null if its set does not say.</summary>
    public string? Algorithm { get; }

    /// <summary>
    /// The one issuer that the key is for (<c>issuer</c>, which Microsoft's key sets have); null if the set does not say, or says it with a place for any tenant.
    /// </summary>
    public string? Issuer { get; init; }

    /// <summary>The curve; null for RSA.</summary>
    public string? Curve { get; }

    private int SignatureLength { get; }

    /// <summary>Whether signatures of this algorithm can be this key's: by type, curve and, where the set says so, by name.</summary>
    /// <param name="algorithm">The algorithm of a token.</param>
    public bool Fits(JwtAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return Curve == algorithm.Curve && (Algorithm is null || Algorithm == algorithm.Name);
    }

    /// <summary>Imports the key once, so that a point off its curve or a modulus that is none is found when the set is read.</summary>
    /// <exception cref="CryptographicException">The numbers are no key.</exception>
    internal void Try()
    {
        if (Curve is null)
            _rsa.Add(RSA.Create(_rsaParameters));
        else
            _ecdsa.Add(ECDsa.Create(_ecParameters));
    }

    internal bool Verifies(JwtAlgorithm algorithm, byte[] signed, byte[] signature)
    {
        if (!Fits(algorithm) || signature.Length != SignatureLength)
            return false;
        return Curve is null ? WithRsa(algorithm, signed, signature) : WithEcdsa(algorithm, signed, signature);
    }

    // One object serves one thread at a time, as the documentation of the types demands; making one costs as much as a check.
    private bool WithRsa(JwtAlgorithm algorithm, byte[] signed, byte[] signature)
    {
        var rsa = _rsa.TryTake(out var idle) ? idle : RSA.Create(_rsaParameters);
        var isGood = rsa.VerifyData(signed, signature, algorithm.Hash, RSASignaturePadding.Pkcs1);
        _rsa.Add(rsa);
        return isGood;
    }

    private bool WithEcdsa(JwtAlgorithm algorithm, byte[] signed, byte[] signature)
    {
        var ecdsa = _ecdsa.TryTake(out var idle) ? idle : ECDsa.Create(_ecParameters);
        var isGood = ecdsa.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _ecdsa.Add(ecdsa);
        return isGood;
    }
}
