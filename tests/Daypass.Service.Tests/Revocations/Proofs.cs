using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daypass.Signing;
using Key = (string Id, string Secret, string? Token);

namespace Daypass.Service.Tests.Revocations;

/// <summary>What a protected service shows of a caller who has signed a request for it.</summary>
internal static class Proofs
{
    public static IEnumerable<(string Name, string Value)> Of(Key key, string service, DateTimeOffset now)
    {
        var date = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var text = $"AWS4-HMAC-SHA256\n{now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}\n{date}/us-east-1/{service}/aws4_request\n{new string('0', 64)}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(SigV4.SigningKey(key.Secret, date, "us-east-1", service), Encoding.UTF8.GetBytes(text)));
        yield return ("ServiceName", service);
        yield return ("Region", "us-east-1");
        yield return ("Proofs.member.1.AccessKeyId", key.Id);
        yield return ("Proofs.member.1.Date", date);
        yield return ("Proofs.member.1.StringToSign", text);
        yield return ("Proofs.member.1.Signature", signature);
        if (key.Token is { } token)
            yield return ("Proofs.member.1.SessionToken", token);
    }
}
