using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;

namespace Daypass.Bench.Scale;

/// <summary>Writes the big installation straight into the store of a data directory that no server has open.</summary>
internal sealed class Seed(IStore store, string operatorAccount)
{
    /// <summary>The account with many users, each with a key.</summary>
    public static readonly AccountId Big = AccountId.Of(200_000_000_001);

    /// <summary>As many users that have no key.</summary>
    public static readonly AccountId Keyless = AccountId.Of(200_000_000_002);

    public const int BigRoles = 10;
    private const int SmallUsers = 3;
    private const int SmallRoles = 2;
    private const int PutsInOneCommit = 10_000;
    private const int AtOnce = 64;
    private int _commits;

    public static AccountId Small(int number) => AccountId.Of(300_000_000_000 + number);

    public static async Task WriteAsync(string dataDirectory, string operatorAccount, ScaleSettings settings)
    {
        await using var store = SqliteStore.Open(dataDirectory, TimeProvider.System);
        var seed = new Seed(store, operatorAccount);
        await seed.SmallAccountsAsync(settings.Accounts);
        await seed.BigAccountAsync(Big, settings.Users, hasKeys: true);
        await seed.BigAccountAsync(Keyless, settings.Users, hasKeys: false);
    }

    private async Task SmallAccountsAsync(int count)
    {
        var accounts = Enumerable.Range(0, count).Select(i => (Id: Small(i), Seeded: new SeededAccount(Small(i), operatorAccount))).ToList();
        await RegisterAsync(accounts.Select(account => account.Seeded));
        await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (account, _) => await CommitAsync(
            SetId.Of(account.Id), [.. account.Seeded.Frame(SmallRoles), .. Enumerable.Range(0, SmallUsers).SelectMany(i => account.Seeded.User(i, hasKey: true))]));
    }

    private async Task BigAccountAsync(AccountId account, int users, bool hasKeys)
    {
        var seeded = new SeededAccount(account, operatorAccount);
        await RegisterAsync([seeded]);
        var puts = seeded.Frame(BigRoles).Concat(Enumerable.Range(0, users).SelectMany(i => seeded.User(i, hasKeys)));
        foreach (var part in puts.Chunk(PutsInOneCommit))
            await CommitAsync(SetId.Of(account), part);
    }

    private Task RegisterAsync(IEnumerable<SeededAccount> accounts) => CommitAsync(
        SetId.Installation, [.. accounts.Select(account => new Put(DocumentKinds.Account.KeyOf(account.Registration), DocumentKinds.Account.Write(account.Registration)))]);

    private async Task CommitAsync(SetId set, IReadOnlyList<Put> puts)
    {
        var result = await store.CommitAsync(new Commit { Id = $"seed-{Interlocked.Increment(ref _commits)}", Set = set, Puts = puts }, CancellationToken.None);
        if (result.Outcome != CommitOutcome.Committed)
            throw new InvalidOperationException($"Seeding {set}: {result.Outcome}.");
    }
}
