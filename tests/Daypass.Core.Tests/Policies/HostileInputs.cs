using System.Text;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Texts made to cost much or to break the reader: refused, or handled with bounded work, never with an exception.</summary>
public sealed class HostileInputs
{
    private const string Document = "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'*'}]}";

    [Fact]
    public void Ten_megabytes_are_refused_unread()
    {
        var error = ParserRefusals.AssertRefused(PolicyType.Identity, new string('[', 10_000_000), "Cannot exceed quota for PolicySize: 131072");
        Assert.Equal(1, error.Position.Line);
    }

    [Fact]
    public void The_longest_text_is_taken_and_one_character_more_is_not()
    {
        var longest = Document + new string(' ', 131_072 - Document.Length);
        Assert.NotNull(PolicyDocument.TryParse(Requests.Json(longest), PolicyType.Identity, out _));
        ParserRefusals.AssertRefused(PolicyType.Identity, longest + " ", "Cannot exceed quota for PolicySize: 131072");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{'a':")]
    public void Deep_nesting_is_refused(string level) =>
        ParserRefusals.AssertRefused(PolicyType.Identity, string.Concat(Enumerable.Repeat(level, 20_000)), "This policy contains invalid Json");

    [Theory]
    [InlineData("'Action':'s3:@','Resource':'*'")]
    [InlineData("'Action':'s3:*','Resource':'arn:aws:s3:::@'")]
    [InlineData("'Action':'s3:*','Resource':'*','Condition':{'StringLike':{'k:k':'@'}}")]
    public void Patterns_with_more_stars_than_anyone_needs_are_refused(string members)
    {
        string WithStars(int count) =>
            $"{{'Version':'2012-10-17','Statement':[{{'Effect':'Allow',{members.Replace("@", string.Concat(Enumerable.Repeat("a*", count)), StringComparison.Ordinal)}}}]}}";
        Assert.NotNull(PolicyDocument.TryParse(Requests.Json(WithStars(64)), PolicyType.Identity, out _));
        ParserRefusals.AssertRefused(PolicyType.Identity, WithStars(65), "The policy failed legacy parsing");
    }

    [Fact]
    public void The_worst_legal_pattern_against_a_long_resource_comes_to_an_end()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 64)) + "b";
        var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::{pattern}'}}");
        Assert.False(KnownTraps.Decide(policy, Requests.Request(resource: "arn:aws:s3:::" + new string('a', 20_000))).IsAllowed);
    }

    [Fact]
    public void Variables_with_long_values_fit_wherever_they_are_put()
    {
        var longValue = new string('x', 5000);
        var policy = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${aws:PrincipalTag/p}${aws:PrincipalTag/p}*'}");
        var context = Requests.Context("aws:PrincipalTag/p=" + longValue);
        Assert.True(KnownTraps.Decide(policy, Requests.Request(resource: $"arn:aws:s3:::{longValue}{longValue}y", context: context)).IsAllowed);
        Assert.False(KnownTraps.Decide(policy, Requests.Request(resource: $"arn:aws:s3:::{longValue}", context: context)).IsAllowed);
    }

    [Fact]
    public void A_damaged_policy_is_read_or_refused_but_never_breaks_the_reader()
    {
        var random = new Random(20_261_122);
        var text = Requests.Json(
            "{'Version':'2012-10-17','Id':'\u00e9','Statement':[{'Sid':'a','Effect':'Allow','Action':['s3:*','ec2:Run*'],'Resource':['arn:aws:s3:::b/${aws:username, \\'x\\'}','*'],"
            + "'Condition':{'ForAnyValue:StringLike':{'k:k':['a*',1,true]},'DateLessThan':{'k:d':'2026-01-01T00:00:00Z'},'IpAddress':{'k:i':'::1/64'}}},"
            + "{'Effect':'Deny','NotAction':'iam:*','NotResource':'arn:aws:iam::111111111111:role/*'}]}").Replace("\\\"", "\\u0027", StringComparison.Ordinal);
        Assert.NotNull(PolicyDocument.TryParse(text, PolicyType.Identity, out _));
        const string pieces = "\"\\{}[]:,*?$' \u0000\ud800\u00e9axT0-/.";
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = new StringBuilder(text);
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                damaged[random.Next(damaged.Length)] = pieces[random.Next(pieces.Length)];
            var type = (PolicyType)random.Next(7);
            var document = PolicyDocument.TryParse(damaged.ToString(), type, out var error);
            Assert.True(document is null == error is not null);
            if (document is not null)
                KnownTraps.Decide(new Policy(document, "damaged", null), Requests.Request(context: Requests.Context("k:k=[a]", "k:d=2026", "k:i=::1")));
        }
    }

    [Theory]
    [InlineData("s3:GetObject\u0130")]
    [InlineData("S3:GET\u212A")]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("*")]
    [InlineData("s3:*")]
    public void An_odd_action_is_matched_by_no_name(string action)
    {
        var policy = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':['s3:GetObject','s3:GetK','iam:*'],'Resource':'*'}");
        Assert.False(KnownTraps.Decide(policy, Requests.Request(action: action)).IsAllowed);
    }
}
