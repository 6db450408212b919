using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Daypass.Testing;

/// <summary>
/// A real LDAP directory of its own (Debian's slapd) on free loopback ports and in a folder that lives as long as this object, with a few people and
/// groups. Only its lookup account may search it. It goes with the process that started it.
/// </summary>
public sealed class SlapdServer : IAsyncDisposable
{
    public const string BindDn = "cn=lookup,dc=example,dc=com";
    public const string BindPassword = "EXAMPLE-lookup-password";
    public const string People = "ou=people,dc=example,dc=com";
    public const string Groups = "ou=groups,dc=example,dc=com";

    private const string Program = "/usr/sbin/slapd";
    private readonly string _folder;
    private readonly LoopbackAuthority _authority = new();
    private Process? _process;

    private SlapdServer(string folder, int plain, int tls) => (_folder, PlainPort, TlsPort) = (folder, plain, tls);

    /// <summary>Whether Debian's package is here.</summary>
    public static bool IsInstalled { get; } = File.Exists(Program);

    public int PlainPort { get; }

    public int TlsPort { get; }

    /// <summary>For StartTLS, too.</summary>
    public string PlainUrl => $"ldap://127.0.0.1:{PlainPort.ToString(CultureInfo.InvariantCulture)}";

    public string TlsUrl => $"ldaps://127.0.0.1:{TlsPort.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The certificate of the authority that alone vouches for it.</summary>
    public string Authority => _authority.Pem;

    public static string PasswordOf(string user) => $"EXAMPLE-{user}-password";

    public static async Task<SlapdServer> StartAsync()
    {
        var server = new SlapdServer(Directory.CreateTempSubdirectory("daypass-slapd-").FullName, Ports.Take(), Ports.Take());
        await server.WriteAsync();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program, ["-d", "0", "-f", ConfigurationFile, "-h", $"{PlainUrl} {TlsUrl}"]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (var tries = 0; !await AnswersAsync(); tries++)
        {
            if (_process.HasExited || tries > 600)
                throw new InvalidOperationException("slapd did not start.");
            await Task.Delay(100);
        }
    }

    public async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>It stands still, with its ports open; <see cref="GoOn"/> ends that.</summary>
    public Task HangAsync() => SignalAsync("STOP");

    public Task GoOnAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string ConfigurationFile => Path.Combine(_folder, "slapd.conf");

    private async Task WriteAsync()
    {
        var (certificate, key) = _authority.Issue(IPAddress.Loopback);
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.pem"), certificate + "\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.key"), key + "\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.pem"), Authority + "\n");
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        await File.WriteAllTextAsync(ConfigurationFile, $"""
            include /etc/ldap/schema/core.schema
            include /etc/ldap/schema/cosine.schema
            include /etc/ldap/schema/inetorgperson.schema
            modulepath /usr/lib/ldap
            moduleload back_mdb
            pidfile {_folder}/slapd.pid
            TLSCertificateFile {_folder}/server.pem
            TLSCertificateKeyFile {_folder}/server.key
            TLSCACertificateFile {_folder}/ca.pem
            access to attrs=userPassword by anonymous auth by * none
            access to * by dn.exact="{BindDn}" read by * none
            database mdb
            suffix "dc=example,dc=com"
            directory {_folder}/data
            maxsize 10485760

            """);
        var people = Path.Combine(_folder, "people.ldif");
        await File.WriteAllTextAsync(people, SlapdEntries.Ldif);
        using var add = Process.Start(new ProcessStartInfo("/usr/sbin/slapadd", ["-f", ConfigurationFile, "-l", people]) { RedirectStandardError = true })!;
        var said = await add.StandardError.ReadToEndAsync();
        await add.WaitForExitAsync();
        if (add.ExitCode != 0)
            throw new InvalidOperationException($"slapadd failed: {said}");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var plain = new TcpClient();
            await plain.ConnectAsync(IPAddress.Loopback, PlainPort);
            using var tls = new TcpClient();
            await tls.ConnectAsync(IPAddress.Loopback, TlsPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
