using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Daypass.Signing;

namespace Daypass.Testing;

/// <summary>
/// Signs requests with SigV4a. Its private key is derived here from the published description, with other means than Core's, so that a
/// mistake there does not meet itself.
/// </summary>
public sealed class EcdsaSigner(string accessKeyId, string secret, string? token = null)
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>32 bytes, big-endian.</summary>
    public byte[] PrivateKey()
    {
        for (byte counter = 1; ; counter++)
        {
            byte[] message = [0, 0, 0, 1, .. Encoding.UTF8.GetBytes("AWS4-ECDSA-P256-SHA256"), 0, .. Encoding.UTF8.GetBytes(accessKeyId), counter, 0, 0, 1, 0];
            var candidate = new BigInteger(HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4A" + secret), message), isUnsigned: true, isBigEndian: true);
            if (candidate > Order - 2)
                continue;
            var key = (candidate + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
            return [.. new byte[32 - key.Length], .. key];
        }
    }

    /// <summary>A signature of a text, in hex; another one each time.</summary>
    public string Sign(string text)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = PrivateKey() });
        return Convert.ToHexStringLower(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>All headers of a request, those that sign it among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers(
        string method, string target, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash, SigV4Rules rules, DateTimeOffset now, string? regionSet = "us-east-1")
    {
        var lines = new Lines([.. headers, new("X-Amz-Date", Time(now))]);
        if (regionSet is not null)
            lines.Add(new("X-Amz-Region-Set", regionSet));
        if (token is not null)
            lines.Add(new("X-Amz-Security-Token", token));
        var names = string.Join(';', lines.Names.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        var head = $"{SigV4a.Algorithm} Credential={Credential(rules, now)}, SignedHeaders={names}, Signature=";
        lines.Add(new("Authorization", head + "00"));
        lines[^1] = new("Authorization", head + Sign(StringToSign(new SignableRequest(method, target, lines), payloadHash, rules)));
        return lines;
    }

    /// <summary>The target of a presigned request, signed for its Host header and no other.</summary>
    public string Presign(
        string method, string target, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash, SigV4Rules rules, DateTimeOffset now, string regionSet = "us-east-1")
    {
        var signed = $"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}X-Amz-Algorithm={SigV4a.Algorithm}&X-Amz-Credential={Uri.EscapeDataString(Credential(rules, now))}"
            + $"&X-Amz-Date={Time(now)}&X-Amz-SignedHeaders=host&X-Amz-Expires=3600&X-Amz-Region-Set={Uri.EscapeDataString(regionSet)}{(token is null ? "" : "&X-Amz-Security-Token=" + Uri.EscapeDataString(token))}";
        return $"{signed}&X-Amz-Signature={Sign(StringToSign(new SignableRequest(method, signed + "&X-Amz-Signature=00", new Lines(headers)), payloadHash, rules))}";
    }

    private string Credential(SigV4Rules rules, DateTimeOffset now) => $"{accessKeyId}/{Time(now)[..8]}/{rules.Service}/aws4_request";

    private static string Time(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    // A region set that a test leaves out, or has twice, is signed as it is: the refusal must not be for the signature.
    private static string StringToSign(in SignableRequest request, string payloadHash, SigV4Rules rules) =>
        SigV4Parser.TryParseEither(request, out _) is { } authorization ? SigV4.StringToSign(authorization, request, payloadHash, rules) : "cannot be signed";

    private sealed class Lines(IEnumerable<KeyValuePair<string, string>> lines) : List<KeyValuePair<string, string>>(lines), IRequestHeaders
    {
        public IEnumerable<string> Names => this.Select(line => line.Key).Distinct(StringComparer.OrdinalIgnoreCase);

        int IRequestHeaders.Count(string name) => Values(name).Count();

        public string? Get(string name, int index) => Values(name).ElementAtOrDefault(index);

        bool IRequestHeaders.Contains(string name) => Values(name).Any();

        private IEnumerable<string> Values(string name) => this.Where(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value);
    }
}
