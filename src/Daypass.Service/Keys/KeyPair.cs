using System.Collections.Concurrent;
using System.Security.Cryptography;
using Daypass.Jose;

namespace Daypass.Service.Keys;

/// <summary>
/// What is sealed of a key that signs: the pair (PKCS #8) while it does, the public half (SubjectPublicKeyInfo) from then on. A byte in front says
/// which. The public half is under the master key as well, not to hide it: whoever can write to the store must not be able to slip in one
/// of his own.
/// </summary>
internal sealed class KeyPair
{
    private const byte PrivateForm = 1;
    private const byte PublicForm = 2;
    private const int RsaBits = 2048;

    private readonly bool _isRsa;
    private readonly byte[]? _privateKey;

    // Objects of the platform's cryptography are for one thread at a time; a key has as many as ever signed at once.
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];

    private KeyPair(bool isRsa, byte[]? privateKey, byte[] publicKey) =>
        (_isRsa, _privateKey, PublicKey, WebKey) = (isRsa, privateKey, publicKey, JsonWebKey.Of(publicKey));

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey { get; }

    public JsonWebKey WebKey { get; }

    public bool CanSign => _privateKey is not null;

    /// <summary>A new pair in both forms, ready to be sealed; the caller wipes the first.</summary>
    public static (byte[] Private, byte[] Public) Make(string purpose)
    {
        using AsymmetricAlgorithm key = IsRsa(purpose) ? RSA.Create(RsaBits) : ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var pkcs8 = key.ExportPkcs8PrivateKey();
        byte[] made = [PrivateForm, .. pkcs8];
        CryptographicOperations.ZeroMemory(pkcs8);
        return (made, [PublicForm, .. key.ExportSubjectPublicKeyInfo()]);
    }

    /// <summary>The pair, or its public half, out of what was sealed; null when it is neither for this purpose.</summary>
    public static KeyPair? Read(string purpose, ReadOnlySpan<byte> opened)
    {
        if (opened.Length < 2 || opened[0] is not (PrivateForm or PublicForm))
            return null;
        try
        {
            using var key = Create(IsRsa(purpose));
            if (opened[0] == PrivateForm)
                key.ImportPkcs8PrivateKey(opened[1..], out _);
            else
                key.ImportSubjectPublicKeyInfo(opened[1..], out _);
            return new KeyPair(IsRsa(purpose), opened[0] == PrivateForm ? opened[1..].ToArray() : null, key.ExportSubjectPublicKeyInfo());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>RSA: PKCS #1 v1.5 over SHA-256. P-384: r and s, 48 bytes each, over SHA-384. From any thread.</summary>
    /// <exception cref="InvalidOperationException">Only the public half is here.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var key = _idle.TryTake(out var idle) ? idle : Import();
        var signature = key is RSA rsa
            ? rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).SignData(data, HashAlgorithmName.SHA384, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _idle.Add(key);
        return signature;
    }

    private AsymmetricAlgorithm Import()
    {
        var key = Create(_isRsa);
        key.ImportPkcs8PrivateKey(_privateKey ?? throw new InvalidOperationException("This key is retired: its private half is gone."), out _);
        return key;
    }

    private static bool IsRsa(string purpose) => purpose != KeyPurposes.WebIdentityEs384;

    private static AsymmetricAlgorithm Create(bool isRsa) => isRsa ? RSA.Create() : ECDsa.Create();
}
