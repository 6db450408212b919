using Daypass.Service.Federation;
using Daypass.Service.Federation.Ldap;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>A directory in memory that writes down what it is asked. It compares names as directories do: without regard to letter case.</summary>
internal sealed class FakeDirectory : ILdapConnector
{
    public const string Base = "ou=people,dc=example,dc=com";
    public const string Admins = "cn=admins,ou=groups,dc=example,dc=com";
    private const string BindDn = "cn=lookup,dc=example,dc=com";
    private const string BindPassword = "lookupPasswordEXAMPLE";

    /// <summary>Distinguished name, names, password.</summary>
    public List<(string Dn, string[] Names, string Password)> Users { get; } =
    [
        ("uid=alice,ou=people,dc=example,dc=com", ["alice"], "alicePasswordEXAMPLE"),
        ("uid=bob,ou=people,dc=example,dc=com", ["bob"], "bobPasswordEXAMPLE"),
        ("uid=twin,ou=a,dc=example,dc=com", ["twin"], "twinPasswordEXAMPLE"),
        ("uid=twin,ou=b,dc=example,dc=com", ["twin"], "twinPasswordEXAMPLE"),
    ];

    /// <summary>Distinguished name of a group, and of its member.</summary>
    public List<(string Group, string Member)> Groups { get; } = [(Admins, "uid=alice,ou=people,dc=example,dc=com"), ("cn=staff,ou=groups,dc=example,dc=com", "uid=alice,ou=people,dc=example,dc=com")];

    /// <summary>What was asked, in order, with the caller's own parts left out.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What it says to a bind that it refuses.</summary>
    public string Refusal { get; set; } = LdapRefusals.WrongPassword;

    /// <summary>Whether every name finds the first user.</summary>
    public bool AnswersWhateverIsAsked { get; set; }

    /// <summary>Thrown at the next connect.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Waited for at each connect.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<ILdapConnection> ConnectAsync(LdapServer server, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add($"connect {server.Url.Host}:{server.Url.Port} {server.Encryption}");
        await Gate.WaitAsync(cancellationToken);
        return Failure is null ? new Connection(this) : throw Failure;
    }

    private sealed class Connection(FakeDirectory directory) : ILdapConnection
    {
        public string? Refusal { get; private set; }

        public Task<bool> BindAsync(string dn, string password, CancellationToken cancellationToken)
        {
            Assert.NotEmpty(dn);
            Assert.NotEmpty(password);
            var isLookup = dn == BindDn;
            lock (directory.Asked)
                directory.Asked.Add(isLookup ? "bind lookup" : "bind somebody");
            Refusal = directory.Refusal;
            return Task.FromResult(isLookup ? password == BindPassword : directory.Users.Exists(user => user.Dn == dn && user.Password == password));
        }

        public Task<LdapFound> SearchAsync(LdapSearch search, CancellationToken cancellationToken)
        {
            lock (directory.Asked)
                directory.Asked.Add($"search {search.Base} {search.Attribute} {search.Most}");
            var values = search.Filter.Values.Select(value => System.Text.Encoding.UTF8.GetString(value.Fill(search.Names))).ToList();
            LdapEntry[] entries = search.Base == Base
                ? [.. directory.Users.Where((user, index) => directory.AnswersWhateverIsAsked ? index == 0 : user.Names.Contains(search.Names.User.Trim(), StringComparer.OrdinalIgnoreCase)).Select(user => new LdapEntry(user.Dn, user.Names))]
                : [.. directory.Groups.Where(group => values.Contains(group.Member)).Select(group => group.Group).Distinct().Select(group => new LdapEntry(group, []))];
            return Task.FromResult(new LdapFound([.. entries.Take(search.Most)], entries.Length > search.Most));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
