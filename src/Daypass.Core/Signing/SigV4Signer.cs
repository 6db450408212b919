using System.Globalization;
using System.Security.Cryptography;

namespace Daypass.Signing;

/// <summary>
/// Signs requests with Signature Version 4, as the AWS SDKs do. It signs what an HTTP client sends for a <see cref="Uri"/>: its
/// escaped path and query, and its host with any port that is not the default.
/// </summary>
public static class SigV4Signer
{
    // Proxies and HTTP stacks change these on the way; every SDK leaves them out.
    private static readonly string[] Unsignable =
        ["authorization", "connection", "expect", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id"];

    /// <summary>The headers to add to a request so that it is signed.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="uri">The absolute address.</param>
    /// <param name="headers">The headers that the request has; all are signed but those that change on the way. A Host header replaces the host of <paramref name="uri"/>.</param>
    /// <param name="payloadHash">The body's SHA-256 in lower-case hex (<see cref="SigV4.PayloadHash"/>), or one of the words of <see cref="SigV4Chunks"/>.</param>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="secretAccessKey">Its secret; not empty.</param>
    /// <param name="sessionToken">The session token of a temporary key, which is signed too; or null.</param>
    /// <param name="region">The region of the scope.</param>
    /// <param name="service">The service of the scope, for example <c>sts</c>.</param>
    /// <param name="now">The time of the signature.</param>
    /// <param name="s3">Whether the path is written S3's way and X-Amz-Content-Sha256 is sent.</param>
    /// <returns>X-Amz-Date, X-Amz-Security-Token and X-Amz-Content-Sha256 where they apply, and Authorization, in this order.</returns>
    /// <exception cref="ArgumentException">The secret is empty, or the address is relative.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> SignHeaders(
        string method, Uri uri, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash, string accessKeyId,
        string secretAccessKey, string? sessionToken, string region, string service, DateTimeOffset now, bool s3 = false)
    {
        var added = new List<KeyValuePair<string, string>> { new("X-Amz-Date", SigV4Timestamp.Format(now)) };
        if (sessionToken is not null)
            added.Add(new("X-Amz-Security-Token", sessionToken));
        if (s3)
            added.Add(new("X-Amz-Content-Sha256", payloadHash));
        var signed = new HeaderList(WithHost(uri, [.. headers, .. added]));
        var request = new SignableRequest(method, uri.PathAndQuery, signed);
        var scope = new SigningScope(accessKeyId, secretAccessKey, region, service, now, s3);
        var names = SignedNames(signed);
        var signature = Sign(request, scope, names, payloadHash, isQuery: false);
        added.Add(new("Authorization", $"{SigV4.Algorithm} Credential={scope.Credential}, SignedHeaders={names}, Signature={signature}"));
        return added;
    }

