using System.Globalization;
using Daypass.Names;
using Daypass.Service.Pipeline;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>What PostgreSQL itself counts while strangers come with keys and accounts that they made up.</summary>
public sealed class StrangersAndTheDatabase : IDisposable
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(4);

    // What a busy machine may take for as many calls as mean anything.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-strangers-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Random_keys_of_random_accounts_cause_no_database_query()
    {
        var postgres = await PostgresServer.SharedAsync();
        var store = await postgres.CreateDatabaseAsync();
        var file = Path.Combine(_folder, "store");
        await File.WriteAllTextAsync(file, store);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        await using var server = await DaypassServer.StartAsync("--init", "--store", "@" + file, "--refusals-per-source", "0");
        await server.Administrator.StsAsync("GetCallerIdentity");
        var database = store.Split("Database=")[1];
        var entropy = new Random(7);

        var idle = await TransactionsAsync(postgres, database, () => Task.Delay(Watched));
        var calls = 0;
        var flooded = await TransactionsAsync(postgres, database, async () =>
        {
            var started = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
            {
                while (TimeProvider.System.GetElapsedTime(started) < Watched || (Volatile.Read(ref calls) <= 100 && TimeProvider.System.GetElapsedTime(started) < Longest))
                {
                    var id = Identifiers.AccessKey(worker % 2 == 0 ? AccessKeyId.LongTermPrefix : AccessKeyId.TemporaryPrefix, AccountId.Of(entropy.NextInt64(1, 999_999_999_999)), new Chance(entropy));
                    var reply = await server.Client(id, "secretEXAMPLE", worker % 2 == 0 ? null : "AAAAEXAMPLE").StsAsync("GetCallerIdentity");
                    // A busy machine may make the node wait for its look at the feed in vain: then it is told to come again.
                    Assert.Contains(reply.ErrorCode, (string[])["InvalidClientTokenId", "ServiceUnavailable"]);
                    Interlocked.Increment(ref calls);
                }
            }));
        });
        // The feed is looked at five times a second, and a node reports itself, with and without strangers.
        Assert.True(calls > 100, $"{calls} calls only");
        Assert.True(flooded <= (idle * 1.5) + 5, $"{flooded:0.0} transactions a second with {calls} calls of strangers, {idle:0.0} without");
    }

    // A second of it, as on a busy machine one of the two takes longer.
    private static async Task<double> TransactionsAsync(PostgresServer postgres, string database, Func<Task> meanwhile)
    {
        var (before, began) = (await CountAsync(postgres, database), TimeProvider.System.GetTimestamp());
        await meanwhile();
        return (await CountAsync(postgres, database) - before) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    // A backend tells its numbers a second late.
    private static async Task<long> CountAsync(PostgresServer postgres, string database)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        return long.Parse(await postgres.ExecuteAsync("postgres", $"SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '{database}'"), CultureInfo.InvariantCulture);
    }

    private sealed class Chance(Random random) : IEntropy
    {
        public void Fill(Span<byte> bytes)
        {
            lock (random)
                random.NextBytes(bytes);
        }
    }
}
