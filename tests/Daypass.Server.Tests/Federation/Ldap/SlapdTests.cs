using System.Net;
using Daypass.Server.Federation;
using Daypass.Server.Federation.Ldap;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;
using Daypass.Testing;

namespace Daypass.Server.Tests.Federation.Ldap;

/// <summary>The connector against Debian's slapd, in each form of encryption.</summary>
public sealed class SlapdTests : IClassFixture<SlapdTests.Fixture>
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8")];
    private readonly Fixture _fixture;

    public SlapdTests(Fixture fixture) => _fixture = fixture;

    public static TheoryData<string> Encryptions => [.. Enum.GetNames<LdapEncryption>()];

    private SlapdServer Slapd => _fixture.Slapd;

    [SlapdTheory, MemberData(nameof(Encryptions))]
    public async Task Whoever_has_the_password_is_bound_and_finds_what_he_may(string encryption)
    {
        await using var connection = await ConnectAsync(encryption);
        Assert.True(await connection.BindAsync(SlapdServer.BindDn, SlapdServer.BindPassword, default));
        var found = await SearchAsync(connection, "(uid=%s)", "alice");
        Assert.Equal([("uid=alice," + SlapdServer.People, "alice")], found.Entries.Select(entry => (entry.Dn, Assert.Single(entry.Values))));
        Assert.False(found.HasMore);
        Assert.False(await connection.BindAsync(found.Entries[0].Dn, "wrong", default));
        Assert.Equal("WrongPassword", connection.Refusal);
        Assert.True(await connection.BindAsync(found.Entries[0].Dn, SlapdServer.PasswordOf("alice"), default));
        Assert.False(await connection.BindAsync("cn=nobody," + SlapdServer.People, "wrong", default));
        Assert.False(await connection.BindAsync("no name at all", "wrong", default));
    }

    [SlapdFact]
    public async Task A_search_tells_one_from_two_and_all_from_some()
    {
        await using var connection = await BoundAsync();
        Assert.True((await SearchAsync(connection, "(uid=%s)", "twin")).HasMore);
        Assert.Equal(2, (await SearchAsync(connection, "(uid=%s)", "twin", most: 2)).Entries.Count);
        Assert.False((await SearchAsync(connection, "(uid=%s)", "twin", most: 2)).HasMore);
        Assert.Empty((await SearchAsync(connection, "(uid=%s)", "nobody")).Entries);
    }

    [SlapdTheory]
    [InlineData("*", 0)]
    [InlineData("alice)(uid=*", 0)]
    [InlineData("*)(uid=*", 1)]
    [InlineData("\\2a", 0)]
    [InlineData("al\0ice", 0)]
    [InlineData("é", 0)]
    public async Task A_name_is_a_value_whatever_it_is_made_of(string name, int count)
    {
        await using var connection = await BoundAsync();
        Assert.Equal(count, (await SearchAsync(connection, "(uid=%s)", name, most: 50)).Entries.Count);
    }

    [SlapdTheory]
    [InlineData("(&(objectClass=inetOrgPerson)(uid=%s))", 1)]
    [InlineData("(|(uid=%s)(uid=bob))", 2)]
    [InlineData("(&(uid=%s)(!(cn=alice)))", 0)]
    [InlineData("(uid=a*ic*)", 1)]
    [InlineData("(uid=*lic*)", 1)]
    [InlineData("(uid=*ce)", 1)]
    [InlineData("(&(uid=*)(cn=al*))", 1)]
    [InlineData("(uid:caseIgnoreMatch:=ALICE)", 1)]
    [InlineData("(&(uid=%s)(cn~=alice))", 1)]
    [InlineData("(&(uid=%s)(sn=\\61lice))", 1)]
    [InlineData("(ou:dn:=people)", 8)]
    public async Task Filters_mean_to_the_server_what_they_say(string filter, int count)
    {
        await using var connection = await BoundAsync();
        Assert.Equal(count, (await SearchAsync(connection, filter, "alice", most: 50)).Entries.Count);
    }

    [SlapdFact]
    public async Task Groups_are_found_by_their_member_and_referrals_are_not_followed()
    {
        await using var connection = await BoundAsync();
        var filter = LdapFilterReader.TryRead("(member=%d)")!;
        var groups = await connection.SearchAsync(new LdapSearch("dc=example,dc=com", filter, new LdapNames("alice", "UID=Alice, " + SlapdServer.People), null, 1000), default);
        Assert.Equal(["cn=admins," + SlapdServer.Groups, "cn=staff," + SlapdServer.Groups], groups.Entries.Select(entry => entry.Dn).Order());
        var referred = await Assert.ThrowsAsync<FetchException>(() => connection.SearchAsync(new LdapSearch("ou=elsewhere,dc=example,dc=com", filter, new LdapNames("a", "cn=a"), null, 10), default));
        Assert.Contains("Referral", referred.Message, StringComparison.Ordinal);
        Assert.Equal(FetchFault.Unusable, (await Assert.ThrowsAsync<FetchException>(() => connection.SearchAsync(new LdapSearch("dc=nowhere", filter, new LdapNames("a", "cn=a"), null, 10), default))).Fault);
    }

    [SlapdTheory]
    [InlineData("bob", "Direct", "staff")]
    [InlineData("bob", "Nested", "company everybody staff")]
    [InlineData("carol", "Nested", "")]
    public async Task Groups_of_groups_are_found_level_by_level_and_circles_end(string user, string search, string groups)
    {
        await using var connection = await BoundAsync();
        Assert.Equal(groups.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(group => $"cn={group},{SlapdServer.Groups}"), await GroupsAsync(connection, user, Enum.Parse<LdapGroupSearch>(search)));
    }

    [SlapdFact]
    public async Task Groups_in_groups_over_too_many_levels_are_a_failure()
    {
        await using var connection = await BoundAsync();
        var failure = await Assert.ThrowsAsync<FetchException>(() => GroupsAsync(connection, "alice", LdapGroupSearch.Nested));
        Assert.Contains("more than 10 levels", failure.Message, StringComparison.Ordinal);
    }

    [SlapdTheory]
    [InlineData("", "EXAMPLE")]
    [InlineData(SlapdServer.BindDn, "")]
    [InlineData("", "")]
    public async Task Nobody_is_never_bound(string dn, string password)
    {
        await using var connection = await ConnectAsync(nameof(LdapEncryption.Ldaps));
        await Assert.ThrowsAsync<ArgumentException>(() => connection.BindAsync(dn, password, default));
    }

    [SlapdTheory]
    [InlineData(nameof(LdapEncryption.Ldaps))]
    [InlineData(nameof(LdapEncryption.StartTLS))]
    public async Task A_server_that_is_not_vouched_for_gets_no_password(string encryption)
    {
        using var other = new LoopbackAuthority();
        foreach (var authority in new[] { null, other.Pem })
            Assert.Equal(FetchFault.Untrusted, (await Assert.ThrowsAsync<FetchException>(() => ConnectAsync(encryption, ServerTrust.Of([], authority)))).Fault);
        // The certificate is for 127.0.0.1.
        var server = new LdapServer(LdapServerUrl.TryParse($"ldaps://127.0.0.2:{Slapd.TlsPort}", out _)!, LdapEncryption.Ldaps, ServerTrust.Of([], Slapd.Authority));
        await Assert.ThrowsAsync<FetchException>(() => new LdapConnector(new PublicSockets(Loopback)).ConnectAsync(server, default));
    }

    [SlapdFact]
    public async Task A_private_address_is_called_only_where_the_operator_allows_it()
    {
        var connector = new LdapConnector(new PublicSockets([]));
        Assert.Equal(FetchFault.Unreachable, (await Assert.ThrowsAsync<FetchException>(() => connector.ConnectAsync(ServerOf(nameof(LdapEncryption.Ldaps)), default))).Fault);
        var rebinding = new LdapConnector(new PublicSockets([], _ => [IPAddress.Loopback]));
        var server = new LdapServer(LdapServerUrl.TryParse($"ldap://ldap.example.com:{Slapd.PlainPort}", out _)!, LdapEncryption.UnsafePlaintext, ServerTrust.Of([], null));
        Assert.Equal(FetchFault.Unreachable, (await Assert.ThrowsAsync<FetchException>(() => rebinding.ConnectAsync(server, default))).Fault);
    }

    private static Task<LdapFound> SearchAsync(ILdapConnection connection, string filter, string user, int most = 1) =>
        connection.SearchAsync(new LdapSearch(SlapdServer.People, LdapFilterReader.TryRead(filter)!, new LdapNames(user), "uid", most), default);

    private static Task<IReadOnlyList<string>> GroupsAsync(ILdapConnection connection, string user, LdapGroupSearch search) => LdapGroups.FindAsync(
        connection,
        new LdapProvider
        {
            Name = "corp", Id = "ID", Created = default, Url = "", Encryption = LdapEncryption.Ldaps, BindDn = "", SealedBindPassword = [], UserBase = "", UserFilter = "",
            GroupBase = SlapdServer.Groups, GroupFilter = "(&(objectClass=groupOfNames)(member=%d))", GroupSearch = search, Mappings = [],
        },
        new LdapNames(user, $"uid={user},{SlapdServer.People}"), default);

    private async Task<ILdapConnection> BoundAsync()
    {
        var connection = await ConnectAsync(nameof(LdapEncryption.Ldaps));
        Assert.True(await connection.BindAsync(SlapdServer.BindDn, SlapdServer.BindPassword, default));
        return connection;
    }

    private Task<ILdapConnection> ConnectAsync(string encryption, ServerTrust? trust = null) =>
        new LdapConnector(new PublicSockets(Loopback)).ConnectAsync(ServerOf(encryption) is var server && trust is not null ? server with { Trust = trust } : server, default);

    private LdapServer ServerOf(string encryption)
    {
        var kind = Enum.Parse<LdapEncryption>(encryption);
        return new LdapServer(LdapServerUrl.TryParse(kind == LdapEncryption.Ldaps ? Slapd.TlsUrl : Slapd.PlainUrl, out _)!, kind, ServerTrust.Of([], Slapd.Authority));
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private SlapdServer? _slapd;

        public SlapdServer Slapd => _slapd ?? throw new InvalidOperationException("slapd is not here.");

        public async Task InitializeAsync() => _slapd = SlapdServer.IsInstalled ? await SlapdServer.StartAsync() : null;

        public async Task DisposeAsync() => await (_slapd?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}

/// <summary>Skipped where slapd is not installed; on CI it fails.</summary>
internal sealed class SlapdFactAttribute : FactAttribute
{
    public SlapdFactAttribute() => Skip = Reason;

    public static string? Reason => SlapdServer.IsInstalled || Environment.GetEnvironmentVariable("CI") == "true" ? null : "slapd is not installed; ./test installs it when it may.";
}

/// <inheritdoc cref="SlapdFactAttribute"/>
internal sealed class SlapdTheoryAttribute : TheoryAttribute
{
    public SlapdTheoryAttribute() => Skip = SlapdFactAttribute.Reason;
}
