using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>Documents made to cost much: there is a verdict, and never a wrong one.</summary>
public sealed class HostileComparisons
{
    private const long MostBytes = 2_000_000_000;

    [Fact]
    public void Many_wildcards_in_every_dimension() => AssertVerdict(
        Many(30, i => Checks.Allow($"'s3:*{Word(i)}*{Word(i + 7)}*'", $"'arn:aws:s3:::*{Word(i)}*{Word(i + 3)}*'", $"{{'StringLike':{{'k:t':'*{Word(i)}*{Word(i + 5)}*'}}}}")),
        Many(30, i => Checks.Allow($"'s3:*{Word(i)}*{Word(i + 9)}*'", $"'arn:aws:s3:::*{Word(i + 1)}*'", $"{{'StringLike':{{'k:t':'*{Word(i + 2)}*'}}}}")));

    [Fact]
    public void As_many_stars_as_a_pattern_may_have() => AssertVerdict(
        [Checks.Allow($"'s3:{Repeat("a*", 60)}'", $"'arn:aws:s3:::{Repeat("?*b", 60)}'")],
        [Checks.Allow($"'s3:{Repeat("*a", 59)}'", $"'arn:aws:s3:::{Repeat("b*", 60)}'")]);

    [Fact]
    public void Five_hundred_statements() => AssertVerdict(
        Many(500, i => Checks.Allow($"'s{i}:Get*'", $"'arn:aws:s3:::bucket-{i}/*'", $"{{'StringEquals':{{'k:t':'v{i % 50}'}}}}")),
        Many(500, i => Checks.Allow($"'s{i}:*'", $"'arn:aws:s3:::bucket-{i}*'", $"{{'StringLike':{{'k:t':'v{i % 50}*'}}}}")));

    [Fact]
    public void Hundreds_of_Denies_on_both_sides() => AssertVerdict(
        [Checks.Allow("'*'"), .. Many(200, i => Checks.Deny($"'s3:*{Word(i)}'", $"'arn:aws:s3:::b{i}*'"))],
        [Checks.Allow("'*'"), .. Many(200, i => Checks.Deny($"'s3:{Word(i)}*'", $"'arn:aws:s3:::*b{i}'"))]);

    [Fact]
    public void Conditions_on_many_keys_and_in_many_ways() => AssertVerdict(
        Many(40, i => Checks.Allow(condition: $"{{'StringLike':{{'k:{i % 10}':'*{Word(i)}*'}},'NumericLessThan':{{'k:{i % 7}':{i}}},'IpAddress':{{'k:{i % 5}':'10.{i}.0.0/16'}},'ForAnyValue:StringLike':{{'k:l':'*{Word(i)}*'}},'DateLessThan':{{'k:{i % 3}':'{i}'}}}}")),
        Many(40, i => Checks.Allow(condition: $"{{'StringLike':{{'k:{i % 9}':'*{Word(i + 1)}*'}},'ForAllValues:StringLike':{{'k:l':'*{Word(i + 2)}*'}}}}")));

    [Fact]
    public void Variables_everywhere() => AssertVerdict(
        Many(40, i => Checks.Allow(resource: $"'arn:aws:s3:::*${{aws:PrincipalTag/t{i}}}*'", condition: $"{{'StringLike':{{'k:t':'*${{aws:PrincipalTag/u{i}}}*'}}}}")),
        Many(40, i => Checks.Allow(resource: $"'arn:aws:s3:::*${{aws:PrincipalTag/t{i + 1}}}*'", condition: $"{{'StringLike':{{'k:t':'*${{aws:PrincipalTag/u{i + 1}}}*'}}}}")));

    [Fact]
    public void Thousands_of_variables() => AssertVerdict(
        [Checks.Allow("'*'", $"[{string.Join(',', Many(2000, i => $"'arn:aws:s3:::${{aws:PrincipalTag/a{i}}}/${{aws:username}}*'"))}]")],
        [Checks.Allow("'s3:GetObject'", "'arn:aws:s3:::x'", "{'StringLike':{'aws:username':'q*'}}")]);

    [Fact]
    public void Lists_of_many_words() => AssertVerdict(
        Many(30, i => Checks.Allow(condition: $"{{'ForAnyValue:StringLike':{{'k:l':['*{Word(i)}*','{Word(i)}?']}},'ForAllValues:StringNotLike':{{'k:l':'{Word(i + 1)}*'}}}}")),
        Many(30, i => Checks.Allow(condition: $"{{'ForAllValues:StringLike':{{'k:l':'{Word(i)}*'}}}}")));

    [Fact]
    public void A_stored_document_of_twenty_thousand_statements()
    {
        var denies = Many(18_000, i => $"{{'Effect':'Deny','Action':'s:{i}','Resource':'*'}}");
        var text = Requests.Json($"{{'Version':'2012-10-17','Statement':[{Checks.Allow("'*'")},{string.Join(',', denies)}]}}");
        var large = PolicyDocument.ReadStored(text, PolicyType.Identity);
        Assert.Equal(18_001, large.Statements.Count);
        Assert.False(PolicyComparer.CheckNoNewAccess(Checks.Identity(Checks.Allow("'*'")), large).Passes);
        Assert.False(PolicyComparer.CheckNoNewAccess(large, Checks.Identity(Checks.Allow("'s3:*'"))).Passes);
        Assert.True(PolicyComparer.CheckNoNewAccess(large, large).Passes);
    }

    [Fact]
    public void Hundreds_of_principals()
    {
        static string Of(int from) => $"{{'Effect':'Allow','Principal':{{'AWS':[{string.Join(',', Enumerable.Range(from, 300).Select(i => $"'arn:aws:iam::{100000000000 + (i % 20)}:role/p{i}/r{i % 40}'"))}]}},'Action':'s3:GetObject','Resource':'*'}}";
        var comparison = PolicyComparer.CheckNoNewAccess(Checks.OnResource(Of(1), Of(50)), Checks.OnResource(Of(0)));
        Assert.Contains("role/p", comparison.CounterExample!.Principal.RoleArn, StringComparison.Ordinal);
    }

    /// <summary>These requests are new access, so the one verdict that must never come is that there is none.</summary>
    private static void AssertVerdict(string[] updated, string[] existing)
    {
        var (wide, narrow) = (Checks.Identity(updated), Checks.Identity(existing));
        foreach (var (one, other) in new[] { (wide, narrow), (narrow, wide) })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var comparison = PolicyComparer.CheckNoNewAccess(one, other);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.NotEqual(comparison.Passes, comparison.Reasons.Count > 0);
            if (comparison.CounterExample is { } request)
                Checks.AssertConfirmed(request, one, other);
            // An Allow of everything is never covered by these.
            Assert.False(PolicyComparer.CheckNoNewAccess(Checks.Identity(Checks.Allow("'*'")), other).Passes);
        }
    }

    private static string[] Many(int count, Func<int, string> statement) => [.. Enumerable.Range(0, count).Select(statement)];

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Word(int index) => $"{(char)('a' + (index % 26))}{(char)('a' + (index / 3 % 26))}";
}
