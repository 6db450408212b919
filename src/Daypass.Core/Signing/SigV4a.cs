using System.Security.Cryptography;

namespace Daypass.Signing;

/// <summary>
/// The asymmetric kind of AWS Signature Version 4: one signature that is good in every region of a set, made with an ECDSA P-256 key
/// that secret and key id give. Requests are parsed by <see cref="SigV4Parser.TryParseEither"/> and checked by <see cref="SigV4"/>
/// as any others are; only the key and the last step are these.
/// </summary>
/// <remarks>
/// A signature is no identity: whoever sees one can write a second that verifies as well (r, n - s), and AWS's own signers use both
/// halves. Nothing may tell requests apart by it.
/// </remarks>
public static class SigV4a
{
    /// <summary>The name of the algorithm in headers, queries and strings to sign.</summary>
    public const string Algorithm = "AWS4-ECDSA-P256-SHA256";

    private const int CoordinateLength = EcdsaPrivateKey.Length;

    /// <summary>
    /// The key that verifies what a secret access key signs: the point's 32 bytes of X and 32 bytes of Y, big-endian. It is the same
    /// on every date and for every service, and is no secret.
    /// </summary>
    /// <exception cref="ArgumentException">The secret or the key id is empty.</exception>
    public static byte[] PublicKey(string secretAccessKey, string accessKeyId)
    {
        var scalar = EcdsaPrivateKey.Derive(secretAccessKey, accessKeyId);
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return [.. point.X!, .. point.Y!];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>
    /// Whether a signature is one that the key's owner made. It must be lower-case hex of strict DER: no byte too many, the shortest
    /// form of both integers, and both between 1 and the order of the curve.
    /// </summary>
    /// <param name="publicKey">The 64 bytes of <see cref="PublicKey"/>.</param>
    /// <param name="stringToSign">What <see cref="SigV4.StringToSign"/> gives.</param>
    /// <param name="signatureHex">The signature as sent.</param>
    /// <exception cref="ArgumentException">The key is not 64 bytes long.</exception>
    /// <exception cref="CryptographicException">The key is no point of the curve.</exception>
    public static bool Matches(ReadOnlySpan<byte> publicKey, string stringToSign, string signatureHex)
    {
        if (publicKey.Length != CoordinateLength * 2)
            throw new ArgumentException("A public key has 64 bytes.", nameof(publicKey));
        Span<byte> signature = stackalloc byte[CoordinateLength * 2];
        if (!EcdsaSignature.TryRead(signatureHex, signature))
            return false;
        // Made anew each time: .NET promises for no key object that threads may share it.
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[..CoordinateLength].ToArray(), Y = publicKey[CoordinateLength..].ToArray() },
        });
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var message = new Utf8Buffer(stackalloc byte[512]);
        message.Add(stringToSign);
        SHA256.HashData(message.Written, hash);
        message.Dispose();
        return key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
