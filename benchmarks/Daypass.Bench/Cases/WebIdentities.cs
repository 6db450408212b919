using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Daypass.Bench.Api;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>
/// AssumeRoleWithWebIdentity with keys that are in memory: tokens in the shape of GitHub's, for a role that trusts one organization. And the same while another
/// provider accepts connections and never says a word.
/// </summary>
internal sealed class WebIdentities : IDisposable
{
    private const string Host = "token.actions.githubusercontent.com";
    private const int Tokens = 256;
    private const int Waiting = 32;
    private readonly DaypassServer _server;
    private readonly string _role;
    private readonly Dictionary<string, string[]> _tokens;
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _held = [];

    private WebIdentities(DaypassServer server, string role, Dictionary<string, string[]> tokens) => (_server, _role, _tokens) = (server, role, tokens);

    public static async Task<WebIdentities> StartAsync(DaypassServer server)
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var tokens = new Dictionary<string, string[]>
        {
            ["RS256"] = Sign(Host, "RS256", bytes => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            ["ES256"] = Sign(Host, "ES256", bytes => ecdsa.SignData(bytes, HashAlgorithmName.SHA256)),
        };
        var provider = await RegisterAsync(server, Host);
        await server.Client.DaypassAsync("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", provider), ("JsonWebKeySet", Micro.MicroToken.KeySet(rsa, ecdsa)));
        var role = await server.Client.IamAsync("CreateRole", ("RoleName", "deploy"), ("AssumeRolePolicyDocument", Trust(provider)));
        await server.Client.IamAsync("PutRolePolicy", ("RoleName", "deploy"), ("PolicyName", "read-logs"), ("PolicyDocument", Documents.Role));
        var identities = new WebIdentities(server, ApiClient.ValueOf(role, "Arn"), tokens);
        await identities.RegisterSilentAsync(ecdsa);
        return identities;
    }

    public LoadCase Of(string algorithm) => new($"AssumeRoleWithWebIdentity, {algorithm}", _server.Process, (first, count) => Requests(algorithm, first, count), _server.DrainAsync);

    /// <summary>While as many calls as the case has connections, from another address, wait for a provider that hangs.</summary>
    public LoadCase BesideOneThatHangs() => new("AssumeRoleWithWebIdentity, ES256, another provider hangs", _server.Process, (first, count) =>
    {
        if (_held.Count == 0)
            Hang();
        return Requests("ES256", first, count);
    }, _server.DrainAsync);

    public void Dispose()
    {
        _stop.Cancel();
        _silent.Stop();
        foreach (var held in _held)
            held.Dispose();
        _stop.Dispose();
    }

    private byte[][] Requests(string algorithm, int first, int count) =>
        SignedRequest.Many(first, count, i => SignedRequest.Unsigned(_server.Process.Address, Form(_tokens[algorithm][i % Tokens], $"build-{i:D8}")));

    private string Form(string token, string session) =>
        ApiClient.Form("2011-06-15", "AssumeRoleWithWebIdentity", ("RoleArn", _role), ("RoleSessionName", session), ("DurationSeconds", "3600"), ("WebIdentityToken", token));

    private async Task RegisterSilentAsync(ECDsa key)
    {
        _silent.Start();
        var host = $"127.0.0.1:{((IPEndPoint)_silent.LocalEndpoint).Port}";
        await RegisterAsync(_server, host);
        _tokens["silent"] = Sign(host, "ES256", bytes => key.SignData(bytes, HashAlgorithmName.SHA256));
    }

    private void Hang()
    {
        _ = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
                _held.Add(await _silent.AcceptTcpClientAsync(_stop.Token));
        }, _stop.Token);
        for (var i = 0; i < Waiting; i++)
            _ = Task.Run(KeepAskingAsync, _stop.Token);
    }

    // From another address, so that its refusals are not held against the one that is measured.
    private async Task KeepAskingAsync()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        while (!_stop.IsCancellationRequested)
        {
            using var content = new StringContent(Form(_tokens["silent"][0], "waiting"), Encoding.UTF8, "application/x-www-form-urlencoded");
            using var response = await client.PostAsync(_server.Process.Address, content, _stop.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(100), _stop.Token);
        }
    }

    private static async Task<string> RegisterAsync(DaypassServer server, string host) =>
        ApiClient.ValueOf(await server.Client.IamAsync("CreateOpenIDConnectProvider", ("Url", "https://" + host), ("ClientIDList.member.1", "sts.amazonaws.com")), "OpenIDConnectProviderArn");

    private static string Trust(string provider) => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{provider}}"},"Action":"sts:AssumeRoleWithWebIdentity",
         "Condition":{"StringEquals":{"{{Host}}:aud":"sts.amazonaws.com"},"StringLike":{"{{Host}}:sub":"repo:acme/*","{{Host}}:job_workflow_ref":"acme/app/*"} } } }
        """;

    private static string[] Sign(string host, string algorithm, Func<byte[], byte[]> sign) => [.. Enumerable.Range(0, Tokens).Select(i =>
    {
        var signed = $"{Encode($$"""{"typ":"JWT","alg":"{{algorithm}}","kid":"{{algorithm}}"}""")}.{Encode(Claims(host, i))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    })];

    /// <summary>The claims that GitHub's tokens have.</summary>
    public static string Claims(string host, int i)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return $$"""
            {"jti":"example-{{i}}","sub":"repo:acme/app-{{i}}:ref:refs/heads/main","aud":"sts.amazonaws.com","ref":"refs/heads/main","sha":"0000000000000000000000000000000000000000","repository":"acme/app-{{i}}","repository_owner":"acme","repository_owner_id":"65","run_id":"{{i}}","run_number":"10","run_attempt":"1","repository_visibility":"private","repository_id":"74","actor_id":"12","actor":"octocat","workflow":"deploy","head_ref":"","base_ref":"","event_name":"push","ref_protected":"true","ref_type":"branch","workflow_ref":"acme/app/.github/workflows/deploy.yml@refs/heads/main","job_workflow_ref":"acme/app/.github/workflows/deploy.yml@refs/heads/main","runner_environment":"github-hosted","iss":"https://{{host}}","nbf":{{now - 60}},"exp":{{now + 86_000}},"iat":{{now}}}
            """;
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
