using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Reporting;
using Daypass.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Daypass.AspNetCore.Tests.Support;

/// <summary>A service of uproject's style on a real Kestrel, which counts what its handlers do.</summary>
internal sealed class HostsService : IAsyncDisposable
{
    public const string Describe = "DescribeUHostInstance";

    private readonly WebApplication _app;
    private FakeNode? _own;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private int _done;

    private HostsService(WebApplication app, MovableTime time)
    {
        _app = app;
        Time = time;
    }

    public MovableTime Time { get; }

    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>The node that is this service's alone.</summary>
    public FakeNode Node => _own ?? throw new InvalidOperationException("It was started with a node of the test's.");

    /// <summary>How many times a handler has run.</summary>
    public int Done => _done;

    /// <summary>What the handlers were given.</summary>
    public UprojectCall? Last { get; private set; }

    /// <summary>The last answer as it came.</summary>
    public string LastBody { get; private set; } = "";

    public string? LastProject { get; private set; }

    public EventQueue Events => _app.Services.GetRequiredService<EventQueue>();

    /// <summary>What a handler does beside being counted.</summary>
    public Func<UprojectCall, Task<object?>> Work { get; set; } = call => Task.FromResult<object?>(new { TotalCount = 2, UHostSet = new[] { new { UHostId = "uhost-a" } }, call.Caller.Arn });

    /// <summary>A service with a node of its own, which knows these callers.</summary>
    public static async Task<HostsService> ForAsync(params KnownCaller[] callers)
    {
        var node = await FakeNode.StartAsync();
        foreach (var caller in callers)
            node.Put(caller);
        var service = await StartAsync(node);
        service._own = node;
        return service;
    }

    public static async Task<HostsService> StartAsync(FakeNode node, Action<UprojectOptions>? configure = null, Action<DaypassOptions>? protect = null, Action<IApplicationBuilder>? before = null, LogLines? log = null)
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
            options.Service = "uhost";
            options.Credentials = new DaypassCredentials(FakeNode.ServiceKeyId, FakeNode.ServiceSecret);
            options.CallTimeout = TimeSpan.FromSeconds(10);
            protect?.Invoke(options);
        }).AddUprojectRequests(configure);
        var app = builder.Build();
        var service = new HostsService(app, time);
        before?.Invoke(app);
        app.UseDaypass();
        app.MapUprojectApi("/")
            .Action("uhost:DescribeUHostInstance", ["UHostIds", "UHostId", "Limit", "Name", "UserData"], call => $"ucs:uhost:{call.Region}:111122223333:instance/{call["UHostId"] ?? "*"}", service.HandleAsync)
            .Action("uhost:TerminateUHostInstance", ["UHostId"], call => $"ucs:uhost:{call.Region}:111122223333:instance/{call.Require("UHostId")}", service.HandleAsync);
        await app.StartAsync(CancellationToken.None);
        return service;
    }

    public HttpRequestMessage Sign(KnownCaller caller, Shape shape = Shape.Form, params (string Name, string Value)[] parameters) =>
        UprojectSigner.Sign(Endpoint, UprojectClient.KeyOf(caller), shape, parameters.Length > 0 ? parameters : [("Action", Describe), ("Region", "cn-bj2")]);

    public Task<JsonNode> CallAsync(KnownCaller caller, Shape shape = Shape.Form, params (string Name, string Value)[] parameters) => SendAsync(Sign(caller, shape, parameters));

    /// <summary>The answer: JSON, status 200 and a request's id, whatever became of the call.</summary>
    public async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, CancellationToken.None);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.NotEmpty(Assert.Single(response.Headers.GetValues("X-UCLOUD-REQUEST-UUID")));
        LastBody = await response.Content.ReadAsStringAsync(CancellationToken.None);
        var answer = JsonNode.Parse(LastBody)!;
        Assert.Equal(JsonValueKind.Number, answer["RetCode"]!.GetValueKind());
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        if (_own is not null)
            await _own.DisposeAsync();
    }

    private Task<object?> HandleAsync(UprojectCall call)
    {
        Interlocked.Increment(ref _done);
        (Last, LastProject) = (call, call.ProjectId);
        return Work(call);
    }
}
