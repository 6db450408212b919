using System.Net;
using Daypass.Names;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>How many guesses at passwords there are: from one place or many, at one node or more, with whatever else is guessed meanwhile.</summary>
public sealed class GuessedPasswords
{
    private static readonly IPAddress Home = IPAddress.Parse("198.51.100.1");
    private readonly ManualTime _time = new();
    private readonly ClaimedTries _claims = new();
    private readonly PasswordTries _tries;

    public GuessedPasswords() => _tries = Node();

    [Fact]
    public async Task Waits_double_and_end()
    {
        var waits = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var wait = await WaitAsync(_tries, Home, "u");
            waits.Add(Math.Round(wait.TotalSeconds));
            if (wait > TimeSpan.Zero)
            {
                _time.Advance(wait);
                Assert.True(await WaitAsync(_tries, Home, "u") <= TimeSpan.Zero);
            }
        }
        // One is forgotten each quarter of an hour, so the last but one comes twice.
        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512, 900, 900, 900, 900], waits);
        _time.Advance(TimeSpan.FromMinutes(15));
        await BeInAsync(_tries, Home, "u");
        for (var i = 0; i < PasswordTries.Free; i++)
            Assert.True(await WaitAsync(_tries, Home, "u") <= TimeSpan.Zero);
    }

    [Fact]
    public async Task Many_sources_are_slowed_together_and_the_owner_s_is_not()
    {
        await BeInAsync(_tries, Home, "u");
        Assert.Equal(PasswordTries.OfUser.Burst, await GuessesAsync("u", 500, _tries));
        Assert.True(await WaitAsync(_tries, Home, "u") <= TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.InRange(await GuessesAsync("u", 500, _tries), 10, 11);
    }

    [Fact]
    public async Task Any_number_of_nodes_have_the_tries_of_one_together_and_ten_more_each()
    {
        PasswordTries[] nodes = [_tries, Node(), Node(), Node()];
        var (burst, credit) = (PasswordTries.OfUser.Burst, PasswordTries.OfUser.OnCredit);
        Assert.Equal(burst + (3 * credit), await GuessesAsync("u", 2000, nodes));
        // A day of it, with as many addresses as anybody likes: ten more in ten minutes together, and each node's ten come back one in ten minutes.
        var guesses = 0;
        for (var minute = 0; minute < 24 * 60; minute += 10, _time.Advance(TimeSpan.FromMinutes(10)))
            guesses += await GuessesAsync("u", 60, nodes);
        Assert.InRange(guesses, 1400, 144 * (10 + nodes.Length));
    }

    [Fact]
    public async Task At_once_they_are_no_more_than_one_after_the_other()
    {
        PasswordTries[] nodes = [_tries, Node()];
        var start = new TaskCompletionSource();
        var guesses = Enumerable.Range(0, 600).Select(async guess =>
        {
            await start.Task;
            return await WaitAsync(nodes[guess % 2], SourceOf(guess), "u") <= TimeSpan.Zero;
        }).ToList();
        start.SetResult();
        Assert.Equal(PasswordTries.OfUser.Burst + PasswordTries.OfUser.OnCredit, (await Task.WhenAll(guesses)).Count(isGuess => isGuess));
    }

    [Fact]
    public async Task Whoever_guesses_at_a_hundred_thousand_others_meanwhile_gets_no_guess_more()
    {
        Assert.Equal(PasswordTries.OfUser.Burst, await GuessesAsync("u", 300, _tries));
        var pair = IPAddress.Parse("192.0.2.77");
        while (await WaitAsync(_tries, pair, "v") is var wait && wait < TimeSpan.FromSeconds(60))
            _time.Advance(wait);
        for (var other = 0; other < 100_000; other++)
            await WaitAsync(_tries, SourceOf(1000 + other), $"somebody {other}");
        Assert.Equal(0, await GuessesAsync("u", 300, _tries));
        Assert.True(await WaitAsync(_tries, pair, "v") > TimeSpan.Zero);
    }

    [Fact]
    public async Task One_source_is_slowed_whichever_users_it_tries_and_an_IPv6_network_is_one_source()
    {
        for (var i = 0; i < PasswordTries.FreeForSource; i++)
            Assert.True(await WaitAsync(_tries, IPAddress.Parse($"2001:db8::{i:x}"), $"u{i}") <= TimeSpan.Zero);
        Assert.True(await WaitAsync(_tries, IPAddress.Parse("2001:db8::ffff"), "another") > TimeSpan.Zero);
        Assert.True(await WaitAsync(_tries, IPAddress.Parse("2001:db8:0:1::1"), "another") <= TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await WaitAsync(_tries, IPAddress.Parse("2001:db8::ffff"), "another") <= TimeSpan.Zero);
    }

    [Fact]
    public async Task Ordinary_mistakes_cost_the_store_nothing_and_guessing_a_write_for_each_ten()
    {
        for (var user = 0; user < 1000; user++)
            await GuessesAsync($"user {user}", 3, _tries);
        Assert.Equal(0, _claims.Asked);
        await GuessesAsync("u", 500, _tries);
        Assert.Equal((PasswordTries.OfUser.Slots, PasswordTries.OfUser.Slots), (_claims.Taken, _claims.Asked));
    }

    [Fact]
    public async Task Guesses_at_nobody_cost_the_store_as_much_as_guesses_at_somebody()
    {
        await using var world = await LdapWorld.StartAsync();
        var commits = new List<int>();
        foreach (var user in new[] { "alice", "nobody", "twin" })
        {
            var before = world.Bench.Store.Commits;
            for (var guess = 0; guess < 120; guess++)
                await world.Bench.From($"203.0.113.{guess}").CallUnsignedAsync("AssumeRoleWithLDAPIdentity", ("LDAPUsername", user), ("LDAPPassword", $"guess{guess}"));
            commits.Add(world.Bench.Store.Commits - before);
        }
        Assert.Equal([2 * PasswordTries.OfUser.Slots], commits.Distinct());
    }

    [Fact]
    public async Task Without_the_store_there_are_ten_and_the_owner_goes_on()
    {
        _claims.Failure = new StoreUnavailableException("cut");
        for (var i = 0; i < PasswordTries.OfUser.OnCredit; i++)
            Assert.True(await WaitAsync(_tries, SourceOf(i), "u") <= TimeSpan.Zero);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => WaitAsync(_tries, SourceOf(100 + i), "u"));
        await BeInAsync(_tries, Home, "v");
        Assert.True(await WaitAsync(_tries, Home, "v") <= TimeSpan.Zero);
    }

    [Fact]
    public async Task What_comes_to_nothing_was_no_guess()
    {
        for (var i = 0; i < 300; i++)
            (await _tries.BeginAsync(AccountId.Of(1), Home, "u")).Dispose();
        Assert.Equal(0, _claims.Asked);
        Assert.True(await WaitAsync(_tries, Home, "u") <= TimeSpan.Zero);
    }

    [Fact]
    public async Task Two_nodes_over_one_store_ask_the_directory_no_more_often_than_is_said()
    {
        await using var world = await LdapWorld.StartAsync(new MemoryStore());
        await using var other = await PipelineBench.JoinAsync(world.Bench.Store, throttling: world.Time, time: world.Time, ldap: world.Directory);
        var asked = 0;
        for (var guess = 0; guess < 400; guess++)
        {
            var node = (guess % 2 == 0 ? world.Bench : other).From($"203.0.{guess / 250}.{guess % 250}");
            var answer = await node.CallUnsignedAsync("AssumeRoleWithLDAPIdentity", ("LDAPUsername", guess % 3 == 0 ? "ALICE" : "alice"), ("LDAPPassword", $"guess{guess}"));
            asked += answer.Error!.Code == "IDPRejectedClaim" ? 1 : 0;
            Assert.Contains(answer.Error.Code, (string[])["IDPRejectedClaim", "Throttling"]);
        }
        Assert.Equal(PasswordTries.OfUser.Burst + PasswordTries.OfUser.OnCredit, asked);
        // The right password of somebody who was never in is none of them, and waits with them: ten minutes, and then it is right.
        foreach (var node in (PipelineBench[])[world.Bench, other])
            Assert.Equal("Throttling", (await node.From("192.0.2.9").CallUnsignedAsync("AssumeRoleWithLDAPIdentity", ("LDAPUsername", "alice"), ("LDAPPassword", "alicePasswordEXAMPLE"))).Error?.Code);
        world.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null((await other.CallUnsignedAsync("AssumeRoleWithLDAPIdentity", ("LDAPUsername", "alice"), ("LDAPPassword", "alicePasswordEXAMPLE"))).Error);
        Assert.Empty(world.Bench.Failures.Concat(other.Failures));
    }

    private PasswordTries Node() => new(_claims, _time);

    // How many of so many guesses, from an address each, are checked.
    private async Task<int> GuessesAsync(string user, int number, params PasswordTries[] nodes)
    {
        var guesses = 0;
        for (var guess = 0; guess < number; guess++)
            guesses += await WaitAsync(nodes[guess % nodes.Length], SourceOf(_next++), user) <= TimeSpan.Zero ? 1 : 0;
        return guesses;
    }

    private int _next = 10_000_000;

    private static IPAddress SourceOf(int number) => IPAddress.Parse($"2001:db8:{number >> 16:x}:{number & 0xffff:x}::1");

    // Zero, and a wrong password, or how long to wait for one.
    private static async Task<TimeSpan> WaitAsync(PasswordTries tries, IPAddress source, string user)
    {
        try
        {
            using var guess = await tries.BeginAsync(AccountId.Of(1), source, user);
            guess.Wrong();
            return TimeSpan.Zero;
        }
        catch (ApiException refusal)
        {
            Assert.Equal("Throttling", refusal.Error.Code);
            return TimeSpan.FromSeconds(double.Parse(refusal.Error.Message.Split(' ')[7], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static async Task BeInAsync(PasswordTries tries, IPAddress source, string user)
    {
        using var guess = await tries.BeginAsync(AccountId.Of(1), source, user);
        guess.Right();
    }
}
