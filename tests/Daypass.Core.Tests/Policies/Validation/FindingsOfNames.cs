using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>Principals, actions, resources and variables that name nothing, or something else than they seem to.</summary>
public sealed class FindingsOfNames
{
    private const string Get = "'Effect':'Allow','Action':'s3:GetObject','Resource':";
    private const string Assume = "'Effect':'Allow','Action':'sts:AssumeRole','Principal':";
    private const string OnObject = "'Effect':'Deny','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k','Principal':";
    private const string Oidc = "arn:aws:iam::111111111111:oidc-provider/idp.example.com";
    private const string Saml = "arn:aws:iam::111111111111:saml-provider/idp";

    public static TheoryData<PolicyType, string, string, string> Principals => new()
    {
        { PolicyType.Resource, "INVALID_PRINCIPAL_FORMAT", OnObject + "'x'", OnObject + "'*'" },
        { PolicyType.Resource, "INVALID_PRINCIPAL_FORMAT", OnObject + "{'AWS':'arn:aws:iam::111111111111:group/g'}", OnObject + "{'AWS':'arn:aws:iam::111111111111:user/g'}" },
        { PolicyType.Trust, "INVALID_PRINCIPAL_FORMAT", Assume + "{'AWS':'11111111111'}", Assume + "{'AWS':'111111111111'}" },
        { PolicyType.Resource, "INVALID_PRINCIPAL_KEY", OnObject + "{'aws':'*'}", OnObject + "{'AWS':'*'}" },
        { PolicyType.Resource, "UNSUPPORTED_WILDCARD_IN_PRINCIPAL", OnObject + "{'AWS':'arn:aws:iam::111111111111:user/*'}", OnObject + "{'AWS':'*'}" },
        { PolicyType.Resource, "UNSUPPORTED_WILDCARD_IN_PRINCIPAL", OnObject + "{'Service':'*'}", OnObject + "{'Service':'a.example.com'}" },
        { PolicyType.Trust, "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Assume + "{'Federated':'*'}", Assume + "{'AWS':'*'}" },
        { PolicyType.Trust, "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", Assume + "{'Federated':'arn:aws:iam::111111111111:role/r'}", Assume + $"{{'Federated':'{Oidc}'}}" },
        { PolicyType.Trust, "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", Assume + "{'Federated':'idp'}", Assume + "{'Federated':'idp.example.com'}" },
        { PolicyType.Resource, "INVALID_SERVICE_PRINCIPAL_FORMAT", OnObject + "{'Service':'arn:aws:s3:::b'}", OnObject + "{'Service':'s3.amazonaws.com'}" },
        { PolicyType.Trust, "MISMATCHED_ACTION_FOR_PRINCIPAL", Assume + $"{{'Federated':'{Oidc}'}}", Assume + "{'Service':'a.example.com'}" },
        { PolicyType.Trust, "MISMATCHED_ACTION_FOR_PRINCIPAL", $"'Effect':'Allow','Action':'sts:AssumeRoleWithSAML','Principal':{{'Federated':'{Oidc}'}}", $"'Effect':'Allow','Action':'sts:AssumeRoleWithSAML','Principal':{{'Federated':'{Saml}'}}" },
        { PolicyType.Trust, "MISMATCHED_ACTION_FOR_PRINCIPAL", $"'Effect':'Allow','Action':'sts:AssumeRole','Principal':{{'AWS':'111111111111','Federated':'{Oidc}'}}", $"'Effect':'Allow','Action':['sts:AssumeRole','sts:AssumeRoleWithWebIdentity'],'Principal':{{'AWS':'111111111111','Federated':'{Oidc}'}}" },
        { PolicyType.Trust, "MISMATCHED_ACTION_FOR_PRINCIPAL", "'Effect':'Allow','Action':'sts:AssumeRoleWithWebIdentity','Principal':{'AWS':'111111111111'}", "'Effect':'Allow','Action':'sts:*','Principal':{'AWS':'111111111111'}" },
        { PolicyType.Trust, "INVALID_ROLE_REFERENCE", Assume + "{'AWS':'AROAEXAMPLEEXAMPLE001'}", Assume + "{'AWS':'arn:aws:iam::111111111111:role/r'}" },
        { PolicyType.Trust, "INVALID_USER_REFERENCE", Assume + "{'AWS':'AIDAEXAMPLEEXAMPLE001'}", Assume + "{'AWS':'AROAEXAMPLEEXAMPLE001'}" },
        { PolicyType.Resource, "EMPTY_OBJECT_PRINCIPAL", OnObject + "{}", OnObject + "{'AWS':[]}" },
        { PolicyType.Resource, "EMPTY_ARRAY_PRINCIPAL", OnObject + "{'AWS':[]}", OnObject + "{'AWS':['111111111111']}" },
    };

    public static TheoryData<PolicyType, string, string, string> Actions => new()
    {
        { PolicyType.Identity, "INVALID_ACTION", "'Effect':'Allow','Action':'GetObject','Resource':'*'", "'Effect':'Allow','Action':'*','Resource':'*'" },
        { PolicyType.Identity, "INVALID_ACTION", "'Effect':'Allow','Action':'s3:GetObjects','Resource':'*'", "'Effect':'Allow','Action':'S3:GETOBJECT','Resource':'*'" },
        { PolicyType.Identity, "INVALID_ACTION", "'Effect':'Allow','Action':'iam:Frob*','Resource':'*'", "'Effect':'Allow','Action':'iam:Get*','Resource':'*'" },
        { PolicyType.Identity, "INVALID_ACTION", "'Effect':'Deny','NotAction':'s3:Get*,s3:Put*','Resource':'*'", "'Effect':'Deny','NotAction':['s3:Get*','s3:Put*'],'Resource':'*'" },
        { PolicyType.Identity, "INVALID_ACTION", "'Effect':'Allow','Action':'s3:Get:Object','Resource':'*'", "'Effect':'Allow','Action':'own:Anything','Resource':'*'" },
        { PolicyType.Identity, "INVALID_ACTION", "'Effect':'Allow','Action':'s3:','Resource':'*'", "'Effect':'Allow','Action':'s3:*','Resource':'*'" },
        { PolicyType.Identity, "INVALID_SERVICE_IN_ACTION", "'Effect':'Allow','Action':'s*:Get','Resource':'*'", "'Effect':'Allow','Action':'ec2:Get*','Resource':'*'" },
        { PolicyType.Resource, "INVALID_SERVICE_IN_ACTION", "'Effect':'Deny','Principal':'*','Action':':Get','Resource':'*'", "'Effect':'Deny','Principal':'*','Action':'ec2:Get*','Resource':'*'" },
        { PolicyType.Trust, "UNSUPPORTED_ACTION_IN_POLICY", "'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'s3:GetObject'", "'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'STS:AssumeRole'" },
        { PolicyType.Identity, "TOO_MANY_WILDCARDS", Get + "'arn:aws:s3:::" + Many(65) + "'", Get + "'arn:aws:s3:::" + Many(64) + "'" },
        { PolicyType.Identity, "TOO_MANY_WILDCARDS", Get + "'*','Condition':{'StringLike':{'aws:username':'" + Many(65) + "'}}", Get + "'*'" },
    };

    public static TheoryData<PolicyType, string, string, string> Resources => new()
    {
        { PolicyType.Identity, "INVALID_ARN_PREFIX", Get + "'b/k'", Get + "'*'" },
        { PolicyType.Identity, "INVALID_ARN_PREFIX", Get + "'aws:s3:::b/k'", Get + "'arn:aws:s3:::b/k'" },
        { PolicyType.Resource, "INVALID_ARN_PREFIX", "'Effect':'Deny','Principal':'*','Action':'own:Do','Resource':'thing'", "'Effect':'Deny','Principal':'*','Action':'own:Do','Resource':'own:thing'" },
        { PolicyType.Identity, "INVALID_PARTITION", Get + "'arn:asw:s3:::b/k'", Get + "'arn:aws-cn:s3:::b/k'" },
        { PolicyType.Identity, "MISSING_ARN_FIELD", Get + "'arn:aws'", Get + "'arn:aws:s3:::b/k'" },
        { PolicyType.Identity, "MISSING_ARN_FIELD", "'Effect':'Allow','Action':'sqs:*','Resource':'arn:aws:sqs'", "'Effect':'Allow','Action':'sqs:*','Resource':'arn:aws:sqs:*:*:q'" },
        { PolicyType.Identity, "INVALID_SERVICE", Get + "'arn:aws:s*:::b/k'", Get + "'arn:aws:s3:::*'" },
        { PolicyType.Identity, "INVALID_ARN_SERVICE_CASE", Get + "'arn:aws:S3:::b/k'", Get + "'arn:aws:s3:::b/K'" },
        { PolicyType.Identity, "ARN_REGION_NOT_ALLOWED", Get + "'arn:aws:s3:eu-west-1::b/k'", Get + "'arn:aws:s3:eu-west-1:111111111111:accesspoint/p/object/k'" },
        { PolicyType.Identity, "ARN_REGION_NOT_ALLOWED", "'Effect':'Allow','Action':'iam:GetRole','Resource':'arn:aws:iam:r:111111111111:role/r'", "'Effect':'Allow','Action':'iam:GetRole','Resource':'arn:aws:iam::111111111111:role/r'" },
        { PolicyType.Identity, "MISSING_ARN_REGION", "'Effect':'Allow','Action':'cloudtrail:GetTrail','Resource':'arn:aws:cloudtrail::111111111111:trail/t'", "'Effect':'Allow','Action':'cloudtrail:GetTrail','Resource':'arn:aws:cloudtrail:*:111111111111:trail/t'" },
        { PolicyType.Identity, "INVALID_ARN_REGION", "'Effect':'Allow','Action':'cloudtrail:GetTrail','Resource':'arn:aws:cloudtrail:EU:111111111111:trail/t'", "'Effect':'Allow','Action':'cloudtrail:GetTrail','Resource':'arn:aws:cloudtrail:eu-*:111111111111:trail/t'" },
        { PolicyType.Identity, "ARN_ACCOUNT_NOT_ALLOWED", Get + "'arn:aws:s3::111111111111:b/k'", Get + "'arn:aws:s3::*:b/k'" },
        { PolicyType.Identity, "INVALID_ARN_ACCOUNT", "'Effect':'Allow','Action':'iam:GetRole','Resource':'arn:aws:iam::1111:role/r'", "'Effect':'Allow','Action':'iam:GetPolicy','Resource':'arn:aws:iam::aws:policy/p'" },
        { PolicyType.Identity, "INVALID_ARN_RESOURCE", "'Effect':'Allow','Action':'iam:GetRole','Resource':'arn:aws:iam::111111111111:roles/r'", "'Effect':'Allow','Action':'iam:GetRole','Resource':'arn:aws:iam::111111111111:r*'" },
        { PolicyType.Identity, "INVALID_ARN_RESOURCE", "'Effect':'Allow','Action':'daypass:RegisterService','Resource':'arn:aws:daypass:r:111111111111:thing/x'", "'Effect':'Allow','Action':'daypass:RegisterService','Resource':'arn:aws:daypass:r:111111111111:service/x'" },
        { PolicyType.Identity, "ACTION_WITHOUT_MATCHING_RESOURCE", Get + "'arn:aws:s3:::b'", Get + "'arn:aws:s3:::b*'" },
        { PolicyType.Identity, "ACTION_WITHOUT_MATCHING_RESOURCE", "'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::b/*'", "'Effect':'Allow','Action':'s3:ListBucket','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']" },
        { PolicyType.Identity, "ACTION_WITHOUT_MATCHING_RESOURCE", "'Effect':'Allow','Action':'sts:GetCallerIdentity','Resource':'arn:aws:iam::111111111111:role/r'", "'Effect':'Allow','Action':'sts:AssumeRole','Resource':'arn:aws:iam::111111111111:role/r'" },
    };

    public static TheoryData<PolicyType, string, string, string> Variables => new()
    {
        { PolicyType.Identity, "MISSING_BRACE_IN_VARIABLE", Get + "'arn:aws:s3:::b/${aws:username'", Get + "'arn:aws:s3:::b/${aws:username}'" },
        { PolicyType.Identity, "EMPTY_VARIABLE", Get + "'arn:aws:s3:::b/${}'", Get + "'arn:aws:s3:::b/${$}'" },
        { PolicyType.Identity, "MISSING_QUOTE_IN_VARIABLE", Get + "'arn:aws:s3:::b/${aws:username, x}'", Get + "'arn:aws:s3:::b/${aws:username}'" },
        { PolicyType.Identity, "UNSUPPORTED_SPACE_IN_VARIABLE", Get + "'arn:aws:s3:::b/${aws: username}'", Get + "'arn:aws:s3:::b/${aws:username} x'" },
        { PolicyType.Identity, "UNSUPPORTED_SYMBOL_IN_VARIABLE", Get + "'arn:aws:s3:::b/${aws:${*}}'", Get + "'arn:aws:s3:::b/${*}'" },
        { PolicyType.Identity, "VARIABLE_UNSUPPORTED_IN_ELEMENT", "'Effect':'Allow','Action':'s3:${aws:username}','Resource':'*'", Get + "'arn:aws:s3:::${aws:username}/k'" },
        { PolicyType.Identity, "VARIABLE_UNSUPPORTED_IN_ELEMENT", "'Effect':'Allow','Action':'sqs:*','Resource':'arn:aws:sqs:*:${aws:PrincipalAccount}:q'", "'Effect':'Allow','Action':'sqs:*','Resource':'arn:aws:sqs:*:*:${aws:PrincipalAccount}'" },
        { PolicyType.Identity, "INVALID_VARIABLE_FOR_OPERATOR", Get + "'*','Condition':{'Bool':{'aws:SecureTransport':'${aws:ViaAWSService}'}}", Get + "'*','Condition':{'StringEquals':{'aws:userid':'${aws:username}'}}" },
        { PolicyType.Identity, "VARIABLE_OF_MULTIVALUED_KEY", Get + "'arn:aws:s3:::b/${aws:TagKeys}'", Get + "'arn:aws:s3:::b/${aws:PrincipalTag/Team}'" },
        { PolicyType.Identity, "INVALID_GLOBAL_CONDITION_KEY", Get + "'arn:aws:s3:::b/${aws:usernam}'", Get + "'arn:aws:s3:::b/${own:usernam}'" },
    };

    public static TheoryData<PolicyType, string, string, string> Documents => new()
    {
        { PolicyType.Session, "VARIABLE_UNSUPPORTED_IN_VERSION", "{'Version':'2008-10-17','Statement':[{" + Get + "'arn:aws:s3:::${aws:username}/k'}]}", "{'Version':'2012-10-17','Statement':[{" + Get + "'arn:aws:s3:::${aws:username}/k'}]}" },
    };

    [Theory]
    [MemberData(nameof(Principals))]
    [MemberData(nameof(Actions))]
    [MemberData(nameof(Resources))]
    [MemberData(nameof(Variables))]
    public void A_name_of_nothing_has_its_finding(PolicyType type, string code, string faulty, string sound) => FindingTable.AssertOnly(type, code, FindingTable.Document(faulty), FindingTable.Document(sound));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_variable_needs_a_version_that_has_them(PolicyType type, string code, string faulty, string sound) => FindingTable.AssertOnly(type, code, faulty, sound);

    [Theory]
    [InlineData("s3:GetObjcet", "GetObject")]
    [InlineData("iam:passrolle", "PassRole")]
    [InlineData("AssumeRole", "sts:AssumeRole")]
    public void A_slip_of_the_pen_is_told_what_was_meant(string action, string meant) =>
        Assert.Contains($"Did you mean {meant}?", FindingTable.Validate(PolicyType.Identity, FindingTable.Document($"'Effect':'Allow','Action':'{action}','Resource':'*'")).Single().Details, StringComparison.Ordinal);

    [Fact]
    public void A_default_in_quotes_is_no_fault() =>
        Assert.Empty(FindingTable.Validate(PolicyType.Identity, FindingTable.Document(Get + "'arn:aws:s3:::b/${aws:username, \\u0027x\\u0027}/k'")));

    private static string Many(int stars) => string.Concat(Enumerable.Repeat("a*", stars));
}
