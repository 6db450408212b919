using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Daypass.Leases;
using Daypass.Signing;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// A live request as Daypass is shown it: what was signed (the string-to-sign of Signature V4; the whole text, as base64url, of a request of the
/// uproject dialect), and the signature.
/// </summary>
internal sealed record LeaseProof(LeaseKey Key, string? SessionToken, string Text, string Signature, string? KnownVersion = null)
{
    // The protocol's limits. One proof beyond them would have a whole call refused, and with it the proofs of others.
    private const int LongestKeyId = 128;
    private const int LongestToken = 4096;
    private const int SignatureLength = 64;
    private static readonly int LongestText = Base64Url.GetEncodedLength(VerdictProtocol.MaxTextBytes);

    /// <summary>Why the proof cannot be right, whatever a node would say; or null.</summary>
    public DaypassRefusal? FaultOfForm()
    {
        if (Key.AccessKeyId.Length is 0 or > LongestKeyId || Key.AccessKeyId.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return Refusals.UnknownKey;
        if (SessionToken is { } token && (token.Length is 0 or > LongestToken || token.AsSpan().ContainsAnyExceptInRange('!', '~')))
            return Refusals.BadToken;
        if (Key.Date is null && Text.Length > LongestText)
            return Refusals.BodyTooLong;
        return Signature.Length == (Key.Date is null ? UprojectSignature.Length : SignatureLength) && Signature.All(char.IsAsciiHexDigitLower) ? null : Refusals.NoMatch;
    }

    /// <summary>
    /// At most how many bytes the proof takes in a call. A token may be all characters that are escaped as three: counted for less, a
    /// stranger's would make a call too long for the node, and have the proofs of others refused with it.
    /// </summary>
    public int Weight => 1024 + (3 * (SessionToken?.Length ?? 0)) + (Key.Date is null ? Text.Length : 0);

    /// <summary>The key and token that the proof claims.</summary>
    public Fingerprint Claim() => Fingerprint.Of($"{Key.AccessKeyId}\n{Key.Date}\n{SessionToken}");

    /// <summary>The claim and the request that goes with it.</summary>
    public Fingerprint Whole() => Fingerprint.Of($"{Key.AccessKeyId}\n{Key.Date}\n{SessionToken}\n{Text}\n{Signature}");
}

/// <summary>A SHA-256 that stands for something secret or long.</summary>
internal readonly record struct Fingerprint(UInt128 High, UInt128 Low)
{
    public static Fingerprint Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new Fingerprint(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
