using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>
/// A request as it stands on the wire, byte for byte, for what no HTTP library would send. <see cref="Signed"/> signs whatever is there,
/// as it is there, so that a refusal is the server's and not a mistake of the test.
/// </summary>
internal sealed record RawRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string Body = "") : IRequestHeaders
{
    private const string FormType = "application/x-www-form-urlencoded";

    public IEnumerable<string> Names => Headers.Select(header => header.Name).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>GetCallerIdentity as a POST, not yet signed.</summary>
    public static RawRequest Post(Uri endpoint, string form = "Action=GetCallerIdentity&Version=2011-06-15") =>
        new("POST", "/", [("Host", endpoint.Authority), ("Content-Type", FormType), ("Content-Length", Encoding.UTF8.GetByteCount(form).ToString(CultureInfo.InvariantCulture))], form);

    public static RawRequest Get(Uri endpoint, string target) => new("GET", target, [("Host", endpoint.Authority)]);

    public int Count(string name) => Headers.Count(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public string? Get(string name, int index) => Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).ElementAtOrDefault(index);

    public bool Contains(string name) => Count(name) > 0;

    public RawRequest With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    public RawRequest Without(string name) => this with { Headers = [.. Headers.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))] };

    /// <summary>Signed in the Authorization header, over these headers, for this body unless another is named.</summary>
    public RawRequest Signed(SigningClient signer, string signedHeaders = "content-type;host;x-amz-date", string? body = null, string service = "sts")
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var dated = Contains("X-Amz-Date") ? this : With("X-Amz-Date", now);
        if (signer.Token is { } token && !dated.Contains("X-Amz-Security-Token"))
            dated = dated.With("X-Amz-Security-Token", token);
        var head = $"{SigV4.Algorithm} Credential={signer.AccessKeyId}/{now[..8]}/us-east-1/{service}/aws4_request, SignedHeaders={signedHeaders}, Signature=";
        var draft = dated.With("Authorization", head + new string('0', 64));
        return dated.With("Authorization", head + draft.Sign(signer.Secret, body ?? Body));
    }

    /// <summary>Signed in the query, by these parameters and no others of AWS's own.</summary>
    public RawRequest Presigned(SigningClient signer, string extra = "", DateTimeOffset? at = null, string service = "sts")
    {
        var now = (at ?? TimeProvider.System.GetUtcNow()).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var token = signer.Token is null ? "" : "&X-Amz-Security-Token=" + Uri.EscapeDataString(signer.Token);
        var credential = Uri.EscapeDataString($"{signer.AccessKeyId}/{now[..8]}/us-east-1/{service}/aws4_request");
        var draft = this with { Target = $"{Target}&X-Amz-Algorithm={SigV4.Algorithm}&X-Amz-Credential={credential}&X-Amz-Date={now}&X-Amz-SignedHeaders=host{token}{extra}" };
        return draft with { Target = $"{draft.Target}&X-Amz-Signature={(draft with { Target = draft.Target + "&X-Amz-Signature=0" }).Sign(signer.Secret, Body)}" };
    }

    public Task<(int Status, string Text)> SendAsync(Uri endpoint, IPAddress? from = null) => SendAsync(endpoint, ToString(), from);

    /// <summary>Sends a text as it is and reads until the server closes. Status 0: it closed without a word.</summary>
    public static async Task<(int Status, string Text)> SendAsync(Uri endpoint, string text, IPAddress? from = null)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await socket.ConnectAsync(IPAddress.Parse(endpoint.Host), endpoint.Port, limit.Token);
        await using var stream = new NetworkStream(socket);
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), limit.Token);
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // It hung up while we still wrote: what it said before that counts.
        }
        var said = Encoding.UTF8.GetString(answer.ToArray());
        return (said.Length < 12 ? 0 : int.Parse(said[9..12], CultureInfo.InvariantCulture), said);
    }

    public override string ToString() =>
        $"{Method} {Target} HTTP/1.1\r\n{string.Concat(Headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}Connection: close\r\n\r\n{Body}";

    private string Sign(string secret, string body)
    {
        var request = new SignableRequest(Method, Target, this);
        var authorization = SigV4Parser.TryParse(request, out var error) ?? throw new InvalidOperationException(error!.Message);
        var rules = new SigV4Rules { Service = authorization.Service };
        var stringToSign = SigV4.StringToSign(authorization, request, SigV4.PayloadHash(Encoding.Latin1.GetBytes(body)), rules);
        var key = SigV4.SigningKey(secret, authorization.Date, authorization.Region, authorization.Service);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
    }
}
