using System.Net;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>Guessing of names and of passwords, and all else that is not a sign-in.</summary>
public class LdapAttacks
{
    public static TheoryData<string, string, string> Refused => new()
    {
        { "a wrong password", "alice", "wrong" },
        { "another's password", "alice", "bobPasswordEXAMPLE" },
        { "nobody", "nobody", "alicePasswordEXAMPLE" },
        { "two entries", "twin", "twinPasswordEXAMPLE" },
        { "a wildcard", "*", "alicePasswordEXAMPLE" },
        { "a filter", "*)(uid=*", "alicePasswordEXAMPLE" },
        { "a distinguished name", "uid=alice,ou=people,dc=example,dc=com", "alicePasswordEXAMPLE" },
        { "an escape", "\\61lice", "alicePasswordEXAMPLE" },
        { "a space as password", "alice", " " },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Whoever_is_refused_by_the_directory_gets_one_answer_for_the_same_work(string what, string user, string password)
    {
        await using var world = await LdapWorld.StartAsync();
        await world.RefusalAsync("alice", "aGuessEXAMPLE");
        string[] usual = [.. world.Directory.Asked];
        world.Directory.Asked.Clear();
        var refused = await world.RefusalAsync(user, password);
        Assert.Equal((what, "IDPRejectedClaim", 403, "The directory did not accept this user name and password."), (what, refused.Code, refused.Status, refused.Message));
        Assert.Equal(usual, world.Directory.Asked);
        Assert.Empty(world.Bench.Failures);
    }

    [Theory]
    [InlineData(1025, 5, "IDPRejectedClaim")]
    [InlineData(100, 257, "IDPCommunicationError")]
    public async Task A_directory_that_calls_somebody_by_a_book_gets_it_into_nothing(int dn, int name, string code)
    {
        await using var world = await LdapWorld.StartAsync();
        world.Directory.Users[0] = ($"uid={new string('x', dn - 4)}", [name == 5 ? "alice" : new string('a', name)], "alicePasswordEXAMPLE");
        world.Directory.AnswersWhateverIsAsked = true;
        Assert.Equal(code, (await world.RefusalAsync()).Code);
        Assert.Empty(world.Bench.Failures);
    }

    [Theory]
    [InlineData("", "alicePasswordEXAMPLE")]
    [InlineData("alice", "")]
    [InlineData("ali\0ce", "alicePasswordEXAMPLE")]
    [InlineData("alice\u200b", "alicePasswordEXAMPLE")]
    public async Task What_no_sign_in_is_never_reaches_the_directory(string user, string password)
    {
        await using var world = await LdapWorld.StartAsync();
        Assert.Equal("ValidationError", (await world.RefusalAsync(user, password)).Code);
        Assert.Empty(world.Directory.Asked);
    }

    [Fact]
    public async Task Guesses_from_one_source_are_slowed_whether_or_not_there_is_such_a_user()
    {
        await using var world = await LdapWorld.StartAsync();
        foreach (var user in new[] { "alice", "nobody" })
        {
            for (var i = 0; i < PasswordTries.Free; i++)
                Assert.Equal("IDPRejectedClaim", (await world.RefusalAsync(user, $"guess{i}")).Code);
            world.Directory.Asked.Clear();
            var slowed = await world.RefusalAsync(user, "alicePasswordEXAMPLE");
            Assert.Equal(("Throttling", "Too many wrong passwords were given. Wait 1 seconds and try again."), (slowed.Code, slowed.Message));
            Assert.Empty(world.Directory.Asked);
        }
        // The owner, from the very same place, waits for a moment and not for a day.
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.GetAsync();
        Assert.Equal("IDPRejectedClaim", (await world.RefusalAsync(password: "guess")).Code);
    }

    [Fact]
    public async Task One_user_written_in_many_ways_is_one_user_and_no_answer_tells_that()
    {
        await using var world = await LdapWorld.StartAsync();
        world.Directory.Users[0] = ("uid=alice,ou=people,dc=example,dc=com", ["alice", "alice@example.com"], "alicePasswordEXAMPLE");
        for (var i = 0; i < PasswordTries.Free; i++)
            Assert.Equal("IDPRejectedClaim", (await world.RefusalAsync("alice", $"guess{i}")).Code);
        Assert.Equal("IDPRejectedClaim", (await world.RefusalAsync("alice@example.com", "alicePasswordEXAMPLE")).Code);
        Assert.Equal("Throttling", (await world.RefusalAsync("ALICE", "alicePasswordEXAMPLE")).Code);
    }

    [Fact]
    public async Task A_directory_that_hangs_holds_up_a_few_and_no_source_takes_all_places()
    {
        await using var world = await LdapWorld.StartAsync();
        var gate = new TaskCompletionSource();
        world.Directory.Gate = gate.Task;
        Task<Daypass.Service.Pipeline.ApiAnswer>[] waiting = [.. Enumerable.Range(0, LdapPlaces.PerSource).Select(_ => world.AssumeAsync())];
        var refused = await world.RefusalAsync();
        Assert.Equal(("ServiceUnavailable", 503), (refused.Code, refused.Status));
        // Everybody else goes on.
        Assert.Null((await world.Bench.CallAsync("GetCallerIdentity")).Error);
        gate.SetResult();
        foreach (var answer in await Task.WhenAll(waiting))
            Assert.Null(answer.Error);
        await world.GetAsync();
    }

    [Fact]
    public async Task A_directory_that_hangs_is_left_after_five_seconds_and_what_was_shown_to_it_was_no_guess()
    {
        await using var world = await LdapWorld.StartAsync();
        world.Directory.Gate = new TaskCompletionSource().Task;
        for (var i = 0; i <= PasswordTries.Free; i++)
        {
            var asked = world.Directory.Asked.Count;
            var hanging = world.AssumeAsync();
            await UntilAsync(() => world.Directory.Asked.Count > asked);
            Assert.False(hanging.IsCompleted);
            world.Time.Advance(LdapSignIn.Patience);
            Assert.Equal("IDPCommunicationError", (await hanging).Error?.Code);
        }
        world.Directory.Gate = Task.CompletedTask;
        await world.GetAsync();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!isSo())
            await Task.Delay(10, limit.Token);
    }
}
