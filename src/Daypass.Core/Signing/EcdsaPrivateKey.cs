using System.Security.Cryptography;
using System.Text;

namespace Daypass.Signing;

/// <summary>
/// The private key of SigV4a: the counter mode of NIST SP 800-108 gives candidates of 256 bits until one is in the curve's range
/// (FIPS 186-4, B.4.2). What depends on the secret takes the same time for every candidate.
/// </summary>
internal static class EcdsaPrivateKey
{
    public const int Length = 32;

    // One byte, and 255 is not used: AWS's own signers stop there. No secret comes even to 5 in practice (each candidate fails with 2^-32).
    private const int LastCounter = 254;

    // The order of P-256 less 2.
    private static readonly byte[] LargestCandidate = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC63254F");

    /// <summary>A number from 1 to the order less 1, in 32 bytes, big-endian. Whoever asks clears it after use.</summary>
    public static byte[] Derive(string secretAccessKey, string accessKeyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        var key = Encoding.UTF8.GetBytes("AWS4A" + secretAccessKey);
        var message = Message(accessKeyId, out var counter);
        var candidate = new byte[Length];
        try
        {
            do
            {
                if (++message[counter] > LastCounter)
                    throw new CryptographicException("No candidate for a private key was in range.");
                HMACSHA256.HashData(key, message, candidate);
            }
            while (!TryIncrement(candidate));
            return candidate;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Makes a candidate a key by adding one; or returns false, because the sum would not be less than the order.</summary>
    internal static bool TryIncrement(Span<byte> candidate)
    {
        int borrow = 0, carry = 1;
        for (var i = Length - 1; i >= 0; i--)
        {
            borrow = ((LargestCandidate[i] - candidate[i] - borrow) >> 8) & 1;
            carry += candidate[i];
            candidate[i] = (byte)carry;
            carry >>= 8;
        }
        return borrow == 0;
    }

    // 00000001 (which block) | the algorithm | 00 | key id | counter | 00000100 (how many bits). The counter is 0 yet.
    private static byte[] Message(string accessKeyId, out int counter)
    {
        byte[] context = [0, 0, 0, 1, .. Encoding.ASCII.GetBytes(SigV4a.Algorithm), 0, .. Encoding.UTF8.GetBytes(accessKeyId)];
        counter = context.Length;
        return [.. context, 0, 0, 0, 1, 0];
    }
}
