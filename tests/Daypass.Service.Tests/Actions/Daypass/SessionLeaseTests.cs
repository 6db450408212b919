using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Tests.Attacks;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Daypass;

/// <summary>What a protected service learns of sessions: who it is, how it is marked, and by which policies it is limited.</summary>
public sealed class SessionLeaseTests
{
    private readonly StsWorld _world = new StsWorld().AddRole("first", identity: Allow("photos:*")).AddRole("second");

    public SessionLeaseTests() => _world.Bench.As("admin").Call("RegisterService", ("Name", "photos"), ("Region", "us-east-1"));

    [Fact]
    public void Every_condition_key_of_the_session_is_in_its_lease()
    {
        _world.Bench.Put(DocumentKinds.Role, _world.Bench.Home.FindRole("first")! with { Tags = [new Tag("team", "red"), new Tag("site", "north")] });
        _world.Bench.As("alice");
        var session = _world.Assume("first", [.. Tags(("Team", "blue")), ("SourceIdentity", "alice"), ("Policy", Allow("photos:Get*"))]);
        var lease = LeaseOf(session);
        foreach (var (key, value) in _world.KeysOf(session))
            Assert.Equal(value, lease.Keys[key]);
        Assert.Equal(("blue", "north", "alice"), (lease.Keys["aws:PrincipalTag/Team"], lease.Keys["aws:PrincipalTag/site"], lease.Keys["aws:SourceIdentity"]));
        Assert.Contains("photos:Get*", Assert.Single(lease.Session!).Document, StringComparison.Ordinal);
    }

    [Fact]
    public void A_federated_user_is_leased_as_what_it_is()
    {
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("all", Allow("*"))], Tags = [new Tag("site", "north")] });
        _world.Bench.As("alice");
        var lease = LeaseOf(_world.Bench.Call("GetFederationToken", [("Name", "bob"), ("Policy", Allow("photos:Get*")), .. Tags(("team", "blue"))]));
        Assert.Equal(
            new LeasePrincipal("FederatedUser", "123456789012", "arn:aws:sts::123456789012:federated-user/bob", null, "arn:aws:iam::123456789012:user/alice", _world.Alice.Id, "123456789012:bob"),
            lease.Principal);
        Assert.Equal(("blue", "north", "FederatedUser"), (lease.Keys["aws:PrincipalTag/team"], lease.Keys["aws:PrincipalTag/site"], lease.Keys["aws:PrincipalType"]));
        Assert.False(lease.Keys.ContainsKey("aws:username"));
        Assert.Single(lease.Identity);
        Assert.Single(lease.Session!);
        Assert.Equal(_world.Bench.Now.AddSeconds(43200).ToUnixTimeSeconds(), lease.SessionExpires);
    }

    [Fact]
    public void One_without_session_policies_has_none_in_its_lease_which_grants_it_nothing()
    {
        _world.Bench.As("alice");
        Assert.Null(LeaseOf(_world.Bench.Call("GetFederationToken", ("Name", "bob"))).Session);
    }

    private Lease LeaseOf(JsonNode response)
    {
        var credentials = response["Credentials"]!;
        var proof = new LeaseConfusion.Proof { SecretAccessKey = credentials["SecretAccessKey"]!.GetValue<string>() };
        var answer = _world.Bench.As("admin").Call(
            "AcquireLeases",
            ("ServiceName", "photos"),
            ("Region", "us-east-1"),
            ("Proofs.member.1.AccessKeyId", credentials["AccessKeyId"]!.GetValue<string>()),
            ("Proofs.member.1.SessionToken", credentials["SessionToken"]!.GetValue<string>()),
            ("Proofs.member.1.Date", proof.Date),
            ("Proofs.member.1.StringToSign", proof.StringToSign),
            ("Proofs.member.1.Signature", proof.Signature));
        return Lease.Deserialize(answer["Leases"]![0]!["Lease"]!.GetValue<string>());
    }
}
