using System.Text;
using System.Text.Json.Nodes;
using Daypass.Jose;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Vendors;

/// <summary>Tokens in the shapes of the vendors, through the whole pipeline, by the trust policies of the guides; and everybody else whom the same vendor vouches for.</summary>
public class VendorTokenTests
{
    private const string Role = "arn:aws:iam::123456789012:role/vendor";

    public static TheoryData<string> Names => [.. VendorTokens.All.Keys];

    public static TheoryData<string, string> Strangers
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (name, vendor) in VendorTokens.All)
            {
                foreach (var other in vendor.Others)
                    rows.Add(name, other.Who);
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_vendors_token_gets_a_session_by_the_guides_trust_policy_and_its_claims_are_condition_keys(string name)
    {
        var vendor = VendorTokens.All[name];
        await using var world = await StartAsync(vendor);
        var token = vendor.Token(world.Now);
        var answer = await world.AssumeAsync(token);
        Assert.True(answer.Error is null, answer.Error?.Message);
        var shown = Shown.Of((await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", token))).Response!);
        Assert.True((bool)shown["WouldBeAccepted"]!, shown.ToJsonString());
        var keys = shown["ConditionKeys"]!.AsArray().ToDictionary(key => (string)key!["Key"]!, key => key!["Values"]!.AsArray().Select(value => (string)value!).ToList());
        Assert.All(vendor.Keys, expected => Assert.Contains(expected.Value, keys[expected.Key]));
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task Others_whom_the_same_vendor_vouches_for_stay_out(string name, string who)
    {
        var vendor = VendorTokens.All[name];
        var (_, find, put, code) = vendor.Others.Single(other => other.Who == who);
        await using var world = await StartAsync(vendor);
        var token = vendor.Token(world.Now, find, put);
        var answer = await world.AssumeAsync(token);
        // One row says that a difference makes none.
        Assert.Equal(code, answer.Error?.Code ?? "");
        var shown = Shown.Of((await world.Bench.CallAsync("ExplainFederation", ("WebIdentityToken", token))).Response!);
        Assert.Equal(code.Length == 0, (bool)shown["WouldBeAccepted"]!);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_key_of_a_vendors_set_is_read(string name)
    {
        var set = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(VendorTokens.All[name].Keyed()), out var fault);
        Assert.Null(fault);
        Assert.Empty(set!.Skipped);
    }

    [Fact]
    public async Task A_key_that_says_that_it_is_another_issuers_proves_nothing()
    {
        // As Microsoft's sets have the keys of personal accounts beside those of tenants.
        var vendor = VendorTokens.All["Entra ID, version 2.0, a person"];
        await using var world = await StartAsync(vendor);
        var token = TestIssuer.SignedBy(TestIssuer.OtherRsa, vendor.Header.Replace(Vendor.KeyId, "other-key-EXAMPLE", StringComparison.Ordinal), Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(vendor.Token(world.Now).Split('.')[1])));
        var refused = (await world.AssumeAsync(token)).Error!;
        Assert.Equal("InvalidIdentityToken", refused.Code);
        Assert.StartsWith("Couldn't retrieve verification key", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<World> StartAsync(Vendor vendor)
    {
        var time = new ManualTime();
        var bench = await PipelineBench.StartAsync(time: time, throttling: time);
        var created = await bench.CallAsync("CreateOpenIDConnectProvider", ("Url", vendor.Url), ("ClientIDList.member.1", vendor.ClientId));
        Assert.True(created.Error is null, created.Error?.Message);
        var arn = (string)Shown.Of(created.Response!)["OpenIDConnectProviderArn"]!;
        Assert.Null((await bench.CallAsync("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", arn), ("JsonWebKeySet", vendor.Keyed()))).Error);
        var role = await bench.CallAsync("CreateRole", ("RoleName", "vendor"), ("AssumeRolePolicyDocument", vendor.Trust));
        Assert.True(role.Error is null, role.Error?.Message);
        return new World(bench, time);
    }

    private sealed record World(PipelineBench Bench, ManualTime Time) : IAsyncDisposable
    {
        public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

        public Task<ApiAnswer> AssumeAsync(string token) => Bench.CallUnsignedAsync("AssumeRoleWithWebIdentity", ("RoleArn", Role), ("RoleSessionName", "session"), ("WebIdentityToken", token));

        public ValueTask DisposeAsync() => Bench.DisposeAsync();
    }
}
