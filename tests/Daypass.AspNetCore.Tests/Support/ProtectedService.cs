using System.Net.Http.Headers;
using System.Text;
using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Reporting;
using Daypass.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>A service on a real Kestrel, protected by the library, and a client that signs. Its endpoint is the test's to write.</summary>
internal sealed class ProtectedService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private ProtectedService(WebApplication app, MovableTime time, bool isS3)
    {
        _app = app;
        Time = time;
        IsS3 = isS3;
    }

    public MovableTime Time { get; }

    public bool IsS3 { get; }

    public Uri Endpoint => new(_app.Urls.First());

    public HttpClient Http => _http;

    public CredentialLeases Leases => _app.Services.GetRequiredService<CredentialLeases>();

    public EventQueue Events => _app.Services.GetRequiredService<EventQueue>();

    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public static async Task<ProtectedService> StartAsync(FakeNode node, RequestDelegate? endpoint = null, Action<DaypassOptions>? configure = null, bool isS3 = true, LogLines? log = null)
    {
        var time = new MovableTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddDaypass(options =>
        {
            options.Endpoint = node.Endpoint;
            options.Service = "s3";
            options.Credentials = new DaypassCredentials(FakeNode.ServiceKeyId, FakeNode.ServiceSecret);
            options.IsS3 = isS3;
            options.CallTimeout = TimeSpan.FromSeconds(10);
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.UseDaypass();
        app.Run(endpoint ?? GetObject);
        await app.StartAsync(CancellationToken.None);
        return new ProtectedService(app, time, isS3);
    }

    /// <summary>What most tests need: an endpoint that asks for one action and says who called.</summary>
    public static async Task GetObject(HttpContext context)
    {
        await context.RequireAction("s3:GetObject", "arn:aws:s3:::photos" + context.Request.Path);
        await context.Response.WriteAsync(context.GetDaypassCaller().Arn, context.RequestAborted);
    }

    public HttpRequestMessage Sign(KnownCaller caller, HttpMethod? method = null, string target = "/cat.jpg", byte[]? body = null, string? payloadHash = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(Endpoint + target.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, uri);
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        var given = headers.Select(header => KeyValuePair.Create(header.Name, header.Value)).ToArray();
        var signature = SigV4Signer.SignHeaders(
            request.Method.Method, uri, given, payloadHash ?? SigV4.PayloadHash(body ?? []), caller.AccessKeyId, caller.Secret, caller.Token, "us-east-1", "s3", Time.GetUtcNow(), IsS3);
        foreach (var (name, value) in given.Concat(signature))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    public async Task<(int Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, CancellationToken.None);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(CancellationToken.None));
    }

    public Task<(int Status, string Body)> GetAsync(KnownCaller caller, string target = "/cat.jpg") => SendAsync(Sign(caller, target: target));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }
}
