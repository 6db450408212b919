using Daypass.Service.Federation.Ldap;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>Groups in groups: found over a few levels, whatever circles they go in; beyond the bounds nobody gets in.</summary>
public sealed class NestedGroups
{
    private const string Bob = "uid=bob,ou=people,dc=example,dc=com";

    [Theory]
    [InlineData("Nested", "admin")]
    [InlineData("Direct", null)]
    public async Task A_group_in_a_mapped_group_gets_the_role_where_the_provider_says_so(string search, string? role)
    {
        await using var world = await WorldAsync(search, ("eng", Bob), ("staff-of-all", Group("eng")), ("admins", Group("staff-of-all")));
        var answer = await world.AssumeAsync("bob", "bobPasswordEXAMPLE");
        Assert.Equal(role is null ? "AccessDenied" : null, answer.Error?.Code);
        if (role is not null)
            Assert.Equal("arn:aws:sts::123456789012:assumed-role/admin/bob", (string?)Shown.Of(answer.Response!)["AssumedRoleUser"]!["Arn"]);
    }

    [Fact]
    public async Task Circles_end_and_each_level_is_asked_for_once()
    {
        await using var world = await WorldAsync("Nested", ("admins", Bob), ("a", Group("admins")), ("b", Group("a")), ("a", Group("b")), ("b", Group("b")), ("admins", Group("b")));
        await world.GetAsync("bob", "bobPasswordEXAMPLE");
        Assert.Equal(4, world.Directory.Asked.Count(asked => asked.StartsWith("search ou=groups", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(LdapGroups.MostLevels, true)]
    [InlineData(LdapGroups.MostLevels + 1, false)]
    public async Task More_levels_than_can_be_looked_at_let_nobody_in(int levels, bool isIn)
    {
        await using var world = await WorldAsync("Nested", [("admins", Bob), ("g2", Group("admins")), .. Enumerable.Range(3, levels - 2).Select(level => ($"g{level}", Group($"g{level - 1}")))]);
        Assert.Equal(isIn ? null : "IDPCommunicationError", (await world.AssumeAsync("bob", "bobPasswordEXAMPLE")).Error?.Code);
    }

    [Theory]
    [InlineData(LdapGroups.Most - 2, true)]
    [InlineData(LdapGroups.Most, false)]
    public async Task More_groups_than_can_be_looked_at_let_nobody_in(int groups, bool isIn)
    {
        await using var world = await WorldAsync("Nested", [("admins", Bob), .. Enumerable.Range(0, groups / 2).Select(group => ($"g{group}", Group("admins"))), .. Enumerable.Range(0, groups - (groups / 2)).Select(group => ($"h{group}", Group($"g{group % (groups / 2)}")))]);
        Assert.Equal(isIn ? null : "IDPCommunicationError", (await world.AssumeAsync("bob", "bobPasswordEXAMPLE")).Error?.Code);
    }

    [Fact]
    public async Task A_Deny_for_a_group_that_is_in_another_one_is_found_too()
    {
        const string Condition = """{"ForAllValues:StringNotEquals":{"ldap:groups":"cn=dismissed,ou=groups,dc=example,dc=com"}}""";
        foreach (var (search, code) in new[] { ("Direct", null), ("Nested", "AccessDenied") })
        {
            await using var world = await LdapWorld.StartAsync(Condition, ("GroupSearch", search));
            world.Directory.Groups.Add((Group("left"), "uid=alice,ou=people,dc=example,dc=com"));
            world.Directory.Groups.Add((Group("dismissed"), Group("left")));
            Assert.Equal(code, (await world.AssumeAsync()).Error?.Code);
        }
    }

    private static string Group(string name) => $"cn={name},ou=groups,dc=example,dc=com";

    private static async Task<LdapWorld> WorldAsync(string search, params (string Group, string Member)[] groups)
    {
        var world = await LdapWorld.StartAsync(provider: ("GroupSearch", search));
        world.Directory.Groups.Clear();
        world.Directory.Groups.AddRange(groups.Select(group => (Group(group.Group), group.Member)));
        return world;
    }
}
