using System.Security.Cryptography;
using System.Security.Cryptography.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// ECDSA with SHA-2 for SignedXml, which does not know it (RFC 9231, section 2.3.6): the platform's way to teach it a name is a table of the process. These
/// names mean the same to everybody, and nothing else here verifies XML. Public because that table takes no others.
/// </summary>
public abstract class EcdsaSignature : SignatureDescription
{
    private const string Prefix = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-";

    internal static readonly IReadOnlyList<string> Methods = [Prefix + "sha256", Prefix + "sha384", Prefix + "sha512"];

    private readonly HashAlgorithmName _hash;

    private protected EcdsaSignature(HashAlgorithmName hash)
    {
        _hash = hash;
        KeyAlgorithm = typeof(ECDsa).AssemblyQualifiedName;
    }

    /// <summary>Makes the names known. Again is no harm.</summary>
    internal static void Register()
    {
        CryptoConfig.AddAlgorithm(typeof(OfSha256), Methods[0]);
        CryptoConfig.AddAlgorithm(typeof(OfSha384), Methods[1]);
        CryptoConfig.AddAlgorithm(typeof(OfSha512), Methods[2]);
    }

    public override HashAlgorithm CreateDigest() =>
        _hash == HashAlgorithmName.SHA256 ? SHA256.Create() : _hash == HashAlgorithmName.SHA384 ? SHA384.Create() : SHA512.Create();

    public override AsymmetricSignatureDeformatter CreateDeformatter(AsymmetricAlgorithm key) => new Deformatter((ECDsa)key);

    // r and s in as many bytes as the curve has, one behind the other: the form that XML signatures have.
    private sealed class Deformatter(ECDsa key) : AsymmetricSignatureDeformatter
    {
        private ECDsa _key = key;

        public override void SetKey(AsymmetricAlgorithm key) => _key = (ECDsa)key;

        // The digest has its length.
        public override void SetHashAlgorithm(string strName)
        {
        }

        public override bool VerifySignature(byte[] rgbHash, byte[] rgbSignature) => _key.VerifyHash(rgbHash, rgbSignature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public sealed class OfSha256() : EcdsaSignature(HashAlgorithmName.SHA256);

    public sealed class OfSha384() : EcdsaSignature(HashAlgorithmName.SHA384);

    public sealed class OfSha512() : EcdsaSignature(HashAlgorithmName.SHA512);
}
