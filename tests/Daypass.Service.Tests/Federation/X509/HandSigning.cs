using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Daypass.Signing;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>
/// A signature as AWS's guide has it, made without the product's signer: so that one thing of it can be wrong and all the rest is right. With nothing
/// wrong, it is taken.
/// </summary>
internal sealed record HandSigning
{
    public string? Algorithm { get; init; }

    public string Service { get; init; } = "rolesanywhere";

    public string Terminator { get; init; } = "aws4_request";

    /// <summary>Of the scope alone.</summary>
    public TimeSpan DayAfter { get; init; }

    /// <summary>Headers that are sent and not signed.</summary>
    public string[] Unsigned { get; init; } = [];

    public string[] SignedTwice { get; init; } = [];

    /// <summary>What is put in the certificate's place, with the serial number of its own.</summary>
    public X509Certificate2? Shown { get; init; }

    public List<KeyValuePair<string, string>> Headers(ShownCertificate call, Uri uri, KeyValuePair<string, string>[] own, DateTimeOffset at)
    {
        var certificate = Shown ?? call.Certificate;
        var stamp = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'");
        List<KeyValuePair<string, string>> added = [new("X-Amz-Date", stamp), new(SigV4X509.CertificateHeader, Convert.ToBase64String(certificate.RawData))];
        if (call.Chain.Count > 0)
            added.Add(new(SigV4X509.ChainHeader, string.Join(',', call.Chain.Select(each => Convert.ToBase64String(each.RawData)))));
        var signed = own.Concat(added).Select(header => (Name: header.Key.ToLowerInvariant(), header.Value)).Where(header => !Unsigned.Contains(header.Name))
            .SelectMany(header => Enumerable.Repeat(header, SignedTwice.Contains(header.Name) ? 2 : 1)).OrderBy(header => header.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', signed.Select(header => header.Name));
        var canonical = $"POST\n{uri.AbsolutePath}\n{uri.Query.TrimStart('?')}\n{string.Concat(signed.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{Hash(call.Body)}";
        var algorithm = Algorithm ?? (call.Key is RSA ? SigV4X509.RsaAlgorithm : SigV4X509.EcdsaAlgorithm);
        var scope = $"{(at + DayAfter).UtcDateTime:yyyyMMdd}/{call.Region}/{Service}/{Terminator}";
        var text = Encoding.UTF8.GetBytes($"{algorithm}\n{stamp}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}");
        var signature = call.Key is RSA rsa ? rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : ((ECDsa)call.Key).SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        added.Add(new("Authorization", $"{algorithm} Credential={new System.Numerics.BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true)}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(signature)}"));
        return added;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
