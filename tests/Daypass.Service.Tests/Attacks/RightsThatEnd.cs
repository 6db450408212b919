using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>A caller loses its rights while its call is under way: what it then still writes, it may not write.</summary>
public sealed class RightsThatEnd
{
    private static readonly SetId Home = SetId.Of(PipelineBench.Account);

    private static readonly Dictionary<string, Func<PipelineBench, Task<Commit>>> Endings = new()
    {
        ["its policy is detached"] = async bench => Putting(DocumentKinds.User, (await AdminAsync(bench)) with { Attached = [] }),
        ["a denial is put"] = async bench => Putting(DocumentKinds.User, (await AdminAsync(bench)) with { Inline = [new InlinePolicy("stop", Statement("Deny"))] }),
        ["its key is deactivated"] = async bench => Putting(DocumentKinds.AccessKey, (await AdminKeyAsync(bench)) with { IsActive = false }),
        ["its key is deleted"] = async bench => Deleting(DocumentKinds.AccessKey, await AdminKeyAsync(bench)),
        ["it is deleted"] = async bench => Deleting(DocumentKinds.User, await AdminAsync(bench)),
    };

    public static TheoryData<string> Ways => [.. Endings.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_write_whose_callers_rights_end_before_its_commit_is_refused(string because)
    {
        await using var bench = await PipelineBench.StartAsync();
        var ending = await Endings[because](bench);
        BeforeTheCommitOf("CreateUser", bench, ending);

        var answer = await bench.CallAsync("CreateUser", ("UserName", "mallory"));

        Assert.Contains(answer.Error?.Code, (string[])["AccessDenied", "InvalidClientTokenId"]);
        Assert.Null((await bench.HomeAsync()).FindUser("mallory"));
    }

    [Fact]
    public async Task So_is_one_whose_caller_leaves_its_group_or_whose_groups_policy_changes()
    {
        await using var bench = await PipelineBench.StartAsync();
        var policy = new ManagedPolicy
        {
            Name = "power", Path = "/", Id = "ANPAEXAMPLE", Created = default, Updated = default, DefaultVersion = "v1", Versions = [new PolicyVersion("v1", default, Statement("Allow"))],
        };
        var group = new Group { Name = "ops", Path = "/", Id = "AGPAEXAMPLE", Created = default, Attached = [policy.ArnIn($"{PipelineBench.Account}").ToString()] };
        await bench.PutAsync(Home, DocumentKinds.Policy, policy);
        await bench.PutAsync(Home, DocumentKinds.Group, group);
        await bench.PutAsync(Home, DocumentKinds.User, (await AdminAsync(bench)) with { Attached = [], Groups = [group.Id] });

        BeforeTheCommitOf("CreateUser", bench, Putting(DocumentKinds.Policy, policy with { DefaultVersion = "v2", Versions = [new PolicyVersion("v2", default, Statement("Deny"))] }));
        Assert.Equal("AccessDenied", (await bench.CallAsync("CreateUser", ("UserName", "mallory"))).Error?.Code);

        await bench.PutAsync(Home, DocumentKinds.Policy, policy);
        BeforeTheCommitOf("CreateUser", bench, Putting(DocumentKinds.Group, group with { Attached = [] }));
        Assert.Equal("AccessDenied", (await bench.CallAsync("CreateUser", ("UserName", "mallory"))).Error?.Code);
        Assert.Null((await bench.HomeAsync()).FindUser("mallory"));
    }

    [Fact]
    public async Task Rights_that_end_between_proof_and_decision_do_not_decide()
    {
        var clock = new InterruptedClock();
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0 }, clock);
        var admin = await AdminAsync(bench);
        // The account's rate is looked at right behind the proof.
        clock.Interrupt = () => bench.PutAsync(Home, DocumentKinds.User, admin with { Attached = [] }).Wait();

        var answer = await bench.CallAsync("CreateUser", ("UserName", "mallory"));

        Assert.Null(clock.Interrupt);
        Assert.Equal("AccessDenied", answer.Error?.Code);
        Assert.Null((await bench.HomeAsync()).FindUser("mallory"));
    }

    [Fact]
    public async Task A_write_that_is_tried_again_is_charged_once_and_recorded_once()
    {
        // A burst of two writes.
        await using var bench = await PipelineBench.StartAsync(new ThrottleOptions { WritesPerAccount = 0.2 });
        var conflicts = 3;
        bench.Store.BeforeCommit = commit =>
        {
            if (commit.Audit.Count == 0 || conflicts-- <= 0)
                return;
            var guard = commit.Reads.First(read => read.Key.Kind == "guard").Key;
            _ = bench.Store.CommitAsync(new Commit { Id = $"conflict-{conflicts}", Set = commit.Set, Puts = [new Put(guard, "{}"u8.ToArray())] }, default).AsTask();
        };

        Assert.Null((await bench.CallAsync("CreateUser", ("UserName", "alice"))).Error);
        Assert.True(conflicts < 0);
        Assert.Null((await bench.CallAsync("CreateUser", ("UserName", "bob"))).Error);
        Assert.Equal("Throttling", (await bench.CallAsync("CreateUser", ("UserName", "carol"))).Error?.Code);
        Assert.Equal(["alice", "bob"], (await bench.TrailAsync()).Where(record => record["errorCode"] is null).Select(record => record["requestParameters"]!["userName"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_proven_callers_write_that_the_store_cannot_take_is_answered_503_and_recorded()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Store.BeforeCommit = commit => throw new StoreUnavailableException("The disk is full.");
        var answer = await bench.CallAsync("CreateUser", ("UserName", "alice"));
        bench.Store.BeforeCommit = _ => { };

        Assert.Equal(503, answer.Error?.Status);
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal("ServiceUnavailable", record["errorCode"]!.GetValue<string>());
        Assert.Equal("alice", record["requestParameters"]!["userName"]!.GetValue<string>());
    }

    private static void BeforeTheCommitOf(string action, PipelineBench bench, Commit ending)
    {
        var isOver = false;
        bench.Store.BeforeCommit = commit =>
        {
            if (isOver || commit.Audit.All(record => record.EventName != action))
                return;
            isOver = true;
            _ = bench.Store.CommitAsync(ending with { Id = $"{ending.Id}-{bench.Store.Commits}" }, default).AsTask();
        };
    }

    private static async Task<User> AdminAsync(PipelineBench bench) => (await bench.HomeAsync()).FindUser("admin")!;

    private static async Task<AccessKey> AdminKeyAsync(PipelineBench bench) => (await bench.HomeAsync()).AccessKeysOf(await AdminAsync(bench)).Single();

    private static Commit Putting<T>(DocumentKind<T> kind, T value)
        where T : class => new() { Id = "ending", Set = Home, Puts = [new Put(kind.KeyOf(value), kind.Write(value))] };

    private static Commit Deleting<T>(DocumentKind<T> kind, T value)
        where T : class => new() { Id = "ending", Set = Home, Deletes = [kind.KeyOf(value)] };

    private static string Statement(string effect) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"*","Resource":"*"}]}""";

    /// <summary>Does something the next time that it is asked for the time.</summary>
    private sealed class InterruptedClock : TimeProvider
    {
        private Action? _interrupt;

        public Action? Interrupt
        {
            get => _interrupt;
            set => _interrupt = value;
        }

        public override long GetTimestamp()
        {
            Interlocked.Exchange(ref _interrupt, null)?.Invoke();
            return base.GetTimestamp();
        }
    }
}
