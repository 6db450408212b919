using System.Globalization;
using Daypass.Bench.Api;
using Daypass.Bench.Servers;
using Daypass.Service.Directories;
using Daypass.Service.Revocations;
using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;

namespace Daypass.Bench.Cases;

/// <summary>A second server on a copy of the installation that has revocations beside: of sessions, of ten accounts, the callers' among them.</summary>
internal static class Revoked
{
    public const int Count = 100_000;
    private const int Accounts = 10;
    private const int PutsInOneCommit = 5_000;

    public static async Task<DaypassServer> StartAsync(string data, string copy, Keys administrator, string account)
    {
        Copy(data, copy);
        await using (var store = SqliteStore.Open(copy, TimeProvider.System))
        {
            foreach (var part in Enumerable.Range(0, Count).Select(i => Put(i, account)).Chunk(PutsInOneCommit))
                await store.CommitAsync(new Commit { Id = $"revocations-{part[0].Key.Name}", Set = SetId.Installation, Puts = part }, CancellationToken.None);
        }
        var server = DaypassServer.Start(copy, administrator);
        server.Process.WaitUntilListening();
        return server;
    }

    private static Put Put(int number, string account)
    {
        var now = DateTimeOffset.UtcNow;
        var of = number % Accounts;
        var revocation = new Revocation
        {
            Account = of == 0 ? account : string.Create(CultureInfo.InvariantCulture, $"{600_000_000_000 + of}"),
            Kind = nameof(RevocationKind.Session),
            Target = string.Create(CultureInfo.InvariantCulture, $"ASIAEXAMPLE{number:D9}"),
            IssuedBefore = now,
            IsUpToNow = true,
            RevokedAt = now,
            RevokedAtRealTime = now,
            RevokedBy = $"arn:aws:iam::{account}:root",
        };
        return new Put(DocumentKinds.Revocation.KeyOf(revocation), DocumentKinds.Revocation.Write(revocation));
    }

    private static void Copy(string data, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(data).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        File.Copy(data + ".master.key", copy + ".master.key");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
