using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>What a user of a directory gets, and as whom.</summary>
public class LdapTests
{
    [Fact]
    public async Task A_user_gets_a_session_of_the_first_role_that_his_groups_are_mapped_to()
    {
        await using var world = await LdapWorld.StartAsync();
        var response = await world.GetAsync();
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/admin/alice", (string?)response["AssumedRoleUser"]!["Arn"]);
        Assert.Null(response["SourceIdentity"]);
        var session = world.Open(response);
        Assert.Equal(3600, (session.ExpiresAt - session.IssuedAt).TotalSeconds);
        Assert.Equal(LdapWorld.ProviderArn, session.Federation!.Provider);
        Assert.Equal(["ldap:user=uid=alice,ou=people,dc=example,dc=com", "ldap:username=alice"], session.Federation.Keys.Select(key => $"{key.Name}={key.Values[0]}"));
        Assert.Equal(
            ["connect ldap.example.com:636 Ldaps", "bind lookup", $"search {FakeDirectory.Base} uid 1", "bind somebody", "bind lookup", "search ou=groups,dc=example,dc=com  1000"], world.Directory.Asked);
    }

    [Fact]
    public async Task The_caller_may_name_another_of_his_roles_and_the_provider()
    {
        await using var world = await LdapWorld.StartAsync();
        var response = await world.GetAsync(more: [("RoleArn", "arn:aws:iam::123456789012:role/staff"), ("ProviderArn", LdapWorld.ProviderArn), ("DurationSeconds", "900")]);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/staff/alice", (string?)response["AssumedRoleUser"]!["Arn"]);
        var refused = await world.RefusalAsync(more: ("RoleArn", "arn:aws:iam::123456789012:role/other"));
        Assert.Equal(("AccessDenied", "Not authorized to perform sts:AssumeRoleWithLDAPIdentity"), (refused.Code, refused.Message));
        Assert.Equal("Specified provider doesn't exist.", (await world.RefusalAsync(more: ("ProviderArn", LdapWorld.ProviderArn + "x"))).Message);
        Assert.Equal("Specified provider doesn't exist.", (await world.RefusalAsync(more: ("ProviderArn", "arn:aws:iam::999999999999:ldap-provider/corp"))).Message);
    }

