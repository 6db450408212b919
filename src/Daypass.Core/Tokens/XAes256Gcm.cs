using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Daypass.Tokens;

/// <summary>
/// XAES-256-GCM (C2SP specification): AES-256-GCM with a key derived per message from half of a 192-bit random nonce, so random
/// nonces never run out under one key. The derivation is two AES blocks, a tenth of the cost of an HKDF per token.
/// </summary>
public sealed class XAes256Gcm : IDisposable
{
    /// <summary>Length of a key in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Length of a nonce in bytes; choose it at random for each message.</summary>
    public const int NonceSize = 24;

    /// <summary>Length of a tag in bytes. A constant: AesGcm would accept shorter ones.</summary>
    public const int TagSize = 16;

    private const int BlockSize = 16;
    private readonly ThreadLocal<BlockCipher> _aes;
    private readonly byte[] _k1 = new byte[BlockSize];
    private readonly byte[] _key;

    /// <summary>Takes a key of <see cref="KeySize"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key has another length, or is all zeros.</exception>
    public XAes256Gcm(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize || !key.ContainsAnyExcept((byte)0))
            throw new ArgumentException("The key must have 32 bytes that are not all zero.", nameof(key));
        _key = key.ToArray();
        // One instance per thread: ciphers may not be used by several threads at a time.
        _aes = new ThreadLocal<BlockCipher>(() => new BlockCipher(_key), trackAllValues: true);
        DeriveK1();
    }

    /// <summary>Encrypts. <paramref name="ciphertext"/> is as long as the plaintext.</summary>
    public void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        Span<byte> key = stackalloc byte[KeySize];
        DeriveKey(nonce, key);
        using var gcm = new AesGcm(key, TagSize);
        gcm.Encrypt(nonce[12..], plaintext, ciphertext, tag, associatedData);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Decrypts; false, and an empty plaintext, when anything was changed.</summary>
    public bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        Span<byte> key = stackalloc byte[KeySize];
        DeriveKey(nonce, key);
        using var gcm = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        try
        {
            gcm.Decrypt(nonce[12..], ciphertext, tag, plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            plaintext.Clear();
            return false;
        }
    }

    /// <summary>Another key for another purpose: HKDF-Expand (RFC 5869) with SHA-256. Whoever has it learns nothing of this one.</summary>
    internal byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _key, KeySize, Encoding.UTF8.GetBytes("daypass " + purpose));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var aes in _aes.Values)
            aes.Dispose();
        _aes.Dispose();
    }

    private void DeriveK1()
    {
        _aes.Value!.Encrypt(new byte[BlockSize], _k1);
        var block = BinaryPrimitives.ReadUInt128BigEndian(_k1);
        var reduce = (block >> 127) == 0 ? UInt128.Zero : 0x87;
        BinaryPrimitives.WriteUInt128BigEndian(_k1, (block << 1) ^ reduce);
    }

    private void DeriveKey(ReadOnlySpan<byte> nonce, Span<byte> key)
    {
        if (nonce.Length != NonceSize)
            throw new ArgumentException("The nonce must have 24 bytes.", nameof(nonce));
        Span<byte> blocks = stackalloc byte[2 * BlockSize];
        for (var i = 0; i < 2; i++)
        {
            var block = blocks.Slice(i * BlockSize, BlockSize);
            block[0] = 0;
            block[1] = (byte)(i + 1);
            block[2] = (byte)'X';
            block[3] = 0;
            nonce[..12].CopyTo(block[4..]);
            for (var j = 0; j < BlockSize; j++)
                block[j] ^= _k1[j];
        }
        _aes.Value!.Encrypt(blocks, key);
    }

    /// <summary>AES of whole blocks. An encryptor that is kept costs an eighth of one that is made for two blocks.</summary>
    private sealed class BlockCipher : IDisposable
    {
        private readonly ICryptoTransform _encryptor;
        private readonly byte[] _input = new byte[2 * BlockSize];
        private readonly byte[] _output = new byte[2 * BlockSize];

        public BlockCipher(byte[] key)
        {
            using var aes = Aes.Create();
            aes.Mode = CipherMode.ECB;
            aes.Padding = PaddingMode.None;
            aes.Key = key;
            _encryptor = aes.CreateEncryptor();
        }

        public void Encrypt(ReadOnlySpan<byte> blocks, Span<byte> result)
        {
            blocks.CopyTo(_input);
            _encryptor.TransformBlock(_input, 0, blocks.Length, _output, 0);
            _output.AsSpan(0, blocks.Length).CopyTo(result);
            CryptographicOperations.ZeroMemory(_output);
        }

        public void Dispose() => _encryptor.Dispose();
    }
}
