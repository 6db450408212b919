using System.Globalization;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Actions.Daypass;

/// <summary>What a protected service shows of a live request: the text that was signed, and the signature.</summary>
internal sealed record LeaseProof(string AccessKeyId, string Date, string? SessionToken, string StringToSign, string Signature, string? KnownVersion)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly TextRule AccessKeyIdRule = TextRule.Of(1, 128);
    private static readonly TextRule DateRule = TextRule.Of(8, 8);
    private static readonly TextRule TokenRule = TextRule.Of(1, 4096);
    private static readonly TextRule StringToSignRule = TextRule.Of(1, 1024);
    private static readonly TextRule SignatureRule = TextRule.Of(64, 64);

    /// <summary>A presigned URL is good for at most seven days, so no request of today was signed longer ago.</summary>
    private static readonly TimeSpan OldestSignature = TimeSpan.FromDays(7) + Skew;

    private static TimeSpan Skew => TimeSpan.FromMinutes(15);

    public static LeaseProof Read(Parameters wire, string member) => new(
        wire.RequiredText(member + ".AccessKeyId", AccessKeyIdRule),
        wire.RequiredText(member + ".Date", DateRule),
        wire.Text(member + ".SessionToken", TokenRule),
        wire.RequiredText(member + ".StringToSign", StringToSignRule),
        wire.RequiredText(member + ".Signature", SignatureRule),
        wire.Text(member + ".KnownVersion", TextRules.Marker));

    /// <summary>Whose request it says it is.</summary>
    public ShownCredential Shown { get; } = new(AccessKeyId, SessionToken);

    /// <summary>
    /// Whether the signed text is a request of this service and region, of this date, and not too old. That the request itself is within
    /// its own window is the service's to check: only it sees the request.
    /// </summary>
    public bool IsFor(string service, string region, DateTimeOffset realTime)
    {
        var lines = StringToSign.Split('\n');
        return lines.Length == 4
            && lines[0] == Algorithm
            && lines[2] == $"{Date}/{region}/{service}/aws4_request"
            && lines[3].Length == 64
            && lines[1].StartsWith(Date, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(lines[1], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt)
            && signedAt <= realTime + Skew
            && signedAt >= realTime - OldestSignature;
    }

    public bool IsSignedWith(byte[] signingKey) => SigV4.Matches(signingKey, StringToSign, Signature);
}
