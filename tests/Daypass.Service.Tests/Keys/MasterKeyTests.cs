using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Keys;

/// <summary>The keys that ring keys are sealed under: several at a time, and exchanged under nodes that run.</summary>
public sealed class MasterKeyTests
{
    private readonly SeededEntropy _entropy = new(99);

    [Fact]
    public void The_first_key_seals_and_all_of_them_open()
    {
        var old = RingKeys.Make("session", SealingKeyState.Active, [], default, KeyWorld.Master(1), _entropy);
        var both = KeyWorld.Master(2, 1);
        Assert.NotNull(both.Open(old));
        var rewrapped = RingKeys.Rewrap(old, both, _entropy)!;
        Assert.Equal(KeyWorld.Master(2).Newest, MasterKeys.FingerprintIn(rewrapped));
        Assert.Equal(both.Open(old), KeyWorld.Master(2).Open(rewrapped));
        Assert.Null(KeyWorld.Master(1).Open(rewrapped));
        Assert.Null(KeyWorld.Master(3).Open(old));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_sealed_before_master_keys_had_fingerprints_opens_wherever_its_key_stands(int place)
    {
        var key = Enumerable.Repeat((byte)9, 32).ToArray();
        var nameless = new Sealer(new KeyRing("master", [new SealingKey(1, key, SealingKeyState.Active)]));
        var stored = RingKeys.Make("session", SealingKeyState.Active, [], default, KeyWorld.Master(1), _entropy) with { Id = 5, SealedKey = nameless.Seal(key, "session/5", new byte[24]) };
        byte[] file = [1, 2, 3];
        Assert.Null(KeyWorld.Master(file).Open(stored));
        file[place - 1] = 9;
        Assert.Equal(key, KeyWorld.Master(file).Open(stored));
    }

    [Theory]
    [InlineData("secret", 0)]
    [InlineData("session", 1)]
    public void A_sealed_key_that_is_moved_to_another_place_does_not_open(string purpose, int idChange)
    {
        var stored = RingKeys.Make("session", SealingKeyState.Active, [], default, KeyWorld.Master(1), _entropy);
        Assert.Null(KeyWorld.Master(1).Open(stored with { Purpose = purpose, Id = stored.Id + (uint)idChange }));
    }

    [Fact]
    public async Task The_master_key_is_exchanged_under_running_nodes_without_a_session_lost()
    {
        await using var world = await KeyWorld.StartAsync(1);
        var (one, other) = (await world.JoinAsync(1), await world.JoinAsync(1));
        var session = await one.IssueAsync();
        (one.MasterFile, other.MasterFile) = (KeyWorld.Master(2, 1), KeyWorld.Master(2, 1));
        Assert.Equal(2, (await one.DoAsync("RewrapKeys"))["Rewrapped"]!.GetValue<int>());
        Assert.Equal(0, (await other.DoAsync("RewrapKeys"))["Rewrapped"]!.GetValue<int>());
        (one.MasterFile, other.MasterFile) = (KeyWorld.Master(2), KeyWorld.Master(2));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Null(await other.UseAsync(session));
        Assert.Null((one.Keeper.Trouble ?? other.Keeper.Trouble));
        var late = await world.JoinAsync(2);
        Assert.Null(await late.UseAsync(session));
        Assert.Null(late.Keeper.Trouble);
        Assert.All((await late.DoAsync("ListKeys"))["Keys"].Each("MasterKey"), fingerprint => Assert.Equal($"{KeyWorld.Master(2).Newest:X8}", fingerprint));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_dies_while_keys_are_sealed_anew_leaves_all_of_them_or_none(bool isAfter)
    {
        await using var world = await KeyWorld.StartAsync(1);
        var dying = await world.JoinAsync(2, 1);
        var session = await dying.IssueAsync();
        Action<Commit> die = _ => throw new InvalidOperationException("The node died.");
        if (isAfter)
            world.Store.AfterCommit = die;
        else
            world.Store.BeforeCommit = die;
        Assert.Equal("InternalFailure", await dying.CodeAsync("RewrapKeys"));
        world.Store.AfterCommit = world.Store.BeforeCommit = _ => { };
        var next = await world.JoinAsync(isAfter ? (byte)2 : (byte)1);
        Assert.Null(next.Keeper.Trouble);
        Assert.Null(await next.UseAsync(session));
    }

    [Fact]
    public async Task A_node_without_the_newest_master_key_goes_on_and_says_so()
    {
        await using var world = await KeyWorld.StartAsync(1);
        var (one, behind) = (await world.JoinAsync(2, 1), await world.JoinAsync(1));
        var session = await behind.IssueAsync();
        await one.DoAsync("RewrapKeys");
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Contains($"{KeyWorld.Master(2).Newest:X8}", behind.Keeper.Trouble!, StringComparison.Ordinal);
        Assert.Single(behind.Reports);
        Assert.Null(await behind.UseAsync(session));
        Assert.Null(await behind.UseAsync(await behind.IssueAsync()));
        Assert.Null(await one.UseAsync(await behind.IssueAsync()));

        behind.MasterFile = KeyWorld.Master(2, 1);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Null(behind.Keeper.Trouble);
    }

    [Fact]
    public async Task A_master_key_that_is_taken_away_too_early_is_noticed_before_the_next_start()
    {
        await using var world = await KeyWorld.StartAsync(1);
        var node = await world.JoinAsync(1);
        var session = await node.IssueAsync();
        node.MasterFile = KeyWorld.Master(2);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Contains($"{KeyWorld.Master(1).Newest:X8}", node.Keeper.Trouble!, StringComparison.Ordinal);
        Assert.Null(await node.UseAsync(session));
        Assert.Equal("InvalidInput", await node.CodeAsync("RewrapKeys"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_leaves_the_keys_and_seals_nothing_anew()
    {
        await using var world = await KeyWorld.StartAsync(1);
        var node = await world.JoinAsync(1);
        var session = await node.IssueAsync();
        node.MasterFile = null;
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("The file cannot be read.", Assert.Single(node.Reports));
        Assert.Equal("The file cannot be read.", node.Keeper.Trouble);
        Assert.Equal("ServiceUnavailable", await node.CodeAsync("RewrapKeys"));
        Assert.Equal("ServiceUnavailable", await node.CodeAsync("RotateKeys", ("Purpose", "session")));
        Assert.Null(await node.UseAsync(session));
    }

    [Fact]
    public async Task A_ring_key_of_a_strange_master_key_is_refused_and_the_node_stays_up()
    {
        await using var world = await KeyWorld.StartAsync(1);
        var node = await world.JoinAsync(1);
        var session = await node.IssueAsync();
        var own = Assert.Single(node.Ring("session")["Active"]);
        var strange = RingKeys.Make("session", SealingKeyState.Active, [], world.Time.Now.AddHours(1), KeyWorld.Master(66), _entropy);
        await world.PutAsync(SetId.Installation, DocumentKinds.Key, own with { State = "DecryptOnly" });
        await world.PutAsync(SetId.Installation, DocumentKinds.Key, strange);
        await node.CatchUpAsync();
        Assert.Null(await node.UseAsync(session));
        var issued = await node.IssueAsync();
        Assert.Equal(own.Id, Sealer.KeyIdOf(Convert.FromBase64String(issued.Token)));
        Assert.Contains($"{strange.Id:X8}", node.Keeper.Trouble!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_key_that_is_not_refused_nothing_is_sealed()
    {
        await using var world = await KeyWorld.StartAsync(1);
        var node = await world.JoinAsync(1);
        var session = await node.IssueAsync();
        var own = Assert.Single(node.Ring("session")["Active"]);
        await world.PutAsync(SetId.Installation, DocumentKinds.Key, own with { State = "Compromised" });
        await world.PutAsync(SetId.Installation, DocumentKinds.Key, RingKeys.Make("session", SealingKeyState.Active, [], world.Time.Now, KeyWorld.Master(66), _entropy));
        await node.CatchUpAsync();
        Assert.Equal("InvalidClientTokenId", await node.UseAsync(session));
        Assert.Equal("ServiceUnavailable", await node.CodeAsync("GetSessionToken"));
        Assert.Null(await node.CodeAsync("GetCallerIdentity"));
    }
}
