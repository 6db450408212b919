using Daypass.Bench.Api;
using Daypass.Bench.Cases;
using Daypass.Names;

namespace Daypass.Bench.Scale;

/// <summary>Who calls in the big installation: the operator enters an account by its role and makes keys for users that are there.</summary>
internal sealed class BigCallers(ApiClient client, ScaleSettings settings)
{
    private const int AtOnce = 16;

    public ApiClient Client { get; } = client;

    /// <summary>A session in an account.</summary>
    public async Task<Keys> EnterAsync(AccountId account) => ApiClient.KeysIn(await Client.StsAsync(
        "AssumeRole", ("RoleArn", $"arn:aws:iam::{account}:role/{SeededAccount.AccessRole}"), ("RoleSessionName", "bench")));

    /// <summary>The operator's first call into an account, which must come into memory for it, and the next.</summary>
    public async Task<FirstAndNext> ColdAsync(AccountId account) =>
        new(await ScaleRun.TimeAsync(() => EnterAtLastAsync(account)), await ScaleRun.TimeAsync(() => EnterAsync(account)));

    // While an account loads for longer than a call may wait, the answer is 503, and clients try again.
    private async Task EnterAtLastAsync(AccountId account)
    {
        while (true)
        {
            try
            {
                await EnterAsync(account);
                return;
            }
            catch (InvalidOperationException e) when (e.Message.Contains("ServiceUnavailable", StringComparison.Ordinal))
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The same for small accounts, one after the other, from the far end: those that nobody else calls.</summary>
    public async Task<FirstAndNext> ColdSmallAsync()
    {
        var times = new List<FirstAndNext>();
        for (var i = 0; i < settings.ColdAccounts; i++)
            times.Add(await ColdAsync(Seed.Small(settings.Accounts - 1 - i)));
        return new FirstAndNext(ScaleRun.Median(times.Select(time => time.First)), ScaleRun.Median(times.Select(time => time.Next)));
    }

    /// <summary>Users that are spread over the whole big account, from one on; a user can have one more key.</summary>
    public async Task<Population> OfBigAccountAsync(int count, int first)
    {
        var session = await EnterAsync(Seed.Big);
        var step = settings.Users / count;
        var keys = await MakeAsync(count, i => KeyOfAsync(session, SeededAccount.UserName(first + (i * step))));
        return new Population(Seed.Big.ToString(), keys, [.. Enumerable.Range(0, Seed.BigRoles).Select(role => SeededAccount.RoleArn(Seed.Big, role))], []);
    }

    /// <summary>One user in each of many accounts, and a role of the same account for each.</summary>
    public async Task<Population> OfManyAccountsAsync()
    {
        var keys = await MakeAsync(settings.WarmAccounts, async i => await KeyOfAsync(await EnterAsync(Seed.Small(i)), SeededAccount.UserName(0)));
        return new Population("", keys, [.. Enumerable.Range(0, settings.WarmAccounts).Select(i => SeededAccount.RoleArn(Seed.Small(i), 0))], []);
    }

    private async Task<Keys> KeyOfAsync(Keys session, string user) => ApiClient.KeysIn(await Client.IamAsync(session, "CreateAccessKey", ("UserName", user)));

    private static async Task<Keys[]> MakeAsync(int count, Func<int, Task<Keys>> make)
    {
        var keys = new Keys[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => keys[i] = await make(i));
        return keys;
    }
}
