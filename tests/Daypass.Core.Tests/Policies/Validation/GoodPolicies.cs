using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>Policies as they should be have no findings: a validator that always finds something is not listened to.</summary>
public sealed class GoodPolicies
{
    public static TheoryData<PolicyType, string> Policies => new()
    {
        { PolicyType.Identity, "'Effect':'Allow','Action':['s3:GetObject','s3:ListBucket'],'Resource':['arn:aws:s3:::reports','arn:aws:s3:::reports/*']" },
        { PolicyType.Identity, "'Sid':'Own','Effect':'Allow','Action':['iam:CreateAccessKey','iam:ListAccessKeys','iam:DeleteAccessKey'],'Resource':'arn:aws:iam::*:user/${aws:username}'" },
        { PolicyType.Identity, "'Effect':'Allow','Action':['iam:List*','iam:Get*','sts:GetCallerIdentity','organizations:DescribeOrganization','cloudtrail:LookupEvents'],'Resource':'*'" },
        { PolicyType.Identity, "'Effect':'Deny','Action':'*','Resource':'*','Condition':{'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'},'NotIpAddress':{'aws:SourceIp':['192.0.2.0/24','2001:db8::/32']}}" },
        { PolicyType.Identity, "'Effect':'Allow','Action':'invoices:Get*','Resource':'arn:aws:invoices:*:111111111111:invoice/*','Condition':{'StringEquals':{'aws:ResourceTag/Team':'${aws:PrincipalTag/Team}'},'DateLessThan':{'aws:CurrentTime':'2030-01-01'}}" },
        { PolicyType.Identity, "'Effect':'Allow','Action':'sts:AssumeRole','Resource':'arn:aws:iam::222222222222:role/partner/*','Condition':{'StringEquals':{'sts:ExternalId':'x-1'},'NumericLessThan':{'aws:MultiFactorAuthAge':3600}}" },
        { PolicyType.Identity, "'Effect':'Allow','Action':['daypass:AcquireLeases','daypass:RegisterService'],'Resource':'arn:aws:daypass:*:111111111111:service/bucket'" },
        { PolicyType.Identity, "'Effect':'Allow','Action':'iam:PassRole','Resource':'arn:aws:iam::111111111111:role/app/*','Condition':{'StringEquals':{'iam:PassedToService':'compute.example.com'}}" },
        { PolicyType.Trust, "'Effect':'Allow','Principal':{'AWS':['111111111111','arn:aws:iam::222222222222:role/r']},'Action':['sts:AssumeRole','sts:TagSession'],'Condition':{'StringEquals':{'sts:ExternalId':'x-1'},'ForAllValues:StringEquals':{'aws:TagKeys':['Team']},'Null':{'aws:TagKeys':'false'}}" },
        { PolicyType.Trust, "'Effect':'Allow','Principal':{'Federated':'arn:aws:iam::111111111111:oidc-provider/gitlab.com'},'Action':'sts:AssumeRoleWithWebIdentity','Condition':{'StringLike':{'gitlab.com:sub':'project_path:acme/*:ref_type:branch:ref:main'}}" },
        { PolicyType.Resource, "'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111111111111:role/r'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::b/*','Condition':{'StringEquals':{'s3:x-amz-acl':'bucket-owner-full-control'}}" },
        { PolicyType.Boundary, "'Effect':'Allow','Action':'*','Resource':'*'" },
        { PolicyType.Session, "'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/${aws:PrincipalTag/Team}/*'" },
        { PolicyType.ServiceControl, "'Effect':'Deny','NotAction':['iam:*','sts:*'],'Resource':'*','Condition':{'StringNotEquals':{'aws:RequestedRegion':['eu-1','eu-2']}}" },
        { PolicyType.ResourceControl, "'Effect':'Deny','Principal':'*','Action':'sts:*','Resource':'*','Condition':{'StringNotEqualsIfExists':{'aws:PrincipalOrgID':'o-example'}}" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_as_it_should_be_has_no_findings(PolicyType type, string statement) =>
        Assert.Empty(FindingTable.Validate(type, FindingTable.Document(statement)).Select(finding => $"{finding.IssueCode}: {finding.Details}"));

    [Fact]
    public void A_policy_of_uproject_is_looked_at_as_the_ARNs_that_its_names_stand_for()
    {
        var options = new PolicyValidationOptions { Syntax = PolicySyntax.Uproject };
        const string good = "{'Version':'1','Statement':[{'Effect':'Allow','Action':'uhost:Describe*','Resource':'ucs:uhost:*:1:instance/x'}]}";
        Assert.Empty(FindingTable.Validate(PolicyType.Identity, good, options));
        Assert.Contains("INVALID_ACTION", FindingTable.CodesOf(PolicyType.Identity, good.Replace("uhost:Describe*", "iam:Frobnicate", StringComparison.Ordinal), options));
        Assert.Contains("INVALID_VERSION", FindingTable.CodesOf(PolicyType.Identity, good));
        Assert.Contains("INVALID_VERSION", FindingTable.CodesOf(PolicyType.Identity, good.Replace("'1'", "'2012-10-17'", StringComparison.Ordinal), options));
    }

    [Fact]
    public void A_resource_policy_for_a_role_is_a_trust_policy() =>
        Assert.Contains("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", FindingTable.CodesOf(
            PolicyType.Resource, FindingTable.Document("'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sts:AssumeRole','Resource':'*'"), new() { ResourceType = "AWS::IAM::AssumeRolePolicyDocument" }));
}
