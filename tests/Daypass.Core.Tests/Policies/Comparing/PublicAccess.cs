using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>Whether a policy with principals lets strangers in.</summary>
public sealed class PublicAccess
{
    private const string Everybody = "'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'";

    [Theory]
    [InlineData("")]
    [InlineData("'StringEquals':{'k:t':'a'}")]
    [InlineData("'StringLike':{'aws:PrincipalOrgID':'o-*'}")]
    [InlineData("'StringEqualsIfExists':{'aws:PrincipalOrgID':'o-1'}")]
    [InlineData("'StringNotEquals':{'aws:PrincipalAccount':'111111111111'}")]
    [InlineData("'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:*:t'}")]
    [InlineData("'IpAddress':{'aws:SourceIp':'0.0.0.0/1'}")]
    [InlineData("'IpAddress':{'aws:SourceIp':['10.0.0.0/8','::/0']}")]
    [InlineData("'StringEquals':{'aws:PrincipalTag/team':'${aws:PrincipalTag/team}'}")]
    [InlineData("'Bool':{'aws:SecureTransport':'true'}")]
    [InlineData("'StringEquals':{'aws:RequestTag/a.b:c':'x'}")]
    [InlineData("'ForAllValues:StringLike':{'aws:PrincipalOrgPaths':'o-1/*'}")]
    public void What_strangers_can_bring_about_does_not_keep_them_out(string condition)
    {
        var policy = Checks.OnResource($"{{{Everybody},'Condition':{{{condition}}}}}");
        AssertPublic(policy);
    }

    [Theory]
    [InlineData("'StringEquals':{'aws:PrincipalOrgID':'o-1'}")]
    [InlineData("'StringEquals':{'AWS:principalaccount':['111111111111','222222222222']}")]
    [InlineData("'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111111111111:role/*'}")]
    [InlineData("'ArnEquals':{'aws:SourceArn':'arn:aws:sns:*:111111111111:*'}")]
    [InlineData("'StringEquals':{'aws:SourceAccount':'111111111111'}")]
    [InlineData("'StringEquals':{'aws:SourceVpce':'vpce-1'}")]
    [InlineData("'IpAddress':{'aws:SourceIp':['10.0.0.0/8','2001:db8::/32']}")]
    [InlineData("'StringLike':{'aws:userid':'AROAEXAMPLEEXAMPLE001:*'}")]
    [InlineData("'ForAnyValue:StringLike':{'aws:PrincipalOrgPaths':'o-1/r-1/*'}")]
    [InlineData("'Bool':{'aws:PrincipalIsAWSService':'true'}")]
    public void A_fixed_value_of_who_or_where_somebody_is_keeps_strangers_out(string condition) =>
        AssertNotPublic(Checks.OnResource($"{{{Everybody},'Condition':{{{condition}}}}}"));

    [Theory]
    [InlineData("'Principal':{'AWS':'111111111111'}", false)]
    [InlineData("'Principal':{'Service':'sns.amazonaws.com'}", false)]
    [InlineData("'Principal':{'AWS':'*'}", true)]
    [InlineData("'NotPrincipal':{'AWS':'111111111111'}", true)]
    [InlineData("'Principal':{'Federated':'arn:aws:iam::111111111111:saml-provider/p'}", false)]
    [InlineData("'Principal':{'Federated':'accounts.example.com'}", true)]
    public void Strangers_are_those_whom_no_policy_names(string principal, bool isPublic)
    {
        var policy = Checks.OnResource($"{{'Effect':'Allow',{principal},'Action':'s3:GetObject','Resource':'*'}}");
        if (isPublic)
            AssertPublic(policy);
        else
            AssertNotPublic(policy);
    }

    [Fact]
    public void A_provider_that_anybody_can_join_needs_a_fixed_claim()
    {
        const string Federated = "'Effect':'Allow','Principal':{'Federated':'accounts.example.com'},'Action':'sts:AssumeRoleWithWebIdentity'";
        AssertPublic(Requests.Document(PolicyType.Trust, $"{{{Federated}}}"));
        AssertPublic(Requests.Document(PolicyType.Trust, $"{{{Federated},'Condition':{{'StringLike':{{'accounts.example.com:aud':'app-*'}}}}}}"));
        AssertNotPublic(Requests.Document(PolicyType.Trust, $"{{{Federated},'Condition':{{'StringEquals':{{'accounts.example.com:aud':'app'}}}}}}"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("'StringEquals':{'token.actions.githubusercontent.com:aud':'sts.amazonaws.com'}", true)]
    [InlineData("'StringLike':{'token.actions.githubusercontent.com:sub':'repo:acme*'}", true)]
    [InlineData("'StringLike':{'token.actions.githubusercontent.com:sub':'repo:acme/*'}", false)]
    public void A_provider_of_one_s_own_whose_issuer_tenants_share_is_open_until_a_claim_names_the_tenant(string condition, bool isPublic)
    {
        var trust = Requests.Document(
            PolicyType.Trust,
            "{'Effect':'Allow','Principal':{'Federated':'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com'},'Action':'sts:AssumeRoleWithWebIdentity',"
            + $"'Condition':{{{condition}}}}}");
        if (isPublic)
            AssertPublic(trust);
        else
            AssertNotPublic(trust);
    }

    [Fact]
    public void A_Deny_of_all_others_keeps_strangers_out()
    {
        AssertNotPublic(Checks.OnResource($"{{{Everybody}}}", "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*','Condition':{'StringNotEquals':{'aws:PrincipalOrgID':'o-1'}}}"));
        AssertPublic(Checks.OnResource($"{{{Everybody}}}", "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*','Condition':{'StringNotLike':{'aws:PrincipalOrgID':'o-*'}}}"));
        AssertPublic(Checks.OnResource($"{{{Everybody}}}", "{'Effect':'Deny','Principal':{'AWS':'111111111111'},'Action':'*','Resource':'*'}"));
    }

    [Fact]
    public void A_policy_without_principals_lets_nobody_in()
    {
        AssertNotPublic(Checks.Identity(Checks.Allow("'*'")));
        AssertNotPublic(Checks.OnResource(Checks.Allow("'*'")));
    }

    private static void AssertPublic(PolicyDocument policy)
    {
        var comparison = PolicyComparer.CheckNoPublicAccess(policy);
        Assert.False(comparison.Passes);
        Assert.Equal("Public access in the statement with index: 0.", Assert.Single(comparison.Reasons).Description);
        Assert.True(Checks.IsAllowed(Assert.IsType<AccessRequest>(comparison.CounterExample), policy));
    }

    private static void AssertNotPublic(PolicyDocument policy) => Assert.Equal(new Comparison(true, [], null), PolicyComparer.CheckNoPublicAccess(policy));
}
