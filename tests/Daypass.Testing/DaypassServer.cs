using System.Globalization;

namespace Daypass.Testing;

/// <summary>
/// The built server as a process of its own, on a free loopback port, with a data directory that lives as long as this object. It can be
/// stopped, killed and started again on what it left.
/// </summary>
public sealed class DaypassServer : IAsyncDisposable
{
    public const string Account = "111122223333";
    public const string AccessKeyId = "daypass-test-admin";
    public const string Secret = "EXAMPLE-secret-of-the-test-administrator";

    private readonly string[] _arguments;
    private readonly string _folder;
    private ChildProgram _program;

    private DaypassServer(string folder, string[] arguments, ChildProgram program, Uri endpoint)
    {
        _folder = folder;
        _arguments = arguments;
        _program = program;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; private set; }

    public string DataDirectory => Path.Combine(_folder, "data");

    public int ProcessId => _program.Id;

    public string Output => _program.Output;

    /// <summary>The administrator of the first account.</summary>
    public SigningClient Administrator => new(Endpoint, AccessKeyId, Secret);

    public static async Task<DaypassServer> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("daypass-test-").FullName;
        var (program, endpoint) = await StartAsync(folder, arguments, Ports.Take());
        return new DaypassServer(folder, arguments, program, endpoint);
    }

    public SigningClient Client(string accessKeyId, string secret, string? token = null) => new(Endpoint, accessKeyId, secret, token);

    /// <summary>Starts again on the same data, and on the same port.</summary>
    public async Task RestartAsync() => (_program, Endpoint) = await StartAsync(_folder, _arguments, Endpoint.Port);

    /// <summary>Stops it and starts it again on the same folder with other options.</summary>
    public async Task RestartAsync(params string[] arguments)
    {
        await StopAsync();
        (_program, Endpoint) = await StartAsync(_folder, arguments, Endpoint.Port);
    }

    public Task<int> StopAsync() => _program.StopAsync();

    public void Kill() => _program.Kill();

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<(ChildProgram Program, Uri Endpoint)> StartAsync(string folder, string[] arguments, int port)
    {
        var program = ChildProgram.Start(
            Checkout.ServerProgram,
            ["--data-dir", Path.Combine(folder, "data"), "--urls", $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", .. arguments],
            new Dictionary<string, string>
            {
                ["DAYPASS_BOOTSTRAP_ACCOUNT_ID"] = Account,
                ["DAYPASS_BOOTSTRAP_ACCESS_KEY_ID"] = AccessKeyId,
                ["DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY"] = Secret,
            });
        var ready = await program.WaitForAsync(" is ready on ", TimeSpan.FromMinutes(3));
        var url = ready.Split(" is ready on ")[1].Split(' ')[0].TrimEnd(',');
        return (program, new Uri(url));
    }
}
