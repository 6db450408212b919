using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Condition keys of requests, and what deciding costs in memory.</summary>
public sealed class RequestContexts
{
    [Fact]
    public void Keys_ignore_case_and_a_later_value_takes_the_place_of_an_earlier_one()
    {
        var context = new RequestContext(capacity: 0);
        context.Set("aws:PrincipalTag/Team", "a");
        context.Set("AWS:principaltag/TEAM", "b");
        Assert.True(context.TryGet("aws:PrincipalTag/team", out var value));
        Assert.Equal("b", value.Single);
        Assert.Single(context.All);
    }

    [Fact]
    public void A_context_hides_what_is_below_it_and_changes_nothing_there()
    {
        var session = Requests.Context("aws:username=bob", "aws:SourceIp=10.0.0.1");
        var request = new RequestContext(session);
        request.Set("AWS:SourceIp", "10.0.0.2");
        request.SetList("aws:TagKeys", ["a"]);

        Assert.True(request.TryGet("aws:username", out var name));
        Assert.Equal("bob", name.Single);
        Assert.Equal(["10.0.0.2", "a", "bob"], request.All.Select(entry => entry.Value[0]));
        Assert.True(session.TryGet("aws:SourceIp", out var below));
        Assert.Equal("10.0.0.1", below.Single);
        Assert.False(session.TryGet("aws:TagKeys", out _));
    }

    [Fact]
    public void A_list_is_a_list_even_with_one_value_or_none()
    {
        var context = Requests.Context("k:a=[x]", "k:b=[]", "k:c=x");
        bool IsList(string key) => context.TryGet(key, out var value) && value.IsList;
        Assert.True(IsList("k:a"));
        Assert.True(IsList("k:b"));
        Assert.False(IsList("k:c"));
    }

    [Fact]
    public void A_list_is_copied_when_it_is_given()
    {
        var values = new List<string> { "a" };
        var context = new RequestContext();
        context.SetList("k:k", values);
        values[0] = "b";
        context.TryGet("k:k", out var value);
        Assert.Equal(["a"], value.Values);
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        const string statement =
            "{'Effect':'Allow','Action':['ec2:Run*','s3:Get*'],'Resource':'arn:aws:s3:::*/${aws:username}/*','Condition':{'StringLike':{'aws:username':'b*'},"
            + "'IpAddress':{'aws:SourceIp':'2001:db8::/32'},'DateLessThan':{'aws:CurrentTime':'2030-01-01T00:00:00Z'},'NumericLessThan':{'k:n':'10'},"
            + "'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:user/*'},'ForAllValues:StringEquals':{'aws:TagKeys':['a','b']},'Bool':{'aws:SecureTransport':'true'}}}";
        var deny = statement.Replace("Allow", "Deny", StringComparison.Ordinal).Replace("b*", "c*", StringComparison.Ordinal);
        var policies = new PolicySet
        {
            Identity = [Requests.Policy(PolicyType.Identity, deny, statement)],
            Boundary = Requests.Policy(PolicyType.Boundary, statement),
            Resource = [Requests.Policy(PolicyType.Resource, deny.Replace("'Action'", "'Principal':{'AWS':['111111111111','" + Requests.UserArn + "']},'Action'", StringComparison.Ordinal))],
        };
        var context = Requests.Context(
            "aws:username=bob", "aws:SourceIp=2001:db8::1", "aws:CurrentTime=2026-01-01T00:00:00Z", "k:n=1", "aws:PrincipalArn=" + Requests.UserArn, "aws:TagKeys=[a]", "aws:SecureTransport=true");
        var request = Requests.Request(resource: "arn:aws:s3:::bucket/bob/file", context: context);
        Assert.True(PolicyEvaluator.Evaluate(request, policies).IsAllowed);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            PolicyEvaluator.Evaluate(request, policies);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
