using System.Security.Cryptography.X509Certificates;
using System.Text;
using Daypass.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Daypass.Cli.Tests;

/// <summary>A real server that keeps what it got, says whether its signature is right, and answers what the test wants.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app) => _app = app;

    public Received? Last { get; private set; }

    public (int Status, string Type, string Body) Answer { get; set; } = (200, "application/json", "{}");

    /// <summary>In place of <see cref="Answer"/>, where the answer hangs on the request.</summary>
    public Func<Received, (int Status, string Type, string Body)>? Respond { get; set; }

    public Dictionary<string, string> AnswerHeaders { get; } = [];

    public string Url => _app.Urls.Single();

    public static async Task<EchoServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new EchoServer(builder.Build());
        server._app.Run(server.ReceiveAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var signable = new SignableRequest(context.Request.Method, target, new Headers(context.Request.Headers));
        Last = new Received(context.Request.Method, target, Encoding.UTF8.GetString(body.ToArray()),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            IsSignedRight(signable, body.ToArray()));
        var answer = Respond?.Invoke(Last) ?? Answer;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Type;
        foreach (var (name, value) in AnswerHeaders)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static bool IsSignedRight(in SignableRequest request, byte[] body)
    {
        if (request.Headers.Contains(SigV4X509.CertificateHeader))
            return IsSignedByCertificate(request, body);
        if (SigV4Parser.TryParse(request, out _) is not { } authorization)
            return false;
        var rules = new SigV4Rules { Service = authorization.Service, IsS3 = authorization.Service == "s3" };
        var key = SigV4.SigningKey("SECRETEXAMPLE", authorization.Date, authorization.Region, authorization.Service);
        return SigV4.CheckTimeAndScope(authorization, TimeProvider.System.GetUtcNow(), rules) is null
            && SigV4.CheckSignedHeaders(authorization, request, rules) is null
            && SigV4.CheckPayload(request, SigV4.PayloadHash(body), rules) is null
            && SigV4.Matches(key, SigV4.StringToSign(authorization, request, SigV4.PayloadHash(body), rules), authorization.Signature);
    }

    private static bool IsSignedByCertificate(in SignableRequest request, byte[] body)
    {
        if (SigV4X509.TryParse(request, out _) is not { } authorization)
            return false;
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(request.Headers.Get(SigV4X509.CertificateHeader, 0)!));
        var rules = new SigV4Rules { Service = "rolesanywhere" };
        return SigV4.CheckTimeAndScope(authorization, TimeProvider.System.GetUtcNow(), rules) is null
            && SigV4.CheckSignedHeaders(authorization, request, rules) is null
            && authorization.AccessKeyId == SigV4X509.SerialNumberOf(certificate)
            && SigV4X509.Matches(certificate, authorization, SigV4.StringToSign(authorization, request, SigV4.PayloadHash(body), rules));
    }

    internal sealed record Received(string Method, string Target, string Body, Dictionary<string, string> Headers, bool IsSignedRight);

    private sealed class Headers(IHeaderDictionary headers) : IRequestHeaders
    {
        public IEnumerable<string> Names => headers.Keys;

        public int Count(string name) => headers[name].Count;

        public string? Get(string name, int index) => headers[name][index];

        public bool Contains(string name) => headers.ContainsKey(name);
    }
}
