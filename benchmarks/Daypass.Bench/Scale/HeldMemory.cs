using System.Diagnostics;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;

namespace Daypass.Bench.Scale;

/// <summary>What the directory of an account holds: bytes of live objects, after the garbage is gone.</summary>
/// <param name="Loaded">As it was read.</param>
/// <param name="Used">When every key has been looked up and every user's policies have been asked for.</param>
/// <param name="Estimated">What the server itself takes it for.</param>
/// <param name="LoadMilliseconds">From the store to the directory.</param>
internal sealed record HeldMemory(double Loaded, double Used, double Estimated, double LoadMilliseconds)
{
    public static async Task<HeldMemory> MeasureAsync(IStore store, AccountId account)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var directory = await LoadAsync(store, account);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var loaded = GC.GetTotalMemory(forceFullCollection: true) - before;
        Use(directory);
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        var held = new HeldMemory(loaded, used, directory.Documents.Bytes, elapsed);
        GC.KeepAlive(directory);
        return held;
    }

    public HeldMemory Each(int users) => new(Loaded / users, Used / users, Estimated / users, LoadMilliseconds);

    // By itself, so that nothing of what it read stays on the stack.
    private static async Task<AccountDirectory> LoadAsync(IStore store, AccountId account)
    {
        var set = await store.LoadAsync(SetId.Of(account), CancellationToken.None);
        return new AccountDirectory(account, Service.Directories.Documents.From(set!));
    }

    private static void Use(AccountDirectory directory)
    {
        foreach (var user in directory.Documents.All(DocumentKinds.User))
            directory.PoliciesOf(user);
        foreach (var key in directory.Documents.All(DocumentKinds.AccessKey))
            directory.FindHolder(key.Id);
    }
}
