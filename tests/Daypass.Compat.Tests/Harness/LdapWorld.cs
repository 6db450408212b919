using Daypass.Testing;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A server that may call a directory on this machine, and that directory (Debian's slapd). Scripts find it by <c>LDAP_*</c>.</summary>
public sealed class LdapWorld : World
{
    /// <summary>The provider of calls that name none.</summary>
    public const string ProviderArn = $"arn:aws:iam::{DaypassServer.Account}:ldap-provider/corp";

    private SlapdServer? _slapd;

    public SlapdServer Slapd => _slapd ?? throw new InvalidOperationException("The directory has not been started.");

    protected override string[] Options => ["--federation-networks", "127.0.0.0/8", "--ldap-provider", ProviderArn];

    public async Task<LdapWorld> WithDirectoryAsync()
    {
        _slapd ??= await SlapdServer.StartAsync();
        return this;
    }

    /// <summary>The provider, and a role for everybody in staff.</summary>
    public async Task RegisterAsync()
    {
        var name = Unique("staff");
        var role = await CreateRoleAsync(
            name, $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{ProviderArn}}"},"Action":"sts:AssumeRoleWithLDAPIdentity"} }""", Documents.Allow("iam:ListUsers", "*"));
        var reply = await Server.Administrator.DaypassAsync(
            "PutLDAPProvider", ("Name", "corp"), ("Url", Slapd.TlsUrl), ("CertificateAuthorities", Slapd.Authority), ("BindDn", SlapdServer.BindDn), ("BindPassword", SlapdServer.BindPassword),
            ("UserBase", SlapdServer.People), ("UserFilter", "(uid=%s)"), ("GroupBase", SlapdServer.Groups), ("GroupFilter", "(member=%d)"),
            ("Mappings.member.1.GroupDn", "cn=staff," + SlapdServer.Groups), ("Mappings.member.1.RoleArn", role));
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, reply.Body);
    }

    /// <summary>As minio-go does it: a form, unsigned.</summary>
    public async Task<(int Status, string Body)> SignInAsync(string user)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "AssumeRoleWithLDAPIdentity", ["Version"] = "2011-06-15", ["LDAPUsername"] = user, ["LDAPPassword"] = SlapdServer.PasswordOf(user),
        });
        using var answer = await client.PostAsync(Server.Endpoint, form);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public override async Task DisposeAsync()
    {
        if (_slapd is not null)
            await _slapd.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Add(IDictionary<string, string> environment)
    {
        environment["LDAP_TLS_URL"] = Slapd.TlsUrl;
        environment["LDAP_PLAIN_URL"] = Slapd.PlainUrl;
        environment["LDAP_AUTHORITY"] = Slapd.Authority;
        environment["LDAP_BIND_DN"] = SlapdServer.BindDn;
        environment["LDAP_BIND_PASSWORD"] = SlapdServer.BindPassword;
        environment["LDAP_PROVIDER_ARN"] = ProviderArn;
    }
}
