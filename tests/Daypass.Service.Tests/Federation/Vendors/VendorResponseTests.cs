using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation.Vendors;

/// <summary>Responses and metadata in the shapes of the vendors, through the whole pipeline, by the trust policies of the guides.</summary>
public class VendorResponseTests
{
    private const string Role = "arn:aws:iam::123456789012:role/people";

    public static TheoryData<string> Names => [.. VendorResponses.All.Keys];

    public static TheoryData<string, string> Strangers
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (name, vendor) in VendorResponses.All)
            {
                foreach (var other in vendor.Others)
                    rows.Add(name, other.Who);
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_vendors_response_gets_a_session_by_the_guides_trust_policy_and_what_it_says_are_condition_keys(string name)
    {
        var vendor = VendorResponses.All[name];
        var time = new ManualTime();
        await using var bench = await StartAsync(vendor, time);
        var response = vendor.Post(time.GetUtcNow());
        var shown = Shown.Of((await bench.CallAsync("ExplainFederation", ("SAMLAssertion", response))).Response!);
        Assert.True((bool)shown["WouldBeAccepted"]!, shown.ToJsonString());
        var keys = shown["ConditionKeys"]!.AsArray().ToDictionary(key => (string)key!["Key"]!, key => key!["Values"]!.AsArray().Select(value => (string)value!).ToList());
        Assert.All(vendor.Keys, expected => Assert.Contains(expected.Value, keys[expected.Key]));
        var answer = await bench.CallUnsignedAsync("AssumeRoleWithSAML", ("RoleArn", Role), ("PrincipalArn", ArnOf(vendor)), ("SAMLAssertion", response));
        Assert.True(answer.Error is null, answer.Error?.Message);
        Assert.Equal(vendor.EntityId, (string?)Shown.Of(answer.Response!)["Issuer"]);
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task Others_whom_the_same_vendor_vouches_for_stay_out(string name, string who)
    {
        var vendor = VendorResponses.All[name];
        var (_, find, put, code) = vendor.Others.Single(other => other.Who == who);
        var time = new ManualTime();
        await using var bench = await StartAsync(vendor, time);
        var answer = await bench.CallUnsignedAsync("AssumeRoleWithSAML", ("RoleArn", Role), ("PrincipalArn", ArnOf(vendor)), ("SAMLAssertion", vendor.Post(time.GetUtcNow(), find, put)));
        Assert.Equal(code, answer.Error?.Code);
    }

    private static string ArnOf(VendorSaml vendor) => "arn:aws:iam::123456789012:saml-provider/" + vendor.Provider;

    private static async Task<PipelineBench> StartAsync(VendorSaml vendor, ManualTime time)
    {
        var bench = await PipelineBench.StartAsync(time: time, throttling: time);
        bench.Store.Time = time;
        var created = await bench.CallAsync("CreateSAMLProvider", ("Name", vendor.Provider), ("SAMLMetadataDocument", vendor.Upload(time.GetUtcNow())));
        Assert.True(created.Error is null, created.Error?.Message);
        var role = await bench.CallAsync("CreateRole", ("RoleName", "people"), ("AssumeRolePolicyDocument", vendor.Trust));
        Assert.True(role.Error is null, role.Error?.Message);
        return bench;
    }
}
