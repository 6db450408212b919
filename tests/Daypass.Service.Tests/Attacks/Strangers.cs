using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>What those who have no credentials can make the server do.</summary>
public sealed class Strangers
{
    [Fact]
    public async Task Unknown_keys_and_made_up_tokens_leave_no_record_each_and_no_failure()
    {
        await using var bench = await PipelineBench.StartAsync();
        string[] ids = ["", "x", "AKIAQEXAMPLEEXAMPLE2", "ASIAQEXAMPLEEXAMPLE2", "akiaqexampleexample2", "AKIA\u212AEXAMPLEEXAMPLE2", new('A', 100_000), "AKIA\0", "../../keys"];
        foreach (var id in ids)
        {
            foreach (var token in (string?[])[null, "", "AAAA", "!!!!", new('A', 4096), new('A', 100_000), "\u0661\u0661\u0661\u0661"])
                Assert.NotNull((await bench.CallAsync((id, "secretEXAMPLE", token), "CreateUser", ("UserName", "mallory"))).Error);
        }
        Assert.Empty(bench.Failures);
        Assert.Empty(await bench.TrailAsync());
    }

    [Fact]
    public async Task Random_keys_of_random_accounts_ask_the_store_nothing()
    {
        var calls = new ConcurrentQueue<string>();
        var store = new MemoryStore { IsExclusive = true };
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0 }, store: store);
        await bench.CallAsync("GetCallerIdentity");
        await bench.TrailAsync();
        store.OnCall = call =>
        {
            calls.Enqueue(call);
            return Task.CompletedTask;
        };
        var entropy = new SeededEntropy(7);
        foreach (var (prefix, token) in ((string, string?)[])[(AccessKeyId.LongTermPrefix, null), (AccessKeyId.TemporaryPrefix, "tokenEXAMPLE")])
        {
            for (var i = 0; i < 500; i++)
            {
                var id = Identifiers.AccessKey(prefix, Identifiers.Account(entropy), entropy);
                Assert.Equal("InvalidClientTokenId", (await bench.CallAsync((id, "secretEXAMPLE", token), "GetCallerIdentity")).Error!.Code);
            }
        }
        Assert.Empty(calls);
    }

    [Fact]
    public async Task A_stranger_who_knows_many_accounts_does_not_keep_others_waiting_for_theirs()
    {
        const int Extra = 40;
        var store = new MemoryStore { IsExclusive = true };
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0 }, store: store);
        var entropy = new SeededEntropy(9);
        AccountId[] accounts = [.. Enumerable.Range(0, ColdLoads.PerSource + Extra + 1).Select(number => AccountId.Of(300_000_000_000 + number))];
        foreach (var account in accounts)
            await bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{account}", Name = "One of many", Email = "a@example.com", Created = default });
        Task<ApiAnswer> NameAsync(AccountId account) => bench.CallAsync((Identifiers.AccessKey(AccessKeyId.LongTermPrefix, account, entropy), "secretEXAMPLE", null), "GetCallerIdentity");

        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.OnCall = call => call == "load" ? gate.Task : Task.CompletedTask;
        Task<ApiAnswer>[] flood = [.. accounts[..^1].Select(NameAsync)];
        var turnedAway = flood.Where(call => call.IsCompleted).Select(call => call.Result.Error!.Status).ToList();
        Assert.Equal(Enumerable.Repeat(503, Extra), turnedAway);
        bench.FromAnotherSource();
        var waiting = NameAsync(accounts[^1]);
        Assert.False(waiting.IsCompleted);
        gate.SetResult();
        Assert.Equal("InvalidClientTokenId", (await waiting).Error!.Code);
        Assert.Equal(ColdLoads.PerSource, (await Task.WhenAll(flood)).Count(answer => answer.Error!.Code == "InvalidClientTokenId"));
        // And its places are free again.
        Assert.Equal("InvalidClientTokenId", (await NameAsync(accounts[^1])).Error!.Code);
    }

    [Fact]
    public async Task However_many_strangers_come_a_node_of_many_looks_at_its_feed_as_it_does_anyway_and_loads_nothing()
    {
        var calls = new ConcurrentQueue<string>();
        var store = new MemoryStore();
        await using var bench = (await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0 }, store: store)).Following();
        await bench.CallAsync("GetCallerIdentity");
        await bench.TrailAsync();
        store.OnCall = call =>
        {
            calls.Enqueue(call);
            return Task.CompletedTask;
        };
        var entropy = new SeededEntropy(8);
        string[] ids = [.. Enumerable.Range(0, 200).Select(_ => Identifiers.AccessKey(AccessKeyId.LongTermPrefix, Identifiers.Account(entropy), entropy))];
        var answers = await Task.WhenAll(ids.Select(id => bench.CallAsync((id, "secretEXAMPLE", null), "GetCallerIdentity")));
        Assert.All(answers, answer => Assert.Equal("InvalidClientTokenId", answer.Error!.Code));
        Assert.DoesNotContain("load", calls);
        Assert.DoesNotContain("commit", calls);
        // Two hundred that came at once waited for one look, or for two if one had begun before they came.
        Assert.InRange(calls.Count(call => call == "feed"), 1, 20);
    }
}
