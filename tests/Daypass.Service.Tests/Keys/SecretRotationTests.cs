using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Mfa;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Federation.Ldap;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Keys;

/// <summary>Stored secrets are sealed anew under a new key: all of them, once, whatever happens on the way.</summary>
public sealed class SecretRotationTests
{
    private const int Accounts = 5;
    private const int KeysInTheBigOne = 250;
    private static readonly AccountId Big = AccountOf(0);

    [Fact]
    public async Task Every_secret_is_sealed_anew_and_works_and_no_users_trail_has_it()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, other) = (await world.JoinAsync(), await world.JoinAsync());
        await FillAsync(world, one);
        var before = await SealedWithAsync(world);
        await RotateAsync(world, one);

        var after = await SealedWithAsync(world);
        Assert.Equal((before.Count, 1, 1), (after.Count, before.Values.Distinct().Count(), after.Values.Distinct().Count()));
        Assert.NotEqual(before.Values.First(), after.Values.First());
        await AllWorkAsync(one);
        await AllWorkAsync(other);
        Assert.Equal(["RotateKeys", "ActivateKey", "ResealSecrets"], world.Store.Trail.Where(found => found.EventSource == "daypass").Select(found => found.EventName));
        // Besides what the users themselves called, of which some may have been shipped by now.
        Assert.All(world.Store.Trail.Where(found => found.EventName != "GetCallerIdentity"), found => Assert.Equal(KeyWorld.Operator, found.Account));
    }

    [Fact]
    public async Task Sealing_anew_brings_no_account_into_memory()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await FillAsync(world, node);
        var before = node.Directories.Count;
        await RotateAsync(world, node);
        // The operator's, whose administrator called.
        Assert.Equal(before + 1, node.Directories.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public async Task A_node_that_dies_at_any_commit_loses_nothing_and_another_one_finishes(int commit)
    {
        foreach (var isAfter in (bool[])[false, true])
        {
            await using var world = await KeyWorld.StartAsync();
            var dying = await world.JoinAsync();
            await FillAsync(world, dying);
            await dying.DoAsync("RotateKeys", ("Purpose", "secret"));
            var left = commit;
            void Die(Commit _)
            {
                if (--left == 0)
                    throw new InvalidOperationException("The node died.");
            }
            if (isAfter)
                world.Store.AfterCommit = Die;
            else
                world.Store.BeforeCommit = Die;
            world.Time.Now += TimeSpan.FromSeconds(10);
            await Assert.ThrowsAsync<InvalidOperationException>(dying.TickAsync);
            world.Store.AfterCommit = world.Store.BeforeCommit = _ => { };

            var next = await world.JoinAsync();
            await AllWorkAsync(next);
            await world.PassAsync(TimeSpan.FromMinutes(10));
            await world.PassAsync(TimeSpan.FromHours(26));
            Assert.Single((await SealedWithAsync(world)).Values.Distinct());
            Assert.Single(next.Ring("secret").SelectMany(keys => keys));
            await AllWorkAsync(next);
        }
    }

    [Fact]
    public async Task A_key_stays_as_long_as_anything_is_sealed_with_it()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var old = Assert.Single(node.Ring("secret")["Active"]);
        var late = await node.DoAsync("CreateAccessKey", ("UserName", "admin"));
        var id = late["AccessKey"]!["AccessKeyId"]!.GetValue<string>();
        var home = (await node.Directories.GetAsync(KeyWorld.Operator, default))!;
        var stored = home.FindAccessKey(id)!;
        await RotateAsync(world, node);
        // A node that had not heard of the new key writes one more secret under the old one.
        await world.PutAsync(SetId.Of(KeyWorld.Operator), DocumentKinds.AccessKey, stored);
        await world.PassAsync(TimeSpan.FromHours(24));
        Assert.Equal(old.Id, Sealer.KeyIdOf((await node.Directories.GetAsync(KeyWorld.Operator, default))!.FindAccessKey(id)!.SealedSecret));
        Assert.Null(await node.CodeAsync((id, late["AccessKey"]!["SecretAccessKey"]!.GetValue<string>(), null), "GetCallerIdentity"));

        await world.PassAsync(TimeSpan.FromHours(2));
        Assert.Empty(node.Ring("secret")["DecryptOnly"]);
        Assert.Null(await node.CodeAsync((id, late["AccessKey"]!["SecretAccessKey"]!.GetValue<string>(), null), "GetCallerIdentity"));
    }

    [Fact]
    public async Task A_secret_that_does_not_open_keeps_its_key_and_the_operator_hears_of_it()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await FillAsync(world, node);
        var damaged = (await node.Directories.GetAsync(Big, default))!.FindAccessKey(KeyIdOf(Big, 7))!;
        damaged.SealedSecret[^1] ^= 1;
        await world.PutAsync(SetId.Of(Big), DocumentKinds.AccessKey, damaged);
        await node.CatchUpAsync();
        await RotateAsync(world, node);
        Assert.Equal(2, (await SealedWithAsync(world)).Values.Distinct().Count());
        Assert.Contains(world.Reports, report => report.Contains($"{Big}", StringComparison.Ordinal) && report.Contains("1 access keys", StringComparison.Ordinal));
        await world.PassAsync(TimeSpan.FromDays(10));
        Assert.Single(node.Ring("secret")["DecryptOnly"]);
    }

    [Fact]
    public async Task A_revoked_key_of_stored_secrets_is_refused_when_all_are_sealed_anew()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, other) = (await world.JoinAsync(), await world.JoinAsync());
        await FillAsync(world, one);
        var old = Assert.Single(one.Ring("secret")["Active"]);
        var stolen = (await one.Directories.GetAsync(Big, default))!.FindAccessKey(KeyIdOf(Big, 3))!;
        await one.DoAsync("RevokeKey", ("Purpose", "secret"), ("KeyId", $"{old.Id:X8}"));
        await AllWorkAsync(one);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(old.Id, (await SealedWithAsync(world)).Values);
        Assert.Equal("DecryptOnly", Assert.Single(one.Ring("secret")["DecryptOnly"]).State);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(old.Id, Assert.Single(other.Ring("secret")["Compromised"]).Id);
        await AllWorkAsync(other);

        // Whoever has the key, and can write to the store, puts a secret under it: it is none.
        await world.PutAsync(SetId.Of(Big), DocumentKinds.AccessKey, stolen);
        await other.CatchUpAsync();
        Assert.Equal("InvalidClientTokenId", await other.CodeAsync((stolen.Id, Secret, null), "GetCallerIdentity"));
    }

    [Fact]
    public async Task Of_many_nodes_one_goes_through_the_accounts()
    {
        await using var world = await KeyWorld.StartAsync();
        KeyNode[] nodes = [await world.JoinAsync(), await world.JoinAsync(), await world.JoinAsync(), await world.JoinAsync()];
        await FillAsync(world, nodes[0]);
        var puts = 0;
        world.Store.AfterCommit = commit => Interlocked.Add(ref puts, commit.Puts.Count(put => put.Key.Kind == DocumentKinds.AccessKey.Name));
        await nodes[0].DoAsync("RotateKeys", ("Purpose", "secret"));
        world.Time.Now += TimeSpan.FromSeconds(10);
        await Task.WhenAll(nodes.Select(node => Task.Run(node.TickAsync)));
        Assert.Equal((await SealedWithAsync(world)).Count, puts);
        Assert.Single(world.Store.Trail, found => found.EventName == "ActivateKey");
    }

    [Fact]
    public async Task Seeds_of_MFA_devices_are_sealed_anew_and_their_codes_go_on()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var serial = (await node.DoAsync("CreateVirtualMFADevice", ("VirtualMFADeviceName", "phone")))["VirtualMFADevice"]!["SerialNumber"]!.GetValue<string>();
        var before = (await DeviceAsync(node, serial))!;
        var seed = node.Vault.OpenSeed(before, KeyWorld.Operator);
        await RotateAsync(world, node);

        var after = (await DeviceAsync(node, serial))!;
        Assert.NotEqual(Sealer.KeyIdOf(before.SealedSeed), Sealer.KeyIdOf(after.SealedSeed));
        Assert.Equal(Assert.Single(node.Ring("secret")["Active"]).Id, Sealer.KeyIdOf(after.SealedSeed));
        Assert.Equal(seed, node.Vault.OpenSeed(after, KeyWorld.Operator));
        await world.PassAsync(TimeSpan.FromHours(26));
        Assert.False(node.Vault.CanOpenSeed(before));
        Assert.True(node.Vault.CanOpenSeed(after));
    }

    [Fact]
    public async Task Private_keys_of_SAML_providers_are_sealed_anew_and_open_what_they_opened()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await node.DoAsync("CreateSAMLProvider", ("Name", "idp"), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.Key)), ("AddPrivateKey", Envelope.Key.ExportPkcs8PrivateKeyPem()));
        await node.DoAsync("UpdateSAMLProvider", ("SAMLProviderArn", $"arn:aws:iam::{KeyWorld.Operator}:saml-provider/idp"), ("AddPrivateKey", Envelope.NextKey.ExportPkcs8PrivateKeyPem()));
        var before = await ProviderAsync(node);
        var keys = before.PrivateKeys.Select(key => node.Vault.OpenSamlKey(key, before, KeyWorld.Operator)).ToList();
        await RotateAsync(world, node);

        var after = await ProviderAsync(node);
        var active = Assert.Single(node.Ring("secret")["Active"]).Id;
        Assert.All(before.PrivateKeys, key => Assert.NotEqual(active, Sealer.KeyIdOf(key.SealedKey)));
        Assert.All(after.PrivateKeys, key => Assert.Equal(active, Sealer.KeyIdOf(key.SealedKey)));
        Assert.Equal(keys, after.PrivateKeys.Select(key => node.Vault.OpenSamlKey(key, after, KeyWorld.Operator)));
        Assert.Equal(before.PrivateKeys.Select(key => (key.KeyId, key.Timestamp)), after.PrivateKeys.Select(key => (key.KeyId, key.Timestamp)));
        await world.PassAsync(TimeSpan.FromHours(26));
        Assert.All(before.PrivateKeys, key => Assert.False(node.Vault.CanOpenSamlKey(key)));
        Assert.All(after.PrivateKeys, key => Assert.True(node.Vault.CanOpenSamlKey(key)));
        // Moved to another provider, account or id it does not open.
        var moved = after.PrivateKeys[0];
        Assert.Throws<InvalidDataException>(() => node.Vault.OpenSamlKey(moved, after with { Id = "OTHER" }, KeyWorld.Operator));
        Assert.Throws<InvalidDataException>(() => node.Vault.OpenSamlKey(moved, after, Big));
        Assert.Throws<InvalidDataException>(() => node.Vault.OpenSamlKey(moved with { KeyId = after.PrivateKeys[1].KeyId }, after, KeyWorld.Operator));
    }

    [Fact]
    public async Task Passwords_of_LDAP_providers_are_sealed_anew_and_stay_what_they_were()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await node.DoAsync("PutLDAPProvider", LdapWorld.Provider);
        var before = await DirectoryAsync(node);
        await RotateAsync(world, node);

        var after = await DirectoryAsync(node);
        var active = Assert.Single(node.Ring("secret")["Active"]).Id;
        Assert.NotEqual(active, Sealer.KeyIdOf(before.SealedBindPassword));
        Assert.Equal(active, Sealer.KeyIdOf(after.SealedBindPassword));
        Assert.Equal("lookupPasswordEXAMPLE", node.Vault.OpenBindPassword(after, KeyWorld.Operator));
        await world.PassAsync(TimeSpan.FromHours(26));
        Assert.Null(node.Vault.OpenBindPassword(before, KeyWorld.Operator));
        Assert.Equal("lookupPasswordEXAMPLE", node.Vault.OpenBindPassword(after, KeyWorld.Operator));
        Assert.Throws<InvalidDataException>(() => node.Vault.OpenBindPassword(after, Big));
    }

    private static async Task<LdapProvider> DirectoryAsync(KeyNode node) => (await node.Directories.GetAsync(KeyWorld.Operator, default))!.Documents.Find(DocumentKinds.LdapProvider, "corp")!;

    private static async Task<SamlProvider> ProviderAsync(KeyNode node) => (await node.Directories.GetAsync(KeyWorld.Operator, default))!.Documents.Find(DocumentKinds.SamlProvider, "idp")!;

    private static async Task<MfaDevice?> DeviceAsync(KeyNode node, string serial) => (await node.Directories.GetAsync(KeyWorld.Operator, default))!.FindMfaDevice(serial);

    private const string Secret = "userSecretEXAMPLE";

    private static AccountId AccountOf(int number) => AccountId.Of(200_000_000_000 + number);

    private static string KeyIdOf(AccountId account, int number) => AccessKeyId.Create(AccessKeyId.LongTermPrefix, account, BitConverter.GetBytes((long)number).AsSpan(0, AccessKeyId.RandomLength));

    private static async Task FillAsync(KeyWorld world, KeyNode node)
    {
        foreach (var number in Enumerable.Range(0, Accounts))
        {
            var account = AccountOf(number);
            await world.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{account}", Name = "n", Email = $"{number}@example.com", Created = default });
            await node.CatchUpAsync();
            foreach (var key in Enumerable.Range(0, account == Big ? KeysInTheBigOne : 2))
                await world.AddUserAsync(node, account, $"user{key}", KeyIdOf(account, key), Secret);
        }
    }

    private static async Task RotateAsync(KeyWorld world, KeyNode node)
    {
        await node.DoAsync("RotateKeys", ("Purpose", "secret"));
        await world.PassAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task AllWorkAsync(KeyNode node)
    {
        foreach (var number in Enumerable.Range(0, Accounts))
        {
            foreach (var key in (int[])[0, 1, AccountOf(number) == Big ? KeysInTheBigOne - 1 : 1])
                Assert.Null(await node.CodeAsync((KeyIdOf(AccountOf(number), key), Secret, null), "GetCallerIdentity"));
        }
    }

    private static async Task<Dictionary<string, uint?>> SealedWithAsync(KeyWorld world)
    {
        var found = new Dictionary<string, uint?>();
        foreach (var account in Enumerable.Range(0, Accounts).Select(AccountOf).Append(KeyWorld.Operator))
        {
            foreach (var document in (await world.Store.LoadAsync(SetId.Of(account), default))?.Documents.Where(document => document.Key.Kind == DocumentKinds.AccessKey.Name) ?? [])
                found[document.Key.Name] = Sealer.KeyIdOf(((AccessKey)DocumentKinds.Read(document)!).SealedSecret);
        }
        return found;
    }
}
