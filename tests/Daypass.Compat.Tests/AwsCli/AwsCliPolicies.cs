using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Policies looked over and compared at a terminal, as a build would do it before they are used.</summary>
public sealed class AwsCliPolicies(World world) : IClassFixture<World>
{
    private static readonly string Read = Documents.Allow("s3:GetObject", "arn:aws:s3:::blue/*");
    private static readonly string Write = Documents.Allow(["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::blue/*"]);

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_mistake_is_found_on_its_line(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var policy = Read.Replace("\"Statement\"", "\n\"Statement\"", StringComparison.Ordinal).Replace("\"Allow\"", "\"allow\"", StringComparison.Ordinal);
        var answer = await administrator.JsonAsync("accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document", policy);
        var error = Assert.Single(answer.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("findingType").GetString() == "ERROR");
        Assert.Equal(2, error.GetProperty("locations")[0].GetProperty("span").GetProperty("start").GetProperty("line").GetInt32());
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Many_findings_come_in_pages_and_as_one(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var policy = "{" + string.Join(',', Enumerable.Range(0, 7).Select(number => $"\"Unknown{number}\":1")) + "}";
        var whole = await administrator.JsonAsync("accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document", policy);
        var paged = await administrator.JsonAsync("accessanalyzer validate-policy --policy-type IDENTITY_POLICY --page-size 2 --policy-document", policy);
        Assert.True(whole.GetProperty("findings").GetArrayLength() >= 7);
        Assert.Equal(whole.ToString(), paged.ToString());
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_policy_is_compared_with_the_one_before_where_the_client_knows_how(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        string[] wider = ["--existing-policy-document", Read, "--new-policy-document", Write];
        var finished = await administrator.RunAsync("accessanalyzer check-no-new-access --policy-type IDENTITY_POLICY", wider);
        // Debian's generation is older than the operation, and says so by itself.
        if (finished.Errors.Contains("Invalid choice", StringComparison.Ordinal))
            return;
        Assert.Contains("\"result\": \"FAIL\"", finished.Output);
        var granted = await administrator.JsonAsync("accessanalyzer check-access-not-granted --policy-type IDENTITY_POLICY --access actions=s3:PutObject,resources=* --policy-document", Write);
        Assert.Equal("FAIL", granted.GetProperty("result").GetString());
        Assert.Contains("(ValidationException)", await administrator.RefusalAsync("accessanalyzer check-no-public-access --resource-type AWS::Nothing --policy-document", Read));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Who_may_not_hears_of_the_permission(string generation)
    {
        var (_, alice) = await world.Aws(generation, world.Administrator).CreateUserAsync(world.Unique("alice"));
        var refusal = await alice.RefusalAsync("accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document", Read);
        Assert.Contains("(AccessDeniedException)", refusal);
        Assert.Contains("is not authorized to perform: access-analyzer:ValidatePolicy on resource: *", refusal);
    }
}