    [Fact]
    public async Task Who_is_in_no_group_that_is_mapped_gets_nothing()
    {
        await using var world = await LdapWorld.StartAsync();
        var refused = await world.RefusalAsync("bob", "bobPasswordEXAMPLE");
        Assert.Equal(("AccessDenied", "Not authorized to perform sts:AssumeRoleWithLDAPIdentity"), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("""{"StringEquals":{"ldap:username":"alice","ldap:user":"uid=alice,ou=people,dc=example,dc=com"}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"ldap:groups":"cn=staff,ou=groups,dc=example,dc=com"}}""", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"ldap:groups":["cn=staff,ou=groups,dc=example,dc=com"]}}""", false)]
    [InlineData("""{"StringEquals":{"ldap:username":"bob"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:FederatedProvider":"arn:aws:iam::123456789012:ldap-provider/corp"}}""", true)]
    public async Task The_directory_s_word_is_a_condition_of_the_trust_policy(string condition, bool isIn)
    {
        await using var world = await LdapWorld.StartAsync(condition);
        Assert.Equal(isIn ? null : "AccessDenied", (await world.AssumeAsync()).Error?.Code);
    }

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRoleWithLDAPIdentity"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"*"},"Action":"sts:AssumeRoleWithLDAPIdentity"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::123456789012:ldap-provider/other"},"Action":"sts:AssumeRoleWithLDAPIdentity"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::123456789012:ldap-provider/corp"},"Action":"sts:AssumeRoleWithWebIdentity"}}""")]
    public async Task Only_a_role_that_trusts_the_provider_by_its_name_lets_its_users_in(string trust)
    {
        await using var world = await LdapWorld.StartAsync();
        await world.PutRoleAsync(trust, "admin");
        Assert.Equal("AccessDenied", (await world.RefusalAsync()).Code);
    }

    [Fact]
    public async Task The_name_is_the_directory_s_own_however_the_caller_writes_it()
    {
        await using var world = await LdapWorld.StartAsync();
        var session = world.Open(await world.GetAsync("ALICE"));
        Assert.Equal(("alice", "alice"), (session.SessionName, session.Federation!.Keys[1].Values[0]));
    }

    [Fact]
    public async Task A_source_identity_is_set_where_the_provider_says_so_and_the_role_lets_it()
    {
        await using var world = await LdapWorld.StartAsync(provider: ("SetsSourceIdentity", "true"));
        Assert.Equal("alice", (string?)(await world.GetAsync())["SourceIdentity"]);
        await world.PutRoleAsync(LdapWorld.Trust(actions: "\"sts:AssumeRoleWithLDAPIdentity\""), "admin");
        Assert.Equal("Not authorized to perform sts:SetSourceIdentity", (await world.RefusalAsync()).Message);
    }

    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("a", "a=ca978112ca1bbdca")]
    [InlineData("Jean Luc", "Jean.Luc=")]
    [InlineData("CORP\\alice", "CORP.alice=")]
    [InlineData("é", ".=")]
    [InlineData("a=ca978112ca1bbdca", "a=ca978112ca1bbdca=")]
    public void A_name_that_no_session_can_have_is_written_with_a_digest_of_it(string name, string expected)
    {
        var written = SessionNames.Of(name);
        Assert.StartsWith(expected, written, StringComparison.Ordinal);
        Assert.InRange(written.Length, 2, 64);
        Assert.DoesNotContain(written, character => !char.IsAsciiLetterOrDigit(character) && !"_+=,.@-".Contains(character, StringComparison.Ordinal));
        Assert.NotEqual(written, SessionNames.Of(name + "x"));
        Assert.InRange(SessionNames.Of(new string('x', 256)).Length, 64, 64);
    }

    [Fact]
    public async Task The_trail_names_the_user_and_holds_neither_password()
    {
        await using var world = await LdapWorld.StartAsync();
        await world.GetAsync();
        await world.RefusalAsync(more: ("RoleArn", "arn:aws:iam::123456789012:role/other"));
        await world.RefusalAsync(password: "wrongPasswordEXAMPLE");
        var trail = await world.Bench.TrailAsync();
        var text = string.Join('\n', trail.Select(record => record.ToJsonString()));
        Assert.DoesNotContain("PasswordEXAMPLE", text, StringComparison.Ordinal);
        var calls = trail.Where(record => (string?)record["eventName"] == "AssumeRoleWithLDAPIdentity").ToList();
        Assert.Equal(2, calls.Count);
        foreach (var call in calls)
        {
            Assert.Equal(
                ("LDAPUser", LdapWorld.ProviderArn + ":uid=alice,ou=people,dc=example,dc=com", "alice", LdapWorld.ProviderArn),
                ((string?)call["userIdentity"]!["type"], (string?)call["userIdentity"]!["principalId"], (string?)call["userIdentity"]!["userName"], (string?)call["userIdentity"]!["identityProvider"]));
        }
        Assert.Equal("alice", (string?)calls[0]["requestParameters"]!["lDAPUsername"]);
        Assert.Equal("AccessDenied", (string?)calls[1]["errorCode"]);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task A_stored_password_is_sealed_and_follows_its_ring_to_a_new_key()
    {
        await using var world = await LdapWorld.StartAsync();
        var provider = (await world.Bench.HomeAsync()).Documents.Find(DocumentKinds.LdapProvider, "corp")!;
        Assert.DoesNotContain("PasswordEXAMPLE", System.Text.Encoding.UTF8.GetString(DocumentKinds.LdapProvider.Write(provider)), StringComparison.Ordinal);
        Assert.Equal("lookupPasswordEXAMPLE", world.Bench.Vault.OpenBindPassword(provider, PipelineBench.Account));
        var resealed = provider with { SealedBindPassword = world.Bench.Vault.ResealBindPassword(provider, PipelineBench.Account, new SeededEntropy(3))! };
        Assert.NotEqual(provider.SealedBindPassword, resealed.SealedBindPassword);
        Assert.Equal("lookupPasswordEXAMPLE", world.Bench.Vault.OpenBindPassword(resealed, PipelineBench.Account));
        Assert.Throws<InvalidDataException>(() => world.Bench.Vault.OpenBindPassword(provider with { Id = "other" }, PipelineBench.Account));
    }

    [Fact]
    public async Task All_sessions_of_a_user_of_a_directory_are_ended_by_his_entry()
    {
        await using var world = await LdapWorld.StartAsync();
        var given = (await world.GetAsync())["Credentials"]!;
        (string, string, string?) keys = ((string)given["AccessKeyId"]!, (string)given["SecretAccessKey"]!, (string)given["SessionToken"]!);
        Assert.Null((await world.Bench.CallAsync(keys, "GetCallerIdentity")).Error);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        var revoked = await world.Bench.CallAsync("RevokeSessions", ("ProviderArn", LdapWorld.ProviderArn), ("Subject", "uid=alice,ou=people,dc=example,dc=com"));
        Assert.True(revoked.Error is null, revoked.Error?.Message);
        Assert.Equal("ExpiredToken", (await world.Bench.CallAsync(keys, "GetCallerIdentity")).Error!.Code);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.GetAsync();
    }

    [Fact]
    public async Task A_directory_that_is_away_or_not_to_be_trusted_is_all_the_same_to_the_caller()
    {
        await using var world = await LdapWorld.StartAsync();
        foreach (var fault in Enum.GetValues<FetchFault>())
        {
            world.Directory.Failure = new FetchException(fault, "10.1.2.3:636 refused");
            var refused = await world.RefusalAsync();
            Assert.Equal(("IDPCommunicationError", 400, "The identity provider could not be reached. Try again."), (refused.Code, refused.Status, refused.Message));
        }
        world.Directory.Failure = null;
        await world.GetAsync();
    }
}
