using System.Net;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>The sample bucket service as a process, registered at a server, and a client of it that signs S3's way.</summary>
public sealed class BucketFixture : IAsyncLifetime
{
    private const string Ready = "Now listening on: ";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-bucket-").FullName;
    private ChildProgram _program = null!;

    public DaypassServer Server { get; private set; } = null!;

    public Uri Endpoint { get; private set; } = null!;

    public string Buckets => Path.Combine(_folder, "buckets");

    public string Output => _program.Output;

    public async Task InitializeAsync()
    {
        Server = await DaypassServer.StartAsync();
        _ = (await Server.Administrator.DaypassAsync("RegisterService", ("Name", "s3"), ("Region", "us-east-1"))).Result;
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "credentials"), $"[default]\naws_access_key_id = {DaypassServer.AccessKeyId}\naws_secret_access_key = {DaypassServer.Secret}\n");
        await StartAsync();
        // A service waits three seconds for its first lease, which two servers that have just started on a busy machine may take: as clients do, again.
        ApiReply made;
        do
            made = await SendAsync(HttpMethod.Put, "/attacked");
        while (made.Status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, made.Status);
    }

    /// <summary>Starts the bucket service on what an earlier one left.</summary>
    public async Task StartAsync()
    {
        _program = ChildProgram.Start(
            Checkout.BucketProgram,
            ["--daypass", Server.Endpoint.ToString(), "--credentials", Path.Combine(_folder, "credentials"), "--data-dir", Buckets, "--urls", "http://127.0.0.1:0"]);
        Endpoint = new Uri((await _program.WaitForAsync(Ready, TimeSpan.FromMinutes(3))).Split(Ready)[1].Trim());
    }

    public void Kill() => _program.Kill();

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends a request as the administrator, who may do everything.</summary>
    public async Task<ApiReply> SendAsync(HttpMethod method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var uri = new Uri(Endpoint, target);
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : new ByteArrayContent(body) };
        var given = headers.Select(header => KeyValuePair.Create(header.Name, header.Value)).ToArray();
        var signature = SigV4Signer.SignHeaders(
            method.Method, uri, given, SigV4.PayloadHash(body ?? []), DaypassServer.AccessKeyId, DaypassServer.Secret, null, "us-east-1", "s3", TimeProvider.System.GetUtcNow(), true);
        foreach (var (name, value) in given.Concat(signature))
            request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    public static async Task<ApiReply> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new ApiReply(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }
}
