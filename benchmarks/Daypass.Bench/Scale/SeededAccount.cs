using System.Security.Cryptography;
using Daypass.Bench.Cases;
using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Texts = Daypass.Bench.Cases.Documents;

namespace Daypass.Bench.Scale;

/// <summary>
/// The documents of an account as the API would have written them for <see cref="Population"/>: users in a group, each with a policy of its
/// own and a key (or none), roles that trust them, and the role by which the operator gets in.
/// </summary>
internal sealed class SeededAccount(AccountId account, string operatorAccount)
{
    public const string AccessRole = "OrganizationAccountAccessRole";
    private const int SealedSecretBytes = 80;
    private static readonly DateTimeOffset Made = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    private static readonly IEntropy Chance = new Randomness();
    private readonly Group _group = new()
    {
        Name = "builders", Path = "/", Id = Identifiers.Unique(UniqueId.Group, Chance), Created = Made,
        Attached = [$"arn:aws:iam::{account}:policy/assume-application-roles"],
    };

    public Account Registration { get; } = new() { Id = account.ToString(), Name = $"account {account}", Email = $"{account}@example.com", Created = Made };

    public static string UserName(int user) => $"builder-{user:D6}";

    public static string RoleArn(AccountId account, int role) => $"arn:aws:iam::{account}:role/app/log-reader-{role}";

    /// <summary>What there is beside users.</summary>
    public IEnumerable<Put> Frame(int roles) =>
    [
        Put(DocumentKinds.Settings, new AccountSettings { Created = Made }),
        Put(DocumentKinds.Group, _group),
        Put(DocumentKinds.Policy, Policy("assume-application-roles", Texts.Group(account.ToString()))),
        Put(DocumentKinds.Role, Role(AccessRole, "/", Trust(operatorAccount)) with { Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
        .. Enumerable.Range(0, roles).Select(i => Put(DocumentKinds.Role, Role($"log-reader-{i}", "/app/", Texts.Trust(account.ToString())) with
        {
            Inline = [new InlinePolicy("read-logs", Texts.Role)], Attached = ["arn:aws:iam::aws:policy/IAMReadOnlyAccess"],
        })),
    ];

    /// <summary>One user; with a key that nobody can sign with, if one is asked for.</summary>
    public IEnumerable<Put> User(int number, bool hasKey)
    {
        var user = new User
        {
            Name = UserName(number), Path = "/ci/", Id = Identifiers.Unique(UniqueId.User, Chance), Created = Made, Groups = [_group.Id],
            Inline = [new InlinePolicy("from-our-networks", Texts.User)],
        };
        yield return Put(DocumentKinds.User, user);
        if (!hasKey)
            yield break;
        yield return new Put(DocumentKey.Guard(Guards.AccessKeysOf(user)), "{}"u8.ToArray());
        yield return Put(DocumentKinds.AccessKey, new AccessKey
        {
            Id = Identifiers.AccessKey(AccessKeyId.LongTermPrefix, account, Chance), UserId = user.Id, Created = Made,
            SealedSecret = RandomNumberGenerator.GetBytes(SealedSecretBytes),
        });
    }

    private static Put Put<T>(DocumentKind<T> kind, T value)
        where T : class => new(kind.KeyOf(value), kind.Write(value));

    private static ManagedPolicy Policy(string name, string text) => new()
    {
        Name = name, Path = "/", Id = Identifiers.Unique(UniqueId.ManagedPolicy, Chance), Created = Made, Updated = Made, DefaultVersion = "v1",
        Versions = [new PolicyVersion("v1", Made, text)],
    };

    private static Role Role(string name, string path, string trust) => new()
    {
        Name = name, Path = path, Id = Identifiers.Unique(UniqueId.Role, Chance), Created = Made,
        Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
    };

    private static string Trust(string trusted) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{trusted}}:root"},"Action":"sts:AssumeRole"}]}""";

    private sealed class Randomness : IEntropy
    {
        public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
    }
}
