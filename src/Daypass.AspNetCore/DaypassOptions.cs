using System.Net;

namespace Daypass.AspNetCore;

/// <summary>How a service is protected. What has no default must be set; the service does not start otherwise.</summary>
public sealed class DaypassOptions
{
    /// <summary>Bytes of <see cref="MaxBodyLength"/> when it is not set: 1 MiB.</summary>
    public const long DefaultMaxBodyLength = 1024 * 1024;

    /// <summary>
    /// A Daypass node, such as <c>https://daypass.example.com</c>. Answers carry signing keys, so it is https, or plain http on a
    /// loopback address, unless <see cref="AllowPlainHttp"/> says otherwise.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Further nodes, asked in order when <see cref="Endpoint"/> cannot be reached. Same rules.</summary>
    public IList<Uri> OtherEndpoints { get; } = [];

    /// <summary>Whether nodes may be asked over plain http from another machine: only in a network that nobody can listen to.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>The name that the service is registered under at Daypass: the service of signing scopes, and the prefix of its actions.</summary>
    public string Service { get; set; } = "";

    /// <summary>The region that the service is registered in, which signing scopes must have. Default <c>us-east-1</c>.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>With what the service itself signs its calls to Daypass. It needs <c>daypass:AcquireLeases</c> and <c>daypass:ReportEvents</c>, and nothing else.</summary>
    public DaypassCredentials? Credentials { get; set; }

    /// <summary>
    /// Whether clients sign S3's way: paths are encoded once, <c>X-Amz-Content-Sha256</c> is required, bodies may be unsigned or aws-chunked.
    /// </summary>
    public bool IsS3 { get; set; }

    /// <summary>
    /// The proxies in front of the service. <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed from them and from nobody else,
    /// and become <c>aws:SourceIp</c> and <c>aws:SecureTransport</c>. Empty: the connection tells.
    /// </summary>
    public IList<IPNetwork> TrustedProxies { get; } = [];

    /// <summary>
    /// Bytes of the longest body that is read into memory to learn its hash: that of requests without <c>X-Amz-Content-Sha256</c>, which
    /// <see cref="IsS3"/> forbids. Longer ones get 413. Bodies with that header are verified as they stream, at any length.
    /// </summary>
    public long MaxBodyLength { get; set; } = DefaultMaxBodyLength;

    /// <summary>
    /// Whether <c>AccessDenied</c> refusals go without their encoded authorization message, which <c>sts:DecodeAuthorizationMessage</c> turns
    /// into the reasons. It has 2,048 to 10,240 characters. Default: they carry it, if Daypass gives the key for it.
    /// </summary>
    public bool HasPlainDenials { get; set; }

    /// <summary>How many leases are held, from 1; the longest unused make room. One is some kilobytes. Default 10,000.</summary>
    public int MaxLeases { get; set; } = 10_000;

    /// <summary>How long one node may take to answer, above zero. Then it counts as out of reach. Default 3 seconds.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>What is reported to Daypass for the trail, and how. Default: every request of a proven caller.</summary>
    public DaypassEventOptions Events { get; } = new();

    /// <summary>
    /// Writes a refusal in the service's own format. The response has not started and is empty; the status is the writer's to set. The
    /// default writes JSON: <c>{"__type":"AccessDenied","message":"..."}</c>.
    /// </summary>
    public Func<HttpContext, DaypassRefusal, Task> WriteRefusal { get; set; } = JsonRefusal.WriteAsync;

    /// <summary>What sends the calls to Daypass, for client certificates or tests; the caller's to dispose. Null: one that follows no redirects and uses no proxy.</summary>
    public HttpMessageHandler? BackchannelHttpHandler { get; set; }

    internal string? FirstFault()
    {
        if (Endpoint is null)
            return "DaypassOptions.Endpoint must be set to the address of a Daypass node.";
        foreach (var node in OtherEndpoints.Prepend(Endpoint))
        {
            if (!node.IsAbsoluteUri || node.Scheme is not ("https" or "http"))
                return $"The endpoint '{node}' must be an http or https address.";
            if (node.Scheme is "http" && !node.IsLoopback && !AllowPlainHttp)
                return $"The endpoint '{node}' must use https: its answers carry signing keys. Set AllowPlainHttp if nobody can listen.";
        }
        if (Service.Length == 0 || Region.Length == 0)
            return "DaypassOptions.Service and Region must be the ones that the service is registered under.";
        if (Credentials is null)
            return "DaypassOptions.Credentials must be set: the service signs its calls to Daypass.";
        return MaxLeases < 1 || MaxBodyLength < 0 || CallTimeout <= TimeSpan.Zero ? "DaypassOptions.MaxLeases, MaxBodyLength or CallTimeout is out of range." : Events.FirstFault();
    }
}
