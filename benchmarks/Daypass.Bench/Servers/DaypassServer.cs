using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Daypass.Bench.Api;

namespace Daypass.Bench.Servers;

/// <summary>Daypass itself on a data directory of its own, started as an operator starts it; only the limits of writes and lookups are off.</summary>
internal sealed class DaypassServer : IDisposable
{
    private const int FrameHeader = 16;
    private const int SegmentHeader = 32;

    private DaypassServer(ServerProcess process, string folder, Keys administrator)
    {
        (Process, Folder, Administrator) = (process, folder, administrator);
        Client = new ApiClient(process.Address, administrator);
    }

    public ServerProcess Process { get; }

    public string Folder { get; }

    public Keys Administrator { get; }

    public ApiClient Client { get; }

    /// <summary>Keys for a first start's administrator.</summary>
    public static Keys NewAdministrator() => new("AKIABENCHADMINISTRATOR", Convert.ToHexString(RandomNumberGenerator.GetBytes(20)));

    public static DaypassServer Start(string folder, Keys administrator) => new(
        ServerProcess.Start(
            "src/Daypass.Server",
            port => ["--urls", $"http://127.0.0.1:{port}", "--data-dir", folder, "--writes-per-account", "0", "--lookups-per-account", "0", "--federation-networks", "127.0.0.1/32"],
            new Dictionary<string, string>
            {
                ["DAYPASS_BOOTSTRAP_ACCESS_KEY_ID"] = administrator.Id,
                ["DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY"] = administrator.Secret,
            }),
        folder, administrator);

    /// <summary>Waits until no audit event is left that the store does not have.</summary>
    public async Task DrainAsync()
    {
        while (true)
        {
            using var health = JsonDocument.Parse(await Client.GetAsync("/health"));
            if (health.RootElement.GetProperty("auditBacklogBytes").GetInt64() == 0)
                return;
            await Task.Delay(5);
        }
    }

    /// <summary>The bytes that the newest audit event takes in the journal, frame and all.</summary>
    public int LastEventBytes()
    {
        var newest = Directory.GetFiles(Path.Combine(Folder, "journal"), "*.journal").Order(StringComparer.Ordinal).Last();
        using var file = new FileStream(newest, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new BinaryReader(file);
        var last = 0;
        for (long at = SegmentHeader; at + FrameHeader < file.Length; at += last)
        {
            file.Position = at;
            if (reader.ReadInt32() is not (> 0 and var payload))
                break;
            last = payload + FrameHeader;
        }
        return last;
    }

    /// <summary>Milliseconds from a start on a populated data directory to the first signed answer.</summary>
    public static double TimeToFirstAnswer(string folder, Keys administrator)
    {
        var start = Stopwatch.GetTimestamp();
        using var server = Start(folder, administrator);
        server.Process.WaitUntilListening();
        var request = SignedRequest.Post(server.Process.Address, administrator, "sts", ApiClient.Form("2011-06-15", "GetCallerIdentity"), DateTimeOffset.UtcNow);
        Load.ClosedLoop.Run(server.Process.Port, 1, [request]);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
    }
}
