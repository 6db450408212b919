using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Signing;

namespace Daypass.Service.Tests.Keys;

/// <summary>Rotation and revocation while two nodes serve.</summary>
public sealed class LiveKeyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task No_session_is_lost_and_no_request_fails_while_keys_rotate()
    {
        await using var world = await KeyWorld.StartAsync();
        KeyNode[] nodes = [await world.JoinAsync(), await world.JoinAsync()];
        var first = Assert.Single(nodes[0].Ring("session")["Active"]).Id;
        List<(IssuedSession Session, DateTimeOffset Ends)> sessions = [];
        await nodes[0].DoAsync("RotateKeys", ("Purpose", "session"));
        await nodes[1].DoAsync("RotateKeys", ("Purpose", "secret"));
        // A day and a half of sessions, two days more, at first each second, then each half hour; every session at the node that did not issue it.
        for (var step = 0; step < 240; step++)
        {
            if (step < 120)
                sessions.Add((await nodes[step % 2].IssueAsync(), world.Time.Now.AddHours(36)));
            var use = nodes[(step + 1) % 2];
            foreach (var (session, _) in sessions.Where(session => world.Time.Now < session.Ends))
                Assert.Null(await use.UseAsync(session));
            await world.PassAsync(step < 30 ? Second : TimeSpan.FromMinutes(30));
        }
        Assert.All(nodes, node => Assert.Empty(node.Failures));
        Assert.DoesNotContain(nodes[0].Ring("session").SelectMany(keys => keys), key => key.Id == first);
        Assert.Single(nodes[1].Ring("session").SelectMany(keys => keys));
        Assert.Single(nodes[1].Ring("secret").SelectMany(keys => keys));
    }

    [Fact]
    public async Task A_key_is_known_before_it_is_used_and_gone_only_after_the_longest_session()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var old = Assert.Single(node.Ring("session")["Active"]).Id;
        await node.DoAsync("RotateKeys", ("Purpose", "session"));
        await world.PassAsync(TimeSpan.FromSeconds(9));
        Assert.Equal(old, Assert.Single(node.Ring("session")["Active"]).Id);
        var last = await node.IssueAsync();
        await world.PassAsync(Second);
        Assert.Equal(old, Assert.Single(node.Ring("session")["DecryptOnly"]).Id);

        await world.PassAsync(TimeSpan.FromHours(36) - (2 * Second));
        Assert.Null(await node.UseAsync(last));
        await world.PassAsync(TimeSpan.FromHours(24));
        Assert.Equal("ExpiredToken", await node.UseAsync(last));
        Assert.Single(node.Ring("session")["DecryptOnly"]);
        await world.PassAsync(TimeSpan.FromHours(1) + (2 * Second));
        Assert.Empty(node.Ring("session")["DecryptOnly"]);
        Assert.Equal("InvalidClientTokenId", await node.UseAsync(last));
    }

    [Fact]
    public async Task A_clock_that_is_moved_ahead_does_not_hurry_a_key_away()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await node.DoAsync("RotateKeys", ("Purpose", "session"));
        await world.PassAsync(TimeSpan.FromSeconds(10));
        await world.PutAsync(SetId.Installation, DocumentKinds.Clock, new ClockOffset(1_000_000));
        await world.PassAsync(TimeSpan.FromHours(60));
        Assert.Single(node.Ring("session")["DecryptOnly"]);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Empty(node.Ring("session")["DecryptOnly"]);
    }

    [Fact]
    public async Task A_node_that_has_not_heard_of_a_key_looks_at_the_feed_before_it_refuses()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, other) = (await world.JoinAsync(), await world.JoinAsync());
        Assert.Null(await other.CodeAsync("GetCallerIdentity"));
        // Revocation has no time for making the new key known.
        await one.DoAsync("RevokeKey", ("Purpose", "session"), ("KeyId", KeyIdOf(one, "session")));
        Assert.Null(await other.UseAsync(await one.IssueAsync()));
    }

    [Fact]
    public async Task A_secret_that_is_sealed_with_a_key_unheard_of_works_at_once()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, other) = (await world.JoinAsync(), await world.JoinAsync());
        await one.DoAsync("RevokeKey", ("Purpose", "secret"), ("KeyId", KeyIdOf(one, "secret")));
        var key = (await one.DoAsync("CreateAccessKey", ("UserName", "admin")))["AccessKey"]!;
        // The account is loaded only now, behind what this node knows of the keys.
        Assert.Null(await other.CodeAsync((key["AccessKeyId"]!.GetValue<string>(), key["SecretAccessKey"]!.GetValue<string>(), null), "GetCallerIdentity"));
    }

    [Fact]
    public async Task Sessions_of_a_revoked_key_are_refused_at_once_and_at_every_node_that_has_looked_at_the_feed()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, other) = (await world.JoinAsync(), await world.JoinAsync());
        var stolen = await one.IssueAsync();
        Assert.Null(await other.UseAsync(stolen));
        var revoked = await one.DoAsync("RevokeKey", ("Purpose", "session"), ("KeyId", KeyIdOf(one, "session")));
        Assert.Equal("Compromised", revoked["Key"]!["State"]!.GetValue<string>());
        Assert.Equal("Active", revoked["Successor"]!["State"]!.GetValue<string>());
        Assert.Equal("InvalidClientTokenId", await one.UseAsync(stolen));
        await other.CatchUpAsync();
        Assert.Equal("InvalidClientTokenId", await other.UseAsync(stolen));
        Assert.Null(await other.UseAsync(await other.IssueAsync()));

        await world.PassAsync(TimeSpan.FromHours(61));
        Assert.Empty(other.Ring("session")["Compromised"]);
    }

    [Fact]
    public async Task Leases_of_a_session_whose_key_is_revoked_are_not_renewed()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, other) = (await world.JoinAsync(), await world.JoinAsync());
        await one.DoAsync("RegisterService", ("Name", "photos"), ("Region", "us-east-1"));
        var session = await one.IssueAsync();
        var granted = await LeaseAsync(other, session);
        Assert.Equal(LeaseProtocol.Granted, granted["Status"]!.GetValue<string>());
        var version = Lease.Deserialize(granted["Lease"]!.GetValue<string>()).Version;
        Assert.Equal(LeaseProtocol.Unchanged, (await LeaseAsync(other, session, version))["Status"]!.GetValue<string>());

        await one.DoAsync("RevokeKey", ("Purpose", "session"), ("KeyId", KeyIdOf(one, "session")));
        await other.CatchUpAsync();
        foreach (var node in (KeyNode[])[one, other])
        {
            var refused = await LeaseAsync(node, session, version);
            Assert.Equal((LeaseProtocol.Refused, "InvalidClientTokenId"), (refused["Status"]!.GetValue<string>(), refused["Code"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Revoking_twice_or_a_key_that_is_not_there_changes_nothing()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var id = KeyIdOf(node, "session");
        await node.DoAsync("RevokeKey", ("Purpose", "session"), ("KeyId", id));
        var commits = world.Store.Commits;
        Assert.Null((await node.DoAsync("RevokeKey", ("Purpose", "session"), ("KeyId", id)))["Successor"]);
        foreach (var wrong in (string[])["00000000", "not-hexa", KeyIdOf(node, "secret")])
            Assert.Equal("NoSuchEntity", await node.CodeAsync("RevokeKey", ("Purpose", "session"), ("KeyId", wrong)));
        Assert.Equal(commits, world.Store.Commits);
    }

    [Fact]
    public async Task A_second_rotation_waits_for_the_first()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await node.DoAsync("RotateKeys", ("Purpose", "session"));
        Assert.Equal("EntityAlreadyExists", await node.CodeAsync("RotateKeys", ("Purpose", "session")));
        Assert.Equal("ValidationError", await node.CodeAsync("RotateKeys", ("Purpose", "everything")));
        await world.PassAsync(TimeSpan.FromSeconds(10));
        await node.DoAsync("RotateKeys", ("Purpose", "session"));
    }

    [Fact]
    public async Task Only_the_first_account_sees_and_changes_keys()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var other = AccountId.Of(210987654321);
        await world.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{other}", Name = "Other", Email = "o@example.com", Created = default });
        await world.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey("OTHERKEYEXAMPLE1", $"{other}"));
        await world.AddUserAsync(node, other, "admin", "OTHERKEYEXAMPLE1", "otherSecretEXAMPLE", "arn:aws:iam::aws:policy/AdministratorAccess");
        foreach (var (action, parameters) in Calls(KeyIdOf(node, "session")))
            Assert.Equal("AccessDenied", await node.CodeAsync(("OTHERKEYEXAMPLE1", "otherSecretEXAMPLE", null), action, parameters));
        await world.AddUserAsync(node, KeyWorld.Operator, "nobody", "NOBODYKEYEXAMPLE", "nobodySecretEXAMPLE");
        await world.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey("NOBODYKEYEXAMPLE", $"{KeyWorld.Operator}"));
        await node.CatchUpAsync();
        foreach (var (action, parameters) in Calls(KeyIdOf(node, "session")))
            Assert.Equal("AccessDenied", await node.CodeAsync(("NOBODYKEYEXAMPLE", "nobodySecretEXAMPLE", null), action, parameters));
    }

    [Fact]
    public async Task What_becomes_of_a_key_is_in_the_operators_trail_and_the_key_never_is()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await node.DoAsync("RotateKeys", ("Purpose", "secret"));
        await world.PassAsync(TimeSpan.FromSeconds(10));
        await world.PassAsync(TimeSpan.FromHours(26));
        Assert.Equal(["RotateKeys", "ActivateKey", "ResealSecrets", "DeleteKey"], world.Store.Trail.Select(found => found.EventName));
        var listed = await node.DoAsync("ListKeys");
        Assert.DoesNotContain("Sealed", listed.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(MasterKeysText(node), listed["MasterKey"]!.GetValue<string>());
    }

    private static async Task<JsonNode> LeaseAsync(KeyNode node, IssuedSession session, string? knownVersion = null)
    {
        var toSign = $"AWS4-HMAC-SHA256\n20261122T120000Z\n20261122/us-east-1/photos/aws4_request\n{new string('0', 64)}";
        var signature = HMACSHA256.HashData(SigV4.SigningKey(session.Secret, "20261122", "us-east-1", "photos"), Encoding.UTF8.GetBytes(toSign));
        List<(string, string)> proof =
        [
            ("ServiceName", "photos"), ("Region", "us-east-1"), ("Proofs.member.1.AccessKeyId", session.AccessKeyId), ("Proofs.member.1.Date", "20261122"),
            ("Proofs.member.1.SessionToken", session.Token), ("Proofs.member.1.StringToSign", toSign), ("Proofs.member.1.Signature", Convert.ToHexStringLower(signature)),
        ];
        if (knownVersion is not null)
            proof.Add(("Proofs.member.1.KnownVersion", knownVersion));
        return (await node.DoAsync("AcquireLeases", [.. proof]))["Leases"]![0]!;
    }

    private static string MasterKeysText(KeyNode node) => $"{node.MasterFile!.Newest:X8}";

    private static string KeyIdOf(KeyNode node, string purpose) => $"{Assert.Single(node.Ring(purpose)["Active"]).Id:X8}";

    private static (string, (string, string)[])[] Calls(string keyId) =>
    [
        ("ListKeys", []), ("RotateKeys", [("Purpose", "session")]), ("RevokeKey", [("Purpose", "session"), ("KeyId", keyId)]), ("RewrapKeys", []),
    ];
}
