using System.Text.Json.Nodes;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>Why a directory refuses: one answer for whoever asks, and the reason for whoever reads the operator's trail.</summary>
public sealed class RefusalReasons
{
    /// <summary>As Active Directory writes it, of several versions.</summary>
    public static TheoryData<int, string, string> Answers => new()
    {
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 525, v3839\0", "NoSuchUser" },
        { 49, "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v2580\0", "WrongPassword" },
        { 49, "80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data 52E, v4563", "WrongPassword" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 530, v3839", "NotAtThisTime" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 531, v3839", "NotFromThisMachine" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 532, v3839", "PasswordExpired" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 533, v3839", "AccountDisabled" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 701, v3839", "AccountExpired" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 773, v3839", "PasswordMustBeChanged" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 775, v3839", "AccountLocked" },
        { 49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 9999, v3839", "WrongPassword" },
        { 49, "AcceptSecurityContext error, data ", "WrongPassword" },
        { 49, "", "WrongPassword" },
        { 53, "unauthenticated bind (DN with no password) disallowed, data 775, v1", "UnwillingToPerform" },
        { 8, "", "StrongerAuthenticationRequired" },
        { 4711, "alice, data 533, v1", "Other" },
    };

    [Theory, MemberData(nameof(Answers))]
    public void What_a_directory_says_is_one_of_a_few_words(int code, string diagnostic, string reason) => Assert.Equal(reason, LdapRefusals.Of(code, diagnostic));

    [Theory]
    [InlineData("AccountLocked")]
    [InlineData("PasswordExpired")]
    [InlineData("WrongPassword")]
    public async Task The_caller_hears_the_same_whatever_the_reason_and_the_trail_has_it(string reason)
    {
        await using var world = await LdapWorld.StartAsync();
        var usual = await world.RefusalAsync("nobody", "aGuessEXAMPLE");
        world.Directory.Refusal = reason;
        var refused = await world.RefusalAsync("alice", "aGuessEXAMPLE");
        Assert.Equal((usual.Code, usual.Status, usual.Message, usual.Reason), (refused.Code, refused.Status, refused.Message, refused.Reason));
        Assert.Equal([("NoSuchUser", 1), (reason, 1)], Reasons(world).OrderBy(found => found.Reason == "NoSuchUser" ? 0 : 1));
        Assert.DoesNotContain((await world.Bench.TrailAsync()).Select(record => record.ToJsonString()), text => text.Contains("aGuessEXAMPLE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_entries_of_one_name_and_too_many_tries_by_another_are_reasons_too()
    {
        await using var world = await LdapWorld.StartAsync();
        world.Directory.Users[0] = ("uid=alice,ou=people,dc=example,dc=com", ["alice", "alice@example.com"], "alicePasswordEXAMPLE");
        await world.RefusalAsync("twin", "twinPasswordEXAMPLE");
        for (var i = 0; i < PasswordTries.Free; i++)
            await world.RefusalAsync("alice", $"guess{i}");
        await world.RefusalAsync("alice@example.com");
        Assert.Equal([("SeveralUsers", 1), ("TooManyTries", 1), ("WrongPassword", 5)], Reasons(world).OrderBy(found => found.Reason, StringComparer.Ordinal));
    }

    private static IEnumerable<(string Reason, int Count)> Reasons(LdapWorld world) =>
        world.Bench.Refusals.Take(PipelineBench.Account, world.Time.GetUtcNow(), new SeededEntropy(5)).Select(found => JsonNode.Parse(found.Record.Span)!)
            .Select(record => ((string)record["serviceEventDetails"]!["reason"]!, (int)record["serviceEventDetails"]!["refusedRequests"]!));
}
