using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>Access that a policy is not to grant: any of the actions on any of the resources.</summary>
public sealed class AccessNotGranted
{
    private const string Reader = "{'Effect':'Allow','Action':'s3:Get*','Resource':'arn:aws:s3:::b/*','Sid':'Read'}";

    [Theory]
    [InlineData("s3:GetObject", "")]
    [InlineData("S3:GETOBJECT", "arn:aws:s3:::b/k")]
    [InlineData("s3:*", "arn:aws:s3:::*")]
    [InlineData("iam:*,s3:Get*", "arn:aws:s3:::c,arn:aws:s3:::*/k")]
    [InlineData("*", "")]
    [InlineData("", "arn:aws:s3:::b/k")]
    [InlineData("", "")]
    [InlineData("s3:?etObject", "*")]
    public void Any_of_it_that_is_granted_fails_with_a_request(string actions, string resources)
    {
        var policy = Checks.Identity(Reader);
        var comparison = PolicyComparer.CheckAccessNotGranted(policy, [Of(actions, resources)]);
        Assert.Equal([new ComparisonReason("Listed access in the statement with sid: Read.", 0, "Read")], comparison.Reasons);
        AssertGranted(comparison, policy);
    }

    [Theory]
    [InlineData("s3:PutObject", "")]
    [InlineData("iam:*", "")]
    [InlineData("s3:GetObject", "arn:aws:s3:::c/*")]
    [InlineData("s3:L*,sts:*", "arn:aws:s3:::b/k")]
    public void What_is_not_granted_passes(string actions, string resources) =>
        Assert.True(PolicyComparer.CheckAccessNotGranted(Checks.Identity(Reader), [Of(actions, resources)]).Passes);

    [Fact]
    public void A_Deny_takes_it_away_if_it_is_unconditional()
    {
        var denied = Checks.Identity(Reader, Checks.Deny("'s3:GetObject'", "'arn:aws:s3:::b*'"));
        Assert.True(PolicyComparer.CheckAccessNotGranted(denied, [Of("s3:GetObject", "")]).Passes);
        var unless = Checks.Identity(Reader, Checks.Deny("'s3:GetObject'", "'*'", "{'Bool':{'aws:MultiFactorAuthPresent':'false'}}"));
        var comparison = PolicyComparer.CheckAccessNotGranted(unless, [Of("s3:GetObject", "")]);
        AssertGranted(comparison, unless);
    }

    [Fact]
    public void Entries_are_questions_of_their_own()
    {
        var policy = Checks.Identity(Checks.Allow("'s3:GetObject'", "'arn:aws:s3:::a'"), Checks.Allow("'s3:PutObject'", "'arn:aws:s3:::b'"));
        Assert.True(PolicyComparer.CheckAccessNotGranted(policy, [Of("s3:GetObject", "arn:aws:s3:::b"), Of("s3:PutObject", "arn:aws:s3:::a")]).Passes);
        Assert.True(PolicyComparer.CheckAccessNotGranted(policy, []).Passes);
        var comparison = PolicyComparer.CheckAccessNotGranted(policy, [Of("s3:GetObject", "arn:aws:s3:::b"), Of("s3:PutObject", "arn:aws:s3:::b")]);
        Assert.Equal(1, Assert.Single(comparison.Reasons).StatementIndex);
        AssertGranted(comparison, policy);
    }

    [Fact]
    public void A_policy_with_variables_is_tried_with_values()
    {
        var policy = Checks.Identity(Checks.Allow(resource: "'arn:aws:s3:::home/${aws:username}/*'"));
        Assert.True(PolicyComparer.CheckAccessNotGranted(policy, [Of("", "arn:aws:s3:::other/*")]).Passes);
        var comparison = PolicyComparer.CheckAccessNotGranted(policy, [Of("", "arn:aws:s3:::home/alice/*")]);
        AssertGranted(comparison, policy);
        Assert.StartsWith("arn:aws:s3:::home/alice/", comparison.CounterExample!.Resource, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_trust_policy_only_actions_count()
    {
        var trust = Requests.Document(PolicyType.Trust, "{'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sts:AssumeRole'}");
        Assert.True(PolicyComparer.CheckAccessNotGranted(trust, [Of("sts:TagSession", "")]).Passes);
        AssertGranted(PolicyComparer.CheckAccessNotGranted(trust, [Of("sts:Assume*", "arn:aws:iam::999999999999:role/r")]), trust);
    }

    [Theory]
    [InlineData("GetObject")]
    [InlineData("")]
    [InlineData("s*:GetObject")]
    [InlineData("s3:Get:Object")]
    public void A_pattern_that_matches_no_action_does_not_pass(string action)
    {
        var comparison = PolicyComparer.CheckAccessNotGranted(Checks.Identity(Reader), [new([action], [])]);
        Assert.False(comparison.Passes);
        Assert.Equal(-1, Assert.Single(comparison.Reasons).StatementIndex);
    }

    private static AccessPattern Of(string actions, string resources) => new(Split(actions), Split(resources));

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static void AssertGranted(Comparison comparison, PolicyDocument policy)
    {
        Assert.False(comparison.Passes);
        Assert.True(Checks.IsAllowed(Assert.IsType<AccessRequest>(comparison.CounterExample), policy));
    }
}
