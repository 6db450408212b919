using System.Text;
using Daypass.Signing;

namespace Daypass.Bench.Api;

/// <summary>
/// Requests as bytes, signed as the AWS SDKs sign them. Each has an invocation id of its own among its signed headers, so no two have the
/// same signature.
/// </summary>
internal static class SignedRequest
{
    public const string Region = "us-east-1";
    public const string FormType = "application/x-www-form-urlencoded; charset=utf-8";
    private const string UserAgent = "aws-sdk-example/2.0 ua/2.1 os/linux lang/csharp md/bench cfg/retry-mode#standard";

    /// <summary>A POST of a form in the Query protocol.</summary>
    public static byte[] Post(Uri address, Keys keys, string service, string form, DateTimeOffset now) =>
        Post(address, keys, service, form, [new("Content-Type", FormType), .. Invocation()], now);

    /// <summary>A POST of a form that has its proof in it.</summary>
    public static byte[] Unsigned(Uri address, string form)
    {
        var body = Encoding.UTF8.GetBytes(form);
        return [.. Head("POST", address, [new("Content-Type", FormType), .. Invocation(), new("Content-Length", body.Length.ToString())]), .. body];
    }

    /// <summary>A form of uproject's API, as its SDK for Go sends it.</summary>
    public static byte[] Uproject(Uri address, Keys keys, string action, params (string Name, string Value)[] parameters)
    {
        var pairs = parameters.Append(("Action", action)).Append(("PublicKey", keys.Id)).OrderBy(pair => pair.Item1, StringComparer.Ordinal).ToList();
        var signature = UprojectSignature.Sign(string.Concat(pairs.Select(pair => pair.Item1 + pair.Item2)), keys.Secret);
        var body = Encoding.UTF8.GetBytes(string.Join('&', pairs.Append(("Signature", signature)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}")));
        return
        [
            .. Head("POST", new Uri(address, "/?Action=" + action), [new("Content-Type", "application/x-www-form-urlencoded"), new("U-Timestamp-Ms", "1700000000000"), new("Content-Length", body.Length.ToString())]),
            .. body,
        ];
    }

    /// <summary>A call of CloudTrail.</summary>
    public static byte[] Trail(Uri address, Keys keys, string action, string json, DateTimeOffset now) => Post(
        address, keys, "cloudtrail", json,
        [new("Content-Type", "application/x-amz-json-1.1"), new("X-Amz-Target", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101." + action), .. Invocation()], now);

    private static byte[] Post(Uri address, Keys keys, string service, string text, List<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(text);
        headers.AddRange(SigV4Signer.SignHeaders("POST", address, headers, SigV4.PayloadHash(body), keys.Id, keys.Secret, keys.Token, Region, service, now));
        headers.Add(new("Content-Length", body.Length.ToString()));
        return [.. Head("POST", address, headers), .. body];
    }

    /// <summary>A GET as S3's clients send it.</summary>
    public static byte[] Get(Uri address, Keys keys, string service, DateTimeOffset now)
    {
        var headers = Invocation();
        headers.AddRange(SigV4Signer.SignHeaders(
            "GET", address, headers, SigV4.PayloadHash([]), keys.Id, keys.Secret, keys.Token, Region, service, now, s3: true));
        return Head("GET", address, headers);
    }

    /// <summary>Requests with the numbers from <paramref name="first"/> on, signed on all processors.</summary>
    public static byte[][] Many(int first, int count, Func<int, byte[]> sign)
    {
        var requests = new byte[count][];
        Parallel.For(0, count, i => requests[i] = sign(first + i));
        return requests;
    }

    private static List<KeyValuePair<string, string>> Invocation() =>
        [new("amz-sdk-invocation-id", Guid.NewGuid().ToString()), new("amz-sdk-request", "attempt=1; max=3")];

    private static byte[] Head(string method, Uri address, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var text = new StringBuilder($"{method} {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUser-Agent: {UserAgent}\r\nAccept-Encoding: identity\r\n");
        foreach (var (name, value) in headers)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }
}
