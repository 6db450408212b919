using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Keys;

/// <summary>Keys that sign what others verify: made once, known before they are used, and public long after they are gone.</summary>
public sealed class SigningKeysTests
{
    private static readonly byte[] Data = "what is signed"u8.ToArray();

    public static TheoryData<string> Purposes => [.. KeyPurposes.Signing];

    [Theory, MemberData(nameof(Purposes))]
    public async Task However_many_nodes_need_the_first_key_at_once_there_is_one(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var nodes = new List<KeyNode>();
        for (var i = 0; i < 4; i++)
            nodes.Add(await world.JoinAsync());
        Assert.Null(nodes[0].Signing.Active(purpose));
        var keys = await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 3).Select(_ => Task.Run(() => node.Signing.GetAsync(purpose, default).AsTask()))));
        Assert.Single(keys.Select(key => key.Id).Distinct());
        var stored = Assert.Single(nodes[0].Ring(purpose).SelectMany(state => state));
        Assert.Equal(stored.Id, keys[0].Id);
        Assert.All(keys, key => Assert.True(Verifies(key, key.Sign(Data))));
        var made = world.Store.Trail.Where(happened => happened.EventName == "MakeKey").Select(happened => JsonNode.Parse(happened.Record.Span)!);
        Assert.Equal(purpose, Assert.Single(made)["serviceEventDetails"]!["purpose"]!.ToString());
    }

    [Theory, MemberData(nameof(Purposes))]
    public async Task From_any_thread_a_key_signs_what_its_public_half_verifies(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var key = await (await world.JoinAsync()).Signing.GetAsync(purpose, default);
        var signatures = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => key.Sign(Data))));
        Assert.All(signatures, signature => Assert.True(Verifies(key, signature)));
        Assert.All(signatures, signature => Assert.Equal(purpose == KeyPurposes.WebIdentityEs384 ? 96 : 256, signature.Length));
    }

    [Fact]
    public async Task A_new_key_of_web_identity_is_published_longer_than_verifiers_keep_what_they_fetched_before_it_signs()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var first = await node.Signing.GetAsync(KeyPurposes.WebIdentityRs256, default);
        var rotation = await node.DoAsync("RotateKeys", ("Purpose", KeyPurposes.WebIdentityRs256));
        Assert.Equal("EntityAlreadyExists", await node.CodeAsync("RotateKeys", ("Purpose", KeyPurposes.WebIdentityRs256)));
        Assert.Equal("PrePublished", rotation["Key"]!["State"]!.ToString());
        Assert.Equal(2, node.Signing.All(KeyPurposes.WebIdentityRs256).Count);
        await world.PassAsync(TimeSpan.FromSeconds(1209));
        Assert.Equal(first.Id, node.Signing.Active(KeyPurposes.WebIdentityRs256)!.Id);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        var second = node.Signing.Active(KeyPurposes.WebIdentityRs256)!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(rotation["Key"]!["KeyId"]!.ToString(), $"{second.Id:X8}");
        Assert.Equal(second.ValidFrom, node.Signing.All(KeyPurposes.WebIdentityRs256).Single(key => key.Id == first.Id).Retired);
    }

    [Theory]
    [InlineData(KeyPurposes.WebIdentityRs256)]
    [InlineData(KeyPurposes.WebIdentityEs384)]
    public async Task The_public_half_outlives_what_the_key_signed_and_then_goes(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var first = await RetireAsync(world, node, purpose);
        await world.PassAsync(TimeSpan.FromHours(26) - TimeSpan.FromSeconds(1));
        Assert.Contains(node.Signing.All(purpose), key => key.Id == first.Id);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(node.Signing.All(purpose), key => key.Id == first.Id);
    }

    [Fact]
    public async Task The_public_half_of_a_key_of_digests_stays_for_ever()
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var first = await RetireAsync(world, node, KeyPurposes.TrailDigest);
        var signature = first.Sign(Data);
        await world.PassAsync(TimeSpan.FromDays(4000));
        var kept = node.Signing.All(KeyPurposes.TrailDigest).Single(key => key.Id == first.Id);
        Assert.True(Verifies(kept, signature));
        Assert.Equal(first.RsaPublicKey(), kept.RsaPublicKey());
        Assert.Equal("VerifyOnly", (await node.DoAsync("ListKeys"))["Keys"]!.AsArray().Single(key => key!["KeyId"]!.ToString() == $"{first.Id:X8}")!["State"]!.ToString());
    }

    [Theory, MemberData(nameof(Purposes))]
    public async Task A_retired_key_has_no_private_half_left_anywhere_in_force(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var first = await RetireAsync(world, node, purpose);
        var kept = node.Signing.All(purpose).Single(key => key.Id == first.Id);
        Assert.False(kept.CanSign);
        Assert.Throws<InvalidOperationException>(() => kept.Sign(Data));
        var opened = KeyWorld.Master(1).Open(node.Ring(purpose)["DecryptOnly"].Single())!;
        Assert.Equal(kept.PublicKey.ToArray(), opened[1..]);
        var late = await world.JoinAsync();
        Assert.Null(late.Keeper.Trouble);
        Assert.Equal(2, late.Signing.All(purpose).Count);
    }

    [Theory, MemberData(nameof(Purposes))]
    public async Task A_revoked_key_signs_no_more_and_the_next_one_does_at_once(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var (node, other) = (await world.JoinAsync(), await world.JoinAsync());
        var first = await node.Signing.GetAsync(purpose, default);
        await node.DoAsync("RevokeKey", ("Purpose", purpose), ("KeyId", $"{first.Id:X8}"));
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Id, other.Signing.Active(purpose)!.Id);
        var revoked = other.Signing.All(purpose).Single(key => key.Id == first.Id);
        Assert.Equal(MovableTime.Start, revoked.Revoked);
        Assert.False(revoked.CanSign);
    }

    [Theory, MemberData(nameof(Purposes))]
    public async Task Keys_of_all_ages_are_sealed_anew_with_the_master_key(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        await RetireAsync(world, node, purpose);
        node.MasterFile = KeyWorld.Master(2, 1);
        Assert.Equal(4, (await node.DoAsync("RewrapKeys"))["Rewrapped"]!.GetValue<int>());
        var late = await world.JoinAsync(2);
        Assert.Null(late.Keeper.Trouble);
        var before = late.Signing.Active(purpose)!;
        Assert.True(Verifies(before, before.Sign(Data)));
        // What is sealed beside the pair is, too: it takes its place now.
        await late.DoAsync("RevokeKey", ("Purpose", purpose), ("KeyId", $"{before.Id:X8}"));
        Assert.Null(late.Keeper.Trouble);
        Assert.Equal(3, late.Signing.All(purpose).Count);
    }

    [Fact]
    public async Task A_node_that_cannot_open_the_key_makes_no_other_and_says_so()
    {
        await using var world = await KeyWorld.StartAsync();
        var (one, behind) = (await world.JoinAsync(2, 1), await world.JoinAsync(1));
        await one.DoAsync("RewrapKeys");
        await one.Signing.GetAsync(KeyPurposes.TrailDigest, default);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("ServiceUnavailable", (await Assert.ThrowsAsync<ApiException>(() => behind.Signing.GetAsync(KeyPurposes.TrailDigest, default).AsTask())).Error.Code);
        Assert.NotNull(behind.Keeper.Trouble);
        Assert.Single(behind.Ring(KeyPurposes.TrailDigest).SelectMany(state => state));
    }

    [Theory, MemberData(nameof(Purposes))]
    public async Task A_public_key_that_somebody_wrote_into_the_store_is_none(string purpose)
    {
        await using var world = await KeyWorld.StartAsync();
        var node = await world.JoinAsync();
        var own = await RetireAsync(world, node, purpose);
        var stored = node.Ring(purpose)["DecryptOnly"].Single();
        await world.PutAsync(Stores.SetId.Installation, DocumentKinds.Key, stored with { Id = 7, SealedKey = [2, .. own.PublicKey.ToArray()] });
        await world.PutAsync(Stores.SetId.Installation, DocumentKinds.Key, stored with { Id = 8 });
        await node.CatchUpAsync();
        Assert.Equal(2, node.Signing.All(purpose).Count);
        Assert.NotNull(node.Keeper.Trouble);
    }

    private static async Task<SigningKey> RetireAsync(KeyWorld world, KeyNode node, string purpose)
    {
        var first = await node.Signing.GetAsync(purpose, default);
        await node.DoAsync("RotateKeys", ("Purpose", purpose));
        await world.PassAsync(KeyPurposes.IsPublishedOutside(purpose) ? TimeSpan.FromSeconds(1210) : KeyRotation.PrePublication);
        Assert.NotEqual(first.Id, node.Signing.Active(purpose)!.Id);
        return first;
    }

    private static bool Verifies(SigningKey key, byte[] signature)
    {
        if (key.Purpose == KeyPurposes.WebIdentityEs384)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
            return ecdsa.VerifyData(Data, signature, HashAlgorithmName.SHA384);
        }
        using var rsa = RSA.Create();
        rsa.ImportRSAPublicKey(key.RsaPublicKey(), out _);
        return rsa.VerifyData(Data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
