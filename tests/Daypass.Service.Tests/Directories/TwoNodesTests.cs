using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daypass.Leases;
using Daypass.Service.Actions.Daypass;
using Daypass.Service.Actions.Iam.AccessKeys;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Signing;

namespace Daypass.Service.Tests.Directories;

/// <summary>What is written at one node is true at the other by the time the first has answered, for clients that know nothing of nodes.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private readonly MemoryStore _store = new();
    private PipelineBench _a = null!;
    private PipelineBench _b = null!;

    public async Task InitializeAsync()
    {
        _a = await PipelineBench.StartAsync(store: _store);
        _b = await PipelineBench.JoinAsync(_store);
        await _b.CallAsync("GetCallerIdentity");
    }

    public async Task DisposeAsync()
    {
        _store.OnCall = _ => Task.CompletedTask;
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_made_at_one_node_signs_at_the_other_at_once(bool hasNews)
    {
        _store.HasNews = hasNews;
        for (var round = 0; round < 5; round++)
        {
            var key = await MakeUserAsync($"user{round}");
            Assert.Null((await _b.CallAsync(key, "GetCallerIdentity")).Error);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_made_at_one_node_shows_at_the_other_at_once(bool hasNews)
    {
        _store.HasNews = hasNews;
        Good(await _a.CallAsync("CreateUser", ("UserName", "ada")));
        Good(await _b.CallAsync("GetUser", ("UserName", "ada")));
        for (var round = 0; round < 10; round++)
        {
            Good(await _a.CallAsync("UpdateUser", ("UserName", "ada"), ("NewPath", $"/{round}/")));
            Good(await _b.CallAsync("ListUsers", ("PathPrefix", $"/{round}/")));
            Assert.Equal($"/{round}/", (await _b.HomeAsync()).FindUser("ada")!.Path);
        }
    }

    [Fact]
    public async Task A_key_deleted_at_one_node_is_refused_at_the_other_by_what_the_hint_said()
    {
        for (var round = 0; round < 5; round++)
        {
            var key = await MakeUserAsync($"user{round}");
            Good(await _b.CallAsync(key, "GetCallerIdentity"));
            Good(await _a.CallAsync("DeleteAccessKey", ("UserName", $"user{round}"), ("AccessKeyId", key.Id)));
            Assert.Equal("InvalidClientTokenId", (await _b.CallAsync(key, "GetCallerIdentity")).Error?.Code);
        }
    }

    [Fact]
    public async Task Two_writers_that_know_different_things_of_one_user_lose_neither_change()
    {
        _store.HasNews = false;
        Good(await _a.CallAsync("CreateUser", ("UserName", "ada")));
        for (var round = 0; round < 10; round++)
        {
            Good(await _a.CallAsync("TagUser", ("UserName", "ada"), ("Tags.member.1.Key", $"a{round}"), ("Tags.member.1.Value", "x")));
            Good(await _b.CallAsync("TagUser", ("UserName", "ada"), ("Tags.member.1.Key", $"b{round}"), ("Tags.member.1.Value", "x")));
        }
        Good(await _a.CallAsync("ListUserTags", ("UserName", "ada")));
        string[] tags = [.. Enumerable.Range(0, 10).SelectMany(round => (string[])[$"a{round}", $"b{round}"]).Order(StringComparer.Ordinal)];
        Assert.Equal(tags, (await _a.HomeAsync()).FindUser("ada")!.Tags.Select(tag => tag.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task While_the_store_is_away_what_is_here_serves_what_is_not_is_503_and_nothing_is_written()
    {
        var key = await MakeUserAsync("ada");
        Good(await _b.CallAsync(key, "GetCallerIdentity"));
        Good(await _b.CallAsync("GetUser", ("UserName", "ada")));
        _store.OnCall = ViewTimeTests.Away;

        // First, as a denial waits for some seconds only.
        Unavailable(await _b.CallAsync(key, "AssumeRole", Nobody));
        Good(await _b.CallAsync(key, "GetCallerIdentity"));
        Good(await _b.CallAsync("GetUser", ("UserName", "ada")));
        Unavailable(await _b.CallAsync("GetUser", ("UserName", "bob")));
        Unavailable(await _b.CallAsync("CreateUser", ("UserName", "bob")));
        Unavailable(await _b.CallAsync(("AKIAQEXAMPLEEXAMPLE2", "secretEXAMPLE", null), "GetCallerIdentity"));
    }

    [Fact]
    public async Task A_node_that_has_lost_the_store_shows_nothing_old_once_another_has_found_it_again()
    {
        Good(await _b.CallAsync("ListUsers"));
        _store.HasNews = false;
        _store.OnCall = ViewTimeTests.Away;
        Assert.False(await _b.Directories.View.ReadSinceAsync(TimeProvider.System.GetTimestamp()));
        Assert.True(_b.Directories.View.IsAway);

        // The store is back. The other node finds that out first, and writes.
        _store.OnCall = _ => Task.CompletedTask;
        Good(await _a.CallAsync("CreateUser", ("UserName", "ada")));
        Good(await _b.CallAsync("ListUsers"));
        Assert.NotNull((await _b.HomeAsync()).FindUser("ada"));
    }

    [Fact]
    public async Task A_denial_waits_out_a_slow_moment_of_the_store_and_stands_in_an_outage()
    {
        var key = await MakeUserAsync("ada");
        Good(await _a.CallAsync(key, "GetCallerIdentity"));
        Assert.Equal("AccessDenied", (await _a.CallAsync(key, "AssumeRole", Nobody)).Error?.Code);
        _store.OnCall = ViewTimeTests.Away;
        var begin = TimeProvider.System.GetTimestamp();
        ApiAnswer answer;
        do
        {
            answer = await _a.CallAsync(key, "AssumeRole", Nobody);
            await Task.Delay(50);
        }
        while (answer.Error?.Code == "ServiceUnavailable" && TimeProvider.System.GetElapsedTime(begin) < FeedView.Hiccup * 3);
        Assert.Equal("AccessDenied", answer.Error?.Code);
        Assert.True(TimeProvider.System.GetElapsedTime(begin) >= FeedView.Hiccup, "The denial did not wait.");
    }

    private static readonly (string, string)[] Nobody = [("RoleArn", $"arn:aws:iam::{PipelineBench.Account}:role/nobody"), ("RoleSessionName", "session")];

    [Fact]
    public async Task A_key_made_at_one_node_gets_its_lease_at_the_other_at_once_and_one_that_nobody_can_look_for_is_told_to_come_again()
    {
        _store.HasNews = false;
        Good(await _a.CallAsync("RegisterService", ("Name", "shop"), ("Region", "us-east-1")));
        Good(await LeaseAsync(await MakeUserAsync("ada")));
        var key = await MakeUserAsync("bob");
        Assert.Equal((LeaseProtocol.Granted, null), AnswerOf(await LeaseAsync(key)));
        var unknown = (key.Id[..^1] + (key.Id[^1] == 'A' ? 'B' : 'A'), key.Secret, key.Token);
        Assert.Equal((LeaseProtocol.Refused, "InvalidClientTokenId"), AnswerOf(await LeaseAsync(unknown)));

        _store.OnCall = ViewTimeTests.Away;
        Assert.Equal((LeaseProtocol.Granted, null), AnswerOf(await LeaseAsync(key)));
        Assert.Equal((LeaseProtocol.Refused, "ServiceUnavailable"), AnswerOf(await LeaseAsync(unknown)));
    }

    [Fact]
    public async Task A_lease_that_rests_on_a_lost_write_is_not_taken_for_that_of_the_write_in_its_place()
    {
        Good(await _a.CallAsync("RegisterService", ("Name", "shop"), ("Region", "us-east-1")));
        var key = await MakeUserAsync("ada");
        var kept = _store.Commits;
        await PutPolicyAsync("Allow");
        Good(await _b.CallAsync("GetUser", ("UserName", "ada")));
        var lease = Lease.Deserialize(((AcquireLeases.Response)(await LeaseAsync(key)).Response!).Leases.Single().Lease!);
        Assert.Equal(LeaseProtocol.Unchanged, AnswerOf(await LeaseAsync(key, lease.Version)).Status);

        // A failover to a server that had not got it.
        _store.GoBack(kept);
        await PutPolicyAsync("Deny");
        Good(await _b.CallAsync("GetUser", ("UserName", "ada")));
        Assert.Equal(LeaseProtocol.Granted, AnswerOf(await LeaseAsync(key, lease.Version)).Status);

        async Task PutPolicyAsync(string effect) => Good(await _a.CallAsync(
            "PutUserPolicy", ("UserName", "ada"), ("PolicyName", "shop"),
            ("PolicyDocument", $$$"""{"Version":"2012-10-17","Statement":{"Effect":"{{{effect}}}","Action":"shop:*","Resource":"*"}}""")));
    }

    [Fact]
    public async Task When_the_store_has_been_away_for_too_long_every_call_is_503_until_it_is_back()
    {
        await using var node = await PipelineBench.JoinAsync(_store, options: new DirectoryOptions { MaxStaleness = TimeSpan.FromSeconds(2) });
        Good(await node.CallAsync("GetCallerIdentity"));
        _store.OnCall = ViewTimeTests.Away;
        await Task.Delay(2100);
        Unavailable(await node.CallAsync("GetCallerIdentity"));
        Unavailable(await node.CallAsync("AcquireLeases", ("ServiceName", "shop"), ("Region", "us-east-1")));
        _store.OnCall = _ => Task.CompletedTask;
        node.Following();
        for (var tries = 0; (await node.CallAsync("GetCallerIdentity")).Error is not null; tries++)
        {
            Assert.True(tries < 1000);
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Keys_and_accounts_that_strangers_make_up_cause_no_call_to_the_store()
    {
        _b.Following();
        Good(await _b.CallAsync("GetCallerIdentity"));
        var (began, before, loads) = (TimeProvider.System.GetTimestamp(), _store.FeedReads, _store.Loads);
        var entropy = new SeededEntropy();
        List<Task<ApiAnswer>> strangers = [];
        for (var i = 0; i < 400; i++)
        {
            // Of accounts that there are not, and of one that there is.
            var account = i % 4 == 0 ? PipelineBench.Account : Identifiers.Account(entropy);
            strangers.Add(_b.CallAsync((Identifiers.AccessKey("AKIA", account, entropy), "secretEXAMPLE", null), "GetCallerIdentity"));
            await Task.Delay(2);
        }
        var answers = await Task.WhenAll(strangers);
        Assert.All(answers, answer => Assert.Contains(answer.Error?.Code, (string[])["InvalidClientTokenId", "Throttling"]));
        Assert.Equal(loads, _store.Loads);
        // The node's own rhythm, and not one look more.
        var reads = _store.FeedReads - before;
        Assert.InRange(reads, 1, (int)(TimeProvider.System.GetElapsedTime(began) / FeedView.Interval) + 1);
    }

    [Fact]
    public async Task A_refusal_rests_on_what_was_looked_at_not_on_what_became_known_meanwhile()
    {
        _store.HasNews = false;
        // Everybody's looks at the feed come at any moment of everybody else's decisions.
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await _b.Directories.View.ReadSinceAsync(TimeProvider.System.GetTimestamp());
        }, CancellationToken.None);
        for (var round = 0; round < 50; round++)
        {
            var key = await MakeUserAsync($"user{round}");
            Good(await _b.CallAsync(key, "GetCallerIdentity"));
        }
        await stop.CancelAsync();
        await looking;
    }

    private async Task<(string Id, string Secret, string? Token)> MakeUserAsync(string name)
    {
        Good(await _a.CallAsync("CreateUser", ("UserName", name)));
        var answer = await _a.CallAsync("CreateAccessKey", ("UserName", name));
        Good(answer);
        var key = ((CreateAccessKey.Response)answer.Response!).AccessKey;
        return (key.Key.Id, key.Secret!, null);
    }

    // What the service "shop" asks for a caller that signed a request for it.
    private Task<ApiAnswer> LeaseAsync((string Id, string Secret, string? Token) key, string? known = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var date = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var text = $"AWS4-HMAC-SHA256\n{now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}\n{date}/us-east-1/shop/aws4_request\n{new string('0', 64)}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(SigV4.SigningKey(key.Secret, date, "us-east-1", "shop"), Encoding.UTF8.GetBytes(text)));
        (string, string)[] proof =
        [
            ("ServiceName", "shop"), ("Region", "us-east-1"), ("Proofs.member.1.AccessKeyId", key.Id), ("Proofs.member.1.Date", date),
            ("Proofs.member.1.StringToSign", text), ("Proofs.member.1.Signature", signature),
        ];
        return _b.CallAsync("AcquireLeases", known is null ? proof : [.. proof, ("Proofs.member.1.KnownVersion", known)]);
    }

    private static (string Status, string? Code) AnswerOf(ApiAnswer answer)
    {
        Good(answer);
        var grant = ((AcquireLeases.Response)answer.Response!).Leases.Single();
        return (grant.Status, grant.Code);
    }

    private static void Good(ApiAnswer answer) => Assert.Null(answer.Error);

    private static void Unavailable(ApiAnswer answer) => Assert.Equal((503, "ServiceUnavailable"), (answer.Error!.Status, answer.Error.Code));
}
