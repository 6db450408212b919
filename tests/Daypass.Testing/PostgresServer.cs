using System.Diagnostics;
using System.Globalization;

namespace Daypass.Testing;

/// <summary>
/// A real PostgreSQL server of its own, from Debian's programs, on a free loopback port and in a folder that lives as long as this object. It can be
/// stopped, killed and started again on what it left. Trusts every connection: it listens on loopback only.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> TheShared = new(StartSharedAsync);
    private readonly string _folder;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    /// <summary>The folder of Debian's server programs; null where they are not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    public int Port { get; }

    public string DataDirectory => Path.Combine(_folder, "data");

    /// <summary>One server for all tests of a process that only need a database of their own; it goes with the process.</summary>
    public static Task<PostgresServer> SharedAsync() => TheShared.Value;

    /// <summary>Makes a cluster and starts it. <paramref name="settings"/> are lines of postgresql.conf.</summary>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var server = new PostgresServer(NewFolder(), Ports.Take());
        await RunAsync("initdb", "-D", server.DataDirectory, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        await File.AppendAllLinesAsync(
            Path.Combine(server.DataDirectory, "postgresql.conf"),
            ["listen_addresses = '127.0.0.1'", $"port = {server.Port.ToString(CultureInfo.InvariantCulture)}", "unix_socket_directories = ''", "max_connections = 200", .. settings]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A streaming standby of this server, started.</summary>
    public async Task<PostgresServer> StartStandbyAsync(string applicationName, params string[] settings)
    {
        var standby = new PostgresServer(NewFolder(), Ports.Take());
        await RunAsync(
            "pg_basebackup", "-D", standby.DataDirectory, "-R", "-X", "stream", "-c", "fast", "--no-sync",
            "-d", $"host=127.0.0.1 port={Port.ToString(CultureInfo.InvariantCulture)} user=postgres application_name={applicationName}");
        await File.AppendAllLinesAsync(
            Path.Combine(standby.DataDirectory, "postgresql.conf"), [$"port = {standby.Port.ToString(CultureInfo.InvariantCulture)}", .. settings]);
        await standby.StartAgainAsync();
        return standby;
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database={database}";

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"t{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs SQL with psql and returns what it prints, unaligned and without headings.</summary>
    public Task<string> ExecuteAsync(string database, string sql) => RunAsync(
        "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", database, "-c", sql);

    public Task StartAgainAsync() => RunAsync("pg_ctl", "-D", DataDirectory, "-w", "-s", "-l", Path.Combine(_folder, "log"), "start");

    /// <summary>Ends all connections and stops; with <paramref name="immediately"/> as a crash does.</summary>
    public Task StopAsync(bool immediately = false) => RunAsync("pg_ctl", "-D", DataDirectory, "-w", "-s", "-m", immediately ? "immediate" : "fast", "stop");

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync() => RunAsync("pg_ctl", "-D", DataDirectory, "-w", "-s", "promote");

    /// <summary>As <c>kill -9</c> of all its processes; when it returns they are gone.</summary>
    public void Kill()
    {
        var file = Path.Combine(DataDirectory, "postmaster.pid");
        // What a killed server leaves may name a process that is somebody else's by now.
        if (!File.Exists(file) || File.ReadLines(file).First() is not { } id || !CommandLineOf(id).Contains(DataDirectory, StringComparison.Ordinal))
            return;
        // First it is made to stand still: else it would see its children die and begin to recover.
        Process.Start("kill", ["-STOP", id]).WaitForExit();
        var children = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(child => ParentOf(child!) == id).ToList();
        foreach (var process in (string[])[.. children!, id])
            Process.Start("kill", ["-KILL", process]).WaitForExit();
        SpinWait.SpinUntil(() => !children.Append(id).Any(process => Directory.Exists($"/proc/{process}")), TimeSpan.FromSeconds(10));
        // It would be taken for that of a running one.
        File.Delete(file);
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    // After the name, which may hold anything, in parentheses: the state, then the parent.
    private static string? ParentOf(string process) =>
        int.TryParse(process, CultureInfo.InvariantCulture, out _) && Read($"/proc/{process}/stat") is { Length: > 0 } state ? state.Split(") ")[^1].Split(' ')[1] : null;

    private static string CommandLineOf(string process) => Read($"/proc/{process}/cmdline");

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // PostgreSQL does not run as root: then its programs run as the user that Debian made for it.
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs ?? throw new InvalidOperationException("PostgreSQL's programs are not installed."), program);
        var start = new ProcessStartInfo(Environment.IsPrivilegedProcess ? "runuser" : path) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        if (Environment.IsPrivilegedProcess)
        {
            foreach (var argument in (string[])["-u", "postgres", "--", path])
                start.ArgumentList.Add(argument);
        }
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // It waits for a minute, else.
        start.Environment["PGCTLTIMEOUT"] = "300";
        // A server that pg_ctl starts keeps the output open: it must not be waited for.
        var detached = program == "pg_ctl";
        if (detached)
            start.RedirectStandardOutput = start.RedirectStandardError = false;
        using var process = Process.Start(start)!;
        var output = detached ? Task.FromResult("") : process.StandardOutput.ReadToEndAsync();
        var errors = detached ? Task.FromResult("") : process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {await errors}");
    }

    private static async Task<PostgresServer> StartSharedAsync()
    {
        // What these tests want to know is not whether this machine's disk keeps its word.
        var server = await StartAsync("fsync = off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill();
            Directory.Delete(server._folder, recursive: true);
        };
        return server;
    }

    private static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("daypass-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
            Process.Start("chown", ["postgres", folder]).WaitForExit();
        return folder;
    }
}
