using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Daypass.Tokens;

namespace Daypass.Service.SignIn;

/// <summary>Bytes as a sealed text that goes through browsers: base64url of a <see cref="Sealer"/> blob, with one spelling only. Its keys are children of the session keys.</summary>
internal sealed class SealedText(KeyRing sessions, string purpose, int maxSize)
{
    private readonly Sealer _sealer = new(sessions.Derive(purpose));
    private readonly int _maxLength = ((maxSize + Sealer.Overhead) * 4 / 3) + 3;

    /// <param name="plain">What to seal. Wiped.</param>
    /// <param name="nonce">Random bytes (<see cref="XAes256Gcm.NonceSize"/>).</param>
    public string Seal(byte[] plain, ReadOnlySpan<byte> nonce)
    {
        var text = Base64Url.EncodeToString(_sealer.Seal(plain, purpose, nonce));
        CryptographicOperations.ZeroMemory(plain);
        return text;
    }

    /// <summary>What was sealed; null for every kind of "this is none" alike.</summary>
    public byte[]? Open(string text)
    {
        if (text.Length == 0 || text.Length > _maxLength)
            return null;
        var blob = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        // The last character's spare bits, padding and white space would give other spellings.
        return Base64Url.DecodeFromChars(text, blob, out _, out var length) == OperationStatus.Done && Base64Url.EncodeToString(blob.AsSpan(0, length)) == text
            ? _sealer.Open(blob.AsSpan(0, length), purpose)
            : null;
    }
}
