using System.Buffers.Text;
using System.Text;

namespace Daypass.Jose;

/// <summary>Writes signed tokens in the compact form of RFC 7515, 7.1. It holds no key and knows no claims.</summary>
public static class JwtWriter
{
    /// <summary>Signs bytes with the private half of a key, in the form of its algorithm: see <see cref="JsonWebKey.Algorithm"/>.</summary>
    public delegate byte[] Signer(ReadOnlySpan<byte> data);

    /// <summary>A token over a payload: <c>header.payload.signature</c>, each in base64url without padding.</summary>
    /// <param name="key">The public half of the key that signs: names algorithm and key in the header.</param>
    /// <param name="payload">The claims, a JSON object in UTF-8. Signed as it is.</param>
    /// <param name="sign">Signs with the private half.</param>
    public static string Write(JsonWebKey key, ReadOnlySpan<byte> payload, Signer sign)
    {
        // Both values are of an alphabet that JSON does not escape.
        var header = $$"""{"alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}","typ":"JWT"}""";
        var signed = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
