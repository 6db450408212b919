using Daypass.Service.Federation.Ldap;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>Registering directories, and reading what administrators and directories write.</summary>
public class LdapProviderTests
{
    [Fact]
    public async Task A_provider_is_shown_without_its_password_and_deleted()
    {
        await using var world = await LdapWorld.StartAsync();
        var shown = Shown.Of((await world.Bench.CallAsync("GetLDAPProvider", ("LDAPProviderArn", LdapWorld.ProviderArn))).Response!)["Provider"]!;
        Assert.Equal(("Ldaps", "(uid=%s)", "cn=staff,ou=groups,dc=example,dc=com"), ((string?)shown["Encryption"], (string?)shown["UserFilter"], (string?)shown["Mappings"]![1]!["GroupDn"]));
        Assert.DoesNotContain("Password", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Single(Shown.Of((await world.Bench.CallAsync("ListLDAPProviders")).Response!)["Providers"]!.AsArray());
        Assert.Null((await world.Bench.CallAsync("DeleteLDAPProvider", ("LDAPProviderArn", LdapWorld.ProviderArn))).Error);
        Assert.Equal("NoSuchEntity", (await world.Bench.CallAsync("GetLDAPProvider", ("LDAPProviderArn", LdapWorld.ProviderArn))).Error!.Code);
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync()).Code);
    }

    [Theory]
    [InlineData("Url", "http://ldap.example.com", "The Url is not")]
    [InlineData("Url", "ldaps://alice@ldap.example.com", "The Url is not")]
    [InlineData("Url", "ldaps://ldap.example.com/dc=example", "The Url is not")]
    [InlineData("Url", "ldaps://ldap.example.com:0", "The Url is not")]
    [InlineData("Url", "ldaps://169.254.169.254", "The Url is an address")]
    [InlineData("Url", "ldaps://localhost:636", "The Url is an address")]
    [InlineData("Url", "ldaps://[::1]", "The Url is an address")]
    [InlineData("Url", "ldaps://2130706433", "The Url is")]
    [InlineData("Encryption", "StartTLS", "Encryption is Ldaps")]
    [InlineData("Encryption", "UnsafePlaintext", "Encryption is Ldaps")]
    [InlineData("CertificateAuthorities", "no certificate", "CertificateAuthorities must be")]
    [InlineData("BindDn", "lookup", "BindDn is not")]
    [InlineData("UserBase", "dc", "UserBase is not")]
    [InlineData("UserFilter", "uid=%s", "UserFilter is not")]
    [InlineData("UserFilter", "(uid=alice)", "UserFilter must")]
    [InlineData("UserFilter", "(uid=*%s*)", "UserFilter must")]
    [InlineData("UserFilter", "(&(uid=%s)(manager=%d))", "UserFilter must")]
    [InlineData("GroupFilter", "(objectClass=groupOfNames)", "GroupFilter must")]
    [InlineData("GroupFilter", "(&(member=%d)", "GroupFilter is not")]
    [InlineData("Mappings.member.1.GroupDn", "admins", "GroupDn is not")]
    [InlineData("Mappings.member.1.RoleArn", "arn:aws:iam::999999999999:role/admin", "arn:aws:iam::999999999999:role/admin is not")]
    [InlineData("Mappings.member.1.RoleArn", "arn:aws:iam::123456789012:user/admin", "arn:aws:iam::123456789012:user/admin is not")]
    public async Task What_could_not_work_or_would_be_unsafe_is_not_registered(string name, string value, string because)
    {
        await using var world = await LdapWorld.StartAsync();
        var refused = (await world.Bench.CallAsync("PutLDAPProvider", [(name, value), .. LdapWorld.Provider.Where(pair => pair.Name != name)])).Error!;
        Assert.Equal("InvalidInput", refused.Code);
        Assert.StartsWith(because, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nested", "(memberUid=%s)", false)]
    [InlineData("Nested", "(|(member=%d)(memberUid=%s))", false)]
    [InlineData("Nested", "(|(member=%d)(uniqueMember=%d))", true)]
    [InlineData("ActiveDirectory", "(member:1.2.840.113556.1.4.1941:=%d)", false)]
    [InlineData("ActiveDirectory", "(member=*%d*)", false)]
    [InlineData("ActiveDirectory", "(&(objectClass=group)(member=%d))", true)]
    public async Task Groups_of_groups_are_looked_for_only_where_the_filter_can_say_so(string search, string filter, bool isRegistered)
    {
        await using var world = await LdapWorld.StartAsync();
        var answer = await world.Bench.CallAsync("PutLDAPProvider", [("GroupSearch", search), ("GroupFilter", filter), .. LdapWorld.Provider.Where(pair => pair.Name != "GroupFilter")]);
        Assert.Equal(isRegistered ? null : "InvalidInput", answer.Error?.Code);
        Assert.StartsWith(isRegistered ? "" : "With a GroupSearch other than Direct, GroupFilter must", answer.Error?.Message ?? "", StringComparison.Ordinal);
        var shown = Shown.Of((await world.Bench.CallAsync("GetLDAPProvider", ("LDAPProviderArn", LdapWorld.ProviderArn))).Response!)["Provider"]!;
        Assert.Equal(isRegistered ? search : "Direct", (string?)shown["GroupSearch"]);
    }

    [Theory]
    [InlineData("UserFilter", "(mail=%s)", true)]
    [InlineData("Url", "ldaps://evil.example.com", false)]
    [InlineData("BindDn", "cn=other,dc=example,dc=com", false)]
    public async Task The_stored_password_stays_only_where_it_goes_to_the_same_server_as_before(string name, string value, bool isKept)
    {
        await using var world = await LdapWorld.StartAsync();
        var answer = await world.Bench.CallAsync("PutLDAPProvider", [(name, value), .. LdapWorld.Provider.Where(pair => pair.Name != name && pair.Name != "BindPassword")]);
        Assert.Equal(isKept ? null : "InvalidInput", answer.Error?.Code);
        if (isKept)
            await world.GetAsync();
    }

    [Fact]
    public async Task The_stored_password_is_neither_sent_in_the_clear_nor_to_whom_others_vouch_for()
    {
        await using var world = await LdapWorld.StartAsync();
        await world.RegisterAsync(("Url", "ldap://ldap.example.com"));
        // Who says nothing gets encryption.
        Assert.Equal("StartTLS", (string?)Shown.Of((await world.Bench.CallAsync("GetLDAPProvider", ("LDAPProviderArn", LdapWorld.ProviderArn))).Response!)["Provider"]!["Encryption"]);
        (string Name, string Value)[] same = [("Url", "ldap://ldap.example.com"), .. LdapWorld.Provider.Where(pair => pair.Name is not ("Url" or "BindPassword"))];
        var authority = X509.TestCertificate.Root(world.Time.GetUtcNow()).Pem;
        foreach (var change in new[] { ("Encryption", "UnsafePlaintext"), ("CertificateAuthorities", authority) })
            Assert.StartsWith("BindPassword is missing", (await world.Bench.CallAsync("PutLDAPProvider", [change, .. same])).Error?.Message, StringComparison.Ordinal);
        Assert.Null((await world.Bench.CallAsync("PutLDAPProvider", same)).Error);
    }

    [Theory]
    [InlineData("cn=Admins,ou=groups,dc=example,dc=com", "CN=admins, OU=Groups , DC=Example,dc=com", true)]
    [InlineData("cn=a b,dc=x", "cn=a   b ,dc=x", true)]
    [InlineData("cn=a\\,b,dc=x", "cn=a\\2cb,dc=x", true)]
    [InlineData("cn=a\\,b,dc=x", "cn=a,b=,dc=x", false)]
    [InlineData("cn=a\\,ou\\=b,dc=x", "cn=a,ou=b,dc=x", false)]
    [InlineData("cn=a+sn=b,dc=x", "sn=B+cn=A,dc=x", true)]
    [InlineData("cn=\\c3\\a9,dc=x", "cn=é,dc=x", true)]
    [InlineData("cn=k,dc=x", "cn=\u212a,dc=x", false)]
    [InlineData("cn=a,dc=x", "cn=a,dc=y", false)]
    [InlineData("cn=a,dc=x", "cn=a,dc=x,", false)]
    [InlineData("", "", false)]
    [InlineData("cn=a\\", "cn=a\\", false)]
    [InlineData("cn=", "cn=", false)]
    public void Distinguished_names_are_the_same_however_they_are_written(string one, string other, bool areSame) =>
        Assert.Equal(areSame, DistinguishedName.AreSame(one, other));

    [Theory]
    [InlineData("(uid=%s)", "uid")]
    [InlineData("(&(objectClass=person)(|(sAMAccountName=%s)(mail=%s))(!(userAccountControl:1.2.840.113556.1.4.803:=2)))", "sAMAccountName")]
    [InlineData("(member:1.2.840.113556.1.4.1941:=%d)", null)]
    [InlineData("(cn=a*b*c)", null)]
    [InlineData("(cn=*)", null)]
    [InlineData("(cn=\\28x\\29)", null)]
    [InlineData("(age>=18)", null)]
    [InlineData("(:dn:2.4.6.8.10:=x)", null)]
    public void Filters_of_the_grammar_are_read(string text, string? nameAttribute)
    {
        var filter = LdapFilterReader.TryRead(text);
        Assert.NotNull(filter);
        Assert.Equal(nameAttribute, filter.NameAttribute);
    }

    [Theory]
    [InlineData("")]
    [InlineData("uid=%s")]
    [InlineData("(uid=%s")]
    [InlineData("(uid=%s))")]
    [InlineData("(&)")]
    [InlineData("(!(a=b)(c=d))")]
    [InlineData("(=x)")]
    [InlineData("(a b=x)")]
    [InlineData("(a=**)")]
    [InlineData("(a=x**y)")]
    [InlineData("(a=\\zz)")]
    [InlineData("(a=\\2)")]
    [InlineData("(a=(b)")]
    [InlineData("(:=x)")]
    [InlineData("(a:b:c:=x)")]
    public void What_is_no_filter_is_refused(string text) => Assert.Null(LdapFilterReader.TryRead(text));

    [Fact]
    public void A_deep_filter_is_refused_before_it_is_followed() =>
        Assert.Null(LdapFilterReader.TryRead(string.Concat(Enumerable.Repeat("(!", 500)) + "(a=b)" + new string(')', 500)));
}
