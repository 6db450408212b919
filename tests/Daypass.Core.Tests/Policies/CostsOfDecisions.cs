using System.Diagnostics;
using System.Numerics;
using Daypass.Policies;
using Daypass.Policies.Matching;

namespace Daypass.Core.Tests.Policies;

/// <summary>What a decision may cost: statements looked at, memory, and time against texts made to take long.</summary>
public sealed class CostsOfDecisions
{
    [Fact]
    public void Only_statements_that_may_concern_the_action_are_looked_at()
    {
        var statements = Enumerable.Range(0, 1000).Select(i => $"{{'Effect':'{(i % 2 == 0 ? "Allow" : "Deny")}','Action':['{(i == 500 ? "s3:Get*" : $"svc{i % 50}:Do{i}")}','ec2:Run{i}'],'Resource':'arn:aws:s3:::{i}'}}");
        var document = Requests.Document(PolicyType.Identity, [.. statements, "{'Effect':'Deny','NotAction':'s3:*','Resource':'*'}", "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}"]);
        Assert.Equal((1, 2), Candidates(document, "s3:GetObject"));
        Assert.Equal((1, 1), Candidates(document, "s3:PutObject"));
        Assert.Equal((1, 1), Candidates(document, "ec2:Run400"));
        Assert.Equal((2, 0), Candidates(document, "svc7:Do57"));
        Assert.Equal((1, 0), Candidates(document, "none:Of"));
    }

    [Fact]
    public void Ten_policies_of_ten_statements_are_decided_without_allocating()
    {
        var set = new PolicySet { Identity = [.. Enumerable.Range(0, 10).Select(i => Requests.Policy(PolicyType.Identity, [.. Enumerable.Range(0, 10).Select(j => Statement(i, j))]))] };
        var context = Requests.Context("aws:username=bob", "aws:SourceIp=10.0.0.1", "aws:PrincipalArn=" + Requests.UserArn);
        foreach (var resource in new[] { "arn:aws:s3:::app9/bob/file", "arn:aws:s3:::secret9/x", "arn:aws:s3:::other", "*" })
        {
            var request = Requests.Request(resource: resource, context: context);
            PolicyEvaluator.Evaluate(request, set);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                PolicyEvaluator.Evaluate(request, set);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")]
    [InlineData("*a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?c")]
    [InlineData("*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?*?b")]
    [InlineData("*${k:a}*${k:a}*${k:a}*${k:a}*${k:a}b")]
    [InlineData("*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa*")]
    public void Patterns_made_to_take_long_do_not(string pattern)
    {
        var text = new string('a', 8000);
        var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::{pattern}','Condition':{{'StringLike':{{'k:t':'{pattern}'}},'ArnLike':{{'k:arn':'arn:aws:s3:::{pattern}'}}}}}}");
        var request = Requests.Request(resource: "arn:aws:s3:::" + text, context: Requests.Context("k:a=" + new string('a', 100), "k:t=" + text, "k:arn=arn:aws:s3:::" + text));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
            Assert.False(KnownTraps.Decide(policy, request).IsAllowed);
        // A matcher that tries again for each star would need longer than the sun has.
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"{watch.Elapsed}");
    }

    [Fact]
    public void Ten_megabytes_cost_no_memory_worth_speaking_of()
    {
        var text = "{\"Version\":\"2012-10-17\",\"Statement\":[" + new string('[', 10_000_000);
        PolicyDocument.ReadStored("[", PolicyType.Identity);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PolicyDocument.TryParse(text, PolicyType.Identity, out _);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
        Assert.NotNull(PolicyDocument.ReadStored(text, PolicyType.Identity).Fault);
    }

    private static (int Denies, int Allows) Candidates(PolicyDocument document, string action)
    {
        var subject = new Subject(Requests.Request(action: action), ActionPattern.Lower(action), false);
        int denies = 0, allows = 0;
        foreach (var block in document.Blocks)
        {
            denies += BitOperations.PopCount(block.Candidates(subject, isDeny: true));
            allows += BitOperations.PopCount(block.Candidates(subject, isDeny: false));
        }
        return (denies, allows);
    }

    private static string Statement(int app, int number) => number switch
    {
        0 => $"{{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::app{app}/${{aws:username}}/*'}}",
        1 => $"{{'Effect':'Deny','Action':'s3:Get*','Resource':'arn:aws:s3:::secret{app}/*','Condition':{{'NotIpAddress':{{'aws:SourceIp':'10.1.0.0/16'}}}}}}",
        2 => "{'Effect':'Deny','NotAction':['iam:*'],'Resource':'*','Condition':{'ArnNotLike':{'aws:PrincipalArn':'arn:aws:iam::*:user/${aws:username}'}}}",
        _ => $"{{'Effect':'Allow','Action':'s3:Get*','Resource':'arn:*:s3:::{app}-{number}-*x*'}}",
    };
}
