using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Daypass.Cli.Http;

namespace Daypass.Cli.Tour;

/// <summary>A server that the tour started: its output goes to a file, and it ends with the tour.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly string _name;

    private ChildProcess(string name, Process process, string logFile)
    {
        (_name, _process, _log) = (name, process, new StreamWriter(logFile) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>A port of the loopback interface that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static ChildProcess Start(string name, string dll, IEnumerable<string> arguments, string logFile, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(logFile),
        };
        foreach (var (variable, value) in variables ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return new ChildProcess(name, new Process { StartInfo = start }, logFile);
    }

    /// <summary>Waits until the address answers anything at all.</summary>
    /// <exception cref="BrokenPromiseException">The process ended, or does not answer in time.</exception>
    public async Task WaitUntilReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var sender = new SignedSender(null, "", TimeProvider.System);
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Patience && !_process.HasExited)
        {
            try
            {
                using var response = await sender.SendAsync(new OutgoingRequest("GET", address, []), "", cancellationToken);
                return;
            }
            catch (CommandException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
        throw new BrokenPromiseException(_process.HasExited ? $"{_name} ended with exit code {_process.ExitCode} before it was ready." : $"{_name} does not answer at {address}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        lock (_log)
            _log.Dispose();
    }

    private void Log(string? line)
    {
        if (line is null)
            return;
        lock (_log)
        {
            if (_log.BaseStream is not null)
                _log.WriteLine(line);
        }
    }
}
