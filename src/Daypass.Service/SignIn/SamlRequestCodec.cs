using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Tokens;

namespace Daypass.Service.SignIn;

/// <summary>A question that this installation put to a SAML provider.</summary>
/// <param name="Account">Whose provider.</param>
/// <param name="ProviderMark">Which of its providers (<see cref="SamlRequestCodec.MarkOf"/>).</param>
/// <param name="IssuerMark">Whose answer it must be: the same of the provider's <c>entityID</c>, which accounts that share a company's provider share, too.</param>
/// <param name="NotAfter">Until when it may be answered, in real time.</param>
/// <param name="HandOver">Where the session goes; null for a person at a page.</param>
internal sealed record SamlRequest(AccountId Account, string ProviderMark, string IssuerMark, DateTimeOffset NotAfter, HandOver? HandOver);

/// <summary>
/// The ID of an <c>AuthnRequest</c> is the request itself, sealed: no node keeps anything, and what the provider signs as <c>InResponseTo</c> ties its answer to
/// who asked.
/// <code>account (8) | provider mark (8) | issuer mark (8) | not after (8) | port (2) | challenge (32) | role mark (8)</code>
/// </summary>
internal sealed class SamlRequestCodec(KeyRing sessions)
{
    private const string Purpose = "saml-request";
    private const int IssuerOffset = 16;
    private const int TimeOffset = 24;
    private const int PortOffset = 32;
    private const int Size = PortOffset + 2 + HandOver.ChallengeSize + HandOver.MarkSize;

    private readonly SealedText _text = new(sessions, Purpose, Size);

    public static string MarkOf(string provider) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(provider)).AsSpan(0, HandOver.MarkSize));

    /// <summary>An ID, which must be an XML name.</summary>
    public string Seal(SamlRequest request, ReadOnlySpan<byte> nonce)
    {
        var plain = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(plain, long.Parse(request.Account.ToString(), CultureInfo.InvariantCulture));
        Base64Url.DecodeFromChars(request.ProviderMark, plain.AsSpan(8));
        Base64Url.DecodeFromChars(request.IssuerMark, plain.AsSpan(IssuerOffset));
        BinaryPrimitives.WriteInt64BigEndian(plain.AsSpan(TimeOffset), request.NotAfter.ToUnixTimeSeconds());
        if (request.HandOver is { } handOver)
        {
            BinaryPrimitives.WriteUInt16BigEndian(plain.AsSpan(PortOffset), (ushort)handOver.Port);
            Base64Url.DecodeFromChars(handOver.Challenge, plain.AsSpan(PortOffset + 2));
            if (handOver.RoleMark is { } mark)
                Base64Url.DecodeFromChars(mark, plain.AsSpan(Size - HandOver.MarkSize));
        }
        return "_" + _text.Seal(plain, nonce);
    }

    /// <summary>Null for every ID that is not ours, or is over.</summary>
    public SamlRequest? Open(string id, DateTimeOffset now)
    {
        if (!id.StartsWith('_') || _text.Open(id[1..]) is not { Length: Size } plain)
            return null;
        var notAfter = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(TimeOffset)));
        if (now >= notAfter || !AccountId.TryParse(BinaryPrimitives.ReadInt64BigEndian(plain).ToString("D12", CultureInfo.InvariantCulture), out var account))
            return null;
        return new SamlRequest(account, Base64Url.EncodeToString(plain.AsSpan(8, HandOver.MarkSize)), Base64Url.EncodeToString(plain.AsSpan(IssuerOffset, HandOver.MarkSize)), notAfter, HandOverOf(plain));
    }

    private static HandOver? HandOverOf(byte[] plain)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(plain.AsSpan(PortOffset)) is not (> 0 and var port))
            return null;
        var mark = plain.AsSpan(Size - HandOver.MarkSize);
        return new HandOver(port, Base64Url.EncodeToString(plain.AsSpan(PortOffset + 2, HandOver.ChallengeSize)), mark.ContainsAnyExcept((byte)0) ? Base64Url.EncodeToString(mark) : null);
    }
}
