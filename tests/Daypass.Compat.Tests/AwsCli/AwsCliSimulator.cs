using System.Text.Json;
using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The policy simulator at a terminal, with both generations of the AWS CLI.</summary>
public sealed class AwsCliSimulator(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Somebody_asks_what_a_policy_would_allow(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"test:team":"ops"}}}]}""";
        string[] call = ["--policy-input-list", policy, "--action-names", "s3:GetObject", "s3:PutObject", "--resource-arns", "arn:aws:s3:::b/k", "arn:aws:s3:::c/k"];

        var results = (await administrator.JsonAsync("iam simulate-custom-policy", call)).GetProperty("EvaluationResults");
        Assert.Equal(["s3:GetObject", "s3:PutObject"], results.EnumerateArray().Select(result => result.GetProperty("EvalActionName").GetString()));
        Assert.Equal("test:team", results[0].GetProperty("MissingContextValues")[0].GetString());

        results = (await administrator.JsonAsync("iam simulate-custom-policy", [.. call, "--context-entries", "ContextKeyName=test:team,ContextKeyValues=ops,ContextKeyType=string"])).GetProperty("EvaluationResults");
        Assert.Equal(["allowed", "implicitDeny"], results[0].GetProperty("ResourceSpecificResults").EnumerateArray().Select(one => one.GetProperty("EvalResourceDecision").GetString()));
        Assert.Equal(38, results[0].GetProperty("MatchedStatements")[0].GetProperty("StartPosition").GetProperty("Column").GetInt32());
        Assert.Equal(JsonValueKind.Object, results[0].GetProperty("EvalDecisionDetails").ValueKind);
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task Pages_of_results_are_put_together(string generation)
    {
        var actions = Enumerable.Range(0, 130).Select(number => $"s3:Action{number}").ToArray();
        var answer = await world.Aws(generation, world.Administrator).JsonAsync(
            "iam simulate-principal-policy --page-size 50", ["--policy-source-arn", $"arn:aws:iam::{Testing.DaypassServer.Account}:user/admin", "--action-names", .. actions]);
        Assert.Equal(actions, answer.GetProperty("EvaluationResults").EnumerateArray().Select(result => result.GetProperty("EvalActionName").GetString()));
        Assert.All(answer.GetProperty("EvaluationResults").EnumerateArray(), result => Assert.Equal("AdministratorAccess", result.GetProperty("MatchedStatements")[0].GetProperty("SourcePolicyId").GetString()));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task What_cannot_be_simulated_is_said(string generation)
    {
        var administrator = world.Aws(generation, world.Administrator);
        Assert.Contains("(InvalidInput)", await administrator.RefusalAsync("iam simulate-custom-policy --action-names s3:Get* --policy-input-list", Documents.Allow("s3:*", "*")));
        Assert.Contains("(NoSuchEntity)", await administrator.RefusalAsync($"iam get-context-keys-for-principal-policy --policy-source-arn arn:aws:iam::{Testing.DaypassServer.Account}:user/nobody"));
    }
}