    /// <summary>The address with a signature in its query, good for a while for whoever has it.</summary>
    /// <param name="method">The HTTP method that it is good for.</param>
    /// <param name="uri">The absolute address; it may have a query, without signature parameters.</param>
    /// <param name="headers">Headers that the request will have to carry, beside Host.</param>
    /// <param name="payloadHash">That of the body; <see cref="SigV4Chunks.EmptyPayloadHash"/> for a GET, <see cref="SigV4Chunks.UnsignedPayload"/> at S3.</param>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="secretAccessKey">Its secret; not empty.</param>
    /// <param name="sessionToken">The session token of a temporary key, which is signed too; or null.</param>
    /// <param name="region">The region of the scope.</param>
    /// <param name="service">The service of the scope.</param>
    /// <param name="now">The time of the signature.</param>
    /// <param name="expires">From 1 second to 7 days, in whole seconds. STS gives 15 minutes whatever it says.</param>
    /// <param name="s3">Whether the path is written S3's way.</param>
    /// <exception cref="ArgumentException">The secret is empty, the address is relative, or <paramref name="expires"/> is out of range.</exception>
    public static Uri Presign(
        string method, Uri uri, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash, string accessKeyId,
        string secretAccessKey, string? sessionToken, string region, string service, DateTimeOffset now, TimeSpan expires, bool s3 = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expires, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expires, TimeSpan.FromSeconds(SigV4QueryForm.MaxExpires));
        var signed = new HeaderList(WithHost(uri, [.. headers]));
        var scope = new SigningScope(accessKeyId, secretAccessKey, region, service, now, s3);
        var names = SignedNames(signed);
        var query = PresignedQuery(scope, names, (int)expires.TotalSeconds, sessionToken);
        var target = $"{uri.PathAndQuery}{(uri.Query.Length > 0 ? '&' : '?')}{query}";
        var signature = Sign(new SignableRequest(method, target, signed), scope, names, payloadHash, isQuery: true);
        // The address must go out as it was signed, so nothing may rewrite it.
        return new Uri($"{uri.GetLeftPart(UriPartial.Authority)}{target}&{SigV4QueryForm.Signature}={signature}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private readonly record struct SigningScope(string AccessKeyId, string Secret, string Region, string Service, DateTimeOffset Now, bool IsS3)
    {
        public string Timestamp => SigV4Timestamp.Format(Now);

        public string Date => Timestamp[..8];

        public string Credential => $"{AccessKeyId}/{Date}/{Region}/{Service}/{SigV4.Terminator}";
    }

    private static string Sign(in SignableRequest request, SigningScope scope, string signedHeaders, string payloadHash, bool isQuery)
    {
        var authorization = new SigV4Authorization
        {
            Algorithm = SigV4.Algorithm,
            AccessKeyId = scope.AccessKeyId,
            Date = scope.Date,
            Region = scope.Region,
            Service = scope.Service,
            Terminator = SigV4.Terminator,
            SignedHeaders = signedHeaders,
            Signature = "",
            Timestamp = scope.Timestamp,
            SignedAt = scope.Now,
            IsQuery = isQuery,
        };
        var stringToSign = SigV4.StringToSign(authorization, request, payloadHash, new SigV4Rules { Service = scope.Service, IsS3 = scope.IsS3 });
        var key = SigV4.SigningKey(scope.Secret, scope.Date, scope.Region, scope.Service);
        var signature = SigV4.Sign(key, stringToSign);
        CryptographicOperations.ZeroMemory(key);
        return signature;
    }

    private static string PresignedQuery(SigningScope scope, string signedHeaders, int expires, string? sessionToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture,
            $"{SigV4QueryForm.Algorithm}={SigV4.Algorithm}&{SigV4QueryForm.Credential}={Uri.EscapeDataString(scope.Credential)}&{SigV4QueryForm.Date}={scope.Timestamp}&{SigV4QueryForm.Expires}={expires}&{SigV4QueryForm.SignedHeaders}={Uri.EscapeDataString(signedHeaders)}");
        return sessionToken is null ? query : $"{query}&{SigV4QueryForm.SecurityToken}={Uri.EscapeDataString(sessionToken)}";
    }

    internal static string SignedNames(HeaderList headers)
    {
        var names = new List<string>(headers.Names);
        names.RemoveAll(name => HeaderNames.IsNamed(Unsignable, name) || name.StartsWith("sec-websocket-", StringComparison.Ordinal));
        names.Sort(StringComparer.Ordinal);
        return string.Join(';', names);
    }

    internal static List<KeyValuePair<string, string>> WithHost(Uri uri, List<KeyValuePair<string, string>> headers)
    {
        if (!uri.IsAbsoluteUri)
            throw new ArgumentException("A request is signed for an absolute address.", nameof(uri));
        if (headers.Exists(header => header.Key.Equals(HeaderNames.Host, StringComparison.OrdinalIgnoreCase)))
            return headers;
        var host = uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost;
        return [.. headers, new(HeaderNames.Host, uri.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{uri.Port}"))];
    }

    /// <summary>The headers of a request that is yet to be sent, names in lower case.</summary>
    internal sealed class HeaderList : IRequestHeaders
    {
        private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);

        public HeaderList(List<KeyValuePair<string, string>> headers)
        {
            foreach (var (name, value) in headers)
            {
                if (!_values.TryGetValue(name, out var values))
                    _values.Add(name.ToLowerInvariant(), values = []);
                values.Add(value);
            }
        }

        public IEnumerable<string> Names => _values.Keys;

        public int Count(string name) => _values.TryGetValue(name, out var values) ? values.Count : 0;

        public string? Get(string name, int index) => _values.TryGetValue(name, out var values) && index < values.Count ? values[index] : null;

        public bool Contains(string name) => _values.ContainsKey(name);
    }
}
