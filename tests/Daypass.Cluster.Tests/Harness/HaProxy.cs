using System.Diagnostics;
using System.Globalization;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Debian's HAProxy before all nodes: each request goes to the next node, and a node that is not ready gets none.</summary>
public sealed class HaProxy : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-haproxy-").FullName;
    private Process? _process;

    public Uri Endpoint { get; private set; } = null!;

    public static async Task<HaProxy> StartAsync(DaypassCluster cluster)
    {
        var proxy = new HaProxy();
        var port = Ports.Take();
        var file = Path.Combine(proxy._folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, Configuration(port, cluster));
        proxy._process = Process.Start(new ProcessStartInfo(Programs.HaProxy!, ["-db", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        proxy._process.BeginErrorReadLine();
        proxy._process.BeginOutputReadLine();
        proxy.Endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await proxy.ReadyAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        if (_process is not null)
            await _process.WaitForExitAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(int port, DaypassCluster cluster) => string.Create(CultureInfo.InvariantCulture, $"""
        defaults
          mode http
          timeout connect 10s
          timeout check 10s
          timeout client 60s
          timeout server 60s
          option redispatch
        frontend daypass
          bind 127.0.0.1:{port}
          default_backend nodes
        backend nodes
          balance roundrobin
          option httpchk GET /health/ready
          http-check expect status 200
          default-server check inter 500 fall 2 rise 1
        {string.Join('\n', cluster.Nodes.Select(node => $"  server node{node.Number} 127.0.0.1:{node.Server.Endpoint.Port}"))}

        """);

    private async Task ReadyAsync()
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            try
            {
                if ((await http.GetAsync(new Uri(Endpoint, "/health/ready"))).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException("HAProxy did not begin.");
    }
}
