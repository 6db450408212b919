using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>Statements that are right and give away more than was meant, or say something twice.</summary>
public sealed class FindingsOfAccess
{
    private const string Pass = "'Effect':'Allow','Action':'iam:PassRole','Resource':";
    private const string Role = "'arn:aws:iam::111111111111:role/app-*'";
    private const string GitHub = "'Effect':'Allow','Action':'sts:AssumeRoleWithWebIdentity','Principal':{'Federated':'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com'},'Condition':";
    private const string OwnIssuer = "'Effect':'Allow','Action':'sts:AssumeRoleWithWebIdentity','Principal':{'Federated':'arn:aws:iam::111111111111:oidc-provider/idp.example.com:8443/x'},'Condition':";
    private const string Saml = "'Effect':'Allow','Action':'sts:AssumeRoleWithSAML','Principal':{'Federated':'arn:aws:iam::111111111111:saml-provider/idp'},'Condition':";
    private const string Object = "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'";

    public static TheoryData<PolicyType, string, string, string> Grants => new()
    {
        { PolicyType.Resource, "ALLOW_WITH_NOT_PRINCIPAL", "'Effect':'Allow','NotPrincipal':{'AWS':'111111111111'}," + Object, "'Effect':'Deny','NotPrincipal':{'AWS':'111111111111'}," + Object },
        { PolicyType.Resource, "ALLOWS_EVERYONE", "'Effect':'Allow','Principal':'*'," + Object, "'Effect':'Allow','Principal':'*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-example'}}," + Object },
        { PolicyType.Resource, "ALLOWS_EVERYONE", "'Effect':'Allow','Principal':{'AWS':'*'},'Condition':{'Bool':{'aws:SecureTransport':'true'}}," + Object, "'Effect':'Deny','Principal':'*'," + Object },
        { PolicyType.Trust, "ALLOWS_EVERYONE", "'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Condition':{'StringNotEquals':{'aws:PrincipalAccount':'1'}}", "'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Condition':{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111111111111:role/ci-*'}}" },
        { PolicyType.Identity, "ALLOW_NOT_ACTION_WITH_STAR_IN_RESOURCE", "'Effect':'Allow','NotAction':'iam:*','Resource':'*'", "'Effect':'Deny','NotAction':'iam:*','Resource':'*'" },
        { PolicyType.Resource, "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", "'Effect':'Allow','Principal':{'Service':'a.example.com'}," + Object, "'Effect':'Allow','Principal':{'Service':'a.example.com'},'Condition':{'StringEquals':{'aws:SourceAccount':'111111111111'}}," + Object },
        { PolicyType.Trust, "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", "'Effect':'Allow','Principal':{'Service':'a.example.com'},'Action':'sts:AssumeRole'", "'Effect':'Allow','Principal':{'Service':'a.example.com'},'Action':'sts:AssumeRole','Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:own:*:111111111111:*'}}" },
        { PolicyType.Identity, "FORALLVALUES_WITH_SINGLE_VALUED_KEY", "'Effect':'Allow','Condition':{'ForAllValues:StringEquals':{'aws:username':'x'}}," + Object, "'Effect':'Deny','Condition':{'ForAllValues:StringEquals':{'aws:username':'x'}}," + Object },
        { PolicyType.Identity, "FORALLVALUES_WITHOUT_NULL_CHECK", "'Effect':'Allow','Condition':{'ForAllValues:StringEquals':{'aws:TagKeys':'x'},'Null':{'aws:TagKeys':'true'}}," + Object, "'Effect':'Allow','Condition':{'ForAllValues:StringEquals':{'aws:TagKeys':'x'},'Null':{'aws:TagKeys':'false'}}," + Object },
        { PolicyType.Identity, "DENY_WITH_MFA_KEY_WITHOUT_IF_EXISTS", "'Effect':'Deny','Condition':{'Bool':{'aws:MultiFactorAuthPresent':'false'}}," + Object, "'Effect':'Deny','Condition':{'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'}}," + Object },
        { PolicyType.Identity, "ALLOW_WITH_MFA_KEY_IF_EXISTS", "'Effect':'Allow','Condition':{'BoolIfExists':{'aws:MultiFactorAuthPresent':'true'}}," + Object, "'Effect':'Allow','Condition':{'Bool':{'aws:MultiFactorAuthPresent':'true'}}," + Object },
        { PolicyType.Identity, "PASS_ROLE_WITH_STAR_IN_RESOURCE", Pass + "'*'", Pass + Role },
        { PolicyType.Identity, "PASS_ROLE_WITH_STAR_IN_RESOURCE", Pass + "'arn:aws:iam::111111111111:role/*'", Pass + "'*','Condition':{'StringEquals':{'iam:PassedToService':'a.example.com'}}" },
        { PolicyType.Identity, "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", "'Effect':'Allow','Action':'iam:Pass*','Resource':'*'", "'Effect':'Allow','Action':'iam:Pass*','Resource':" + Role },
        { PolicyType.Identity, "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", "'Effect':'Allow','NotAction':'s3:*','Resource':'*'", "'Effect':'Allow','NotAction':['s3:*','iam:*'],'Resource':'*'" },
        { PolicyType.Identity, "PASS_ROLE_WITH_NOT_RESOURCE", "'Effect':'Allow','Action':'iam:PassRole','NotResource':" + Role, Pass + Role },
        { PolicyType.Identity, "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE", "'Effect':'Allow','Action':'*','NotResource':" + Role, "'Effect':'Deny','Action':'*','NotResource':" + Role },
        { PolicyType.Identity, "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE", "'Effect':'Allow','NotAction':'s3:*','NotResource':" + Role, "'Effect':'Allow','NotAction':'iam:PassRole','NotResource':" + Role },
        { PolicyType.Identity, "PRIVILEGE_ESCALATION", "'Effect':'Allow','Action':'iam:CreatePolicyVersion','Resource':'*'", "'Effect':'Allow','Action':'iam:CreatePolicyVersion','Resource':'arn:aws:iam::111111111111:policy/team/*'" },
        { PolicyType.Identity, "PRIVILEGE_ESCALATION", "'Effect':'Allow','Action':['iam:AttachRolePolicy','sts:AssumeRole'],'Resource':'*'", "'Effect':'Allow','Action':['iam:AttachRolePolicy','sts:GetCallerIdentity'],'Resource':'*'" },
        { PolicyType.Identity, "PRIVILEGE_ESCALATION", "'Effect':'Allow','Action':'iam:CreateAccessKey','Resource':'arn:aws:iam::*:user/*'", "'Effect':'Allow','Action':'iam:CreateAccessKey','Resource':'arn:aws:iam::*:user/${aws:username}'" },
        { PolicyType.Identity, "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", "'Effect':'Deny','Condition':{'StringEquals':{'aws:ResourceTag/a':'b'}}," + Object, "'Effect':'Deny','Condition':{'StringEquals':{'aws:ResourceTag/a':'b'}},'Action':'iam:GetRole','Resource':'*'" },
        { PolicyType.Identity, "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", "'Effect':'Allow','Condition':{'StringEquals':{'aws:ResourceTag/a':'b'}}," + Object, "'Effect':'Allow','Condition':{'StringEquals':{'aws:ResourceTag/a':'b'}},'Action':'own:Do','Resource':'*'" },
        { PolicyType.Identity, "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", "'Effect':'Deny','Condition':{'StringEquals':{'aws:ResourceTag/a':'b'}},'NotAction':'s3:*','Resource':'*'", "'Effect':'Deny','Condition':{'StringNotEquals':{'aws:ResourceTag/a':'b'}},'NotAction':'s3:*','Resource':'*'" },
        { PolicyType.Identity, "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", "'Effect':'Allow','Condition':{'StringEquals':{'aws:ResourceTag/a':'b'}},'NotAction':'s3:*','Resource':'*'", "'Effect':'Allow','Condition':{'StringEquals':{'aws:PrincipalTag/a':'b'}},'NotAction':'s3:*','Resource':'*'" },
    };

    public static TheoryData<PolicyType, string, string, string> Federation => new()
    {
        { PolicyType.Trust, "OIDC_TRUST_WITHOUT_TENANT", GitHub + "{'StringEquals':{'token.actions.githubusercontent.com:aud':'sts.amazonaws.com'}}", GitHub + "{'StringLike':{'token.actions.githubusercontent.com:sub':'repo:acme/*'}}" },
        { PolicyType.Trust, "OIDC_TRUST_WITHOUT_TENANT", GitHub + "{'StringLike':{'token.actions.githubusercontent.com:sub':'repo:acme*'}}", GitHub + "{'StringEquals':{'token.actions.githubusercontent.com:sub':'repo:acme/app:ref:refs/heads/main'}}" },
        { PolicyType.Trust, "OIDC_TRUST_WITHOUT_TENANT", GitHub + "{'StringLike':{'token.actions.githubusercontent.com:sub':['repo:acme/*','repo:*']}}", GitHub + "{'StringEquals':{'TOKEN.actions.githubusercontent.com:repository_owner':'acme'}}" },
        { PolicyType.Trust, "OIDC_TRUST_WITHOUT_TENANT", GitHub + "{'StringEqualsIfExists':{'token.actions.githubusercontent.com:sub':'repo:acme/app'}}", GitHub + "{'ForAnyValue:StringEquals':{'token.actions.githubusercontent.com:repository_id':['1','2']}}" },
        { PolicyType.Trust, "OIDC_TRUST_WITHOUT_TENANT", GitHub + "{'StringNotEquals':{'token.actions.githubusercontent.com:sub':'repo:acme/app'}}", GitHub + "{'StringEquals':{'token.actions.githubusercontent.com:sub':'repo:acme/app'}}" },
        { PolicyType.Trust, "OIDC_TRUST_BY_CODE_ALONE", GitHub + "{'StringLike':{'token.actions.githubusercontent.com:job_workflow_ref':'acme/ci/*'}}", GitHub + "{'StringLike':{'token.actions.githubusercontent.com:job_workflow_ref':'acme/ci/*','token.actions.githubusercontent.com:sub':'repo:acme/*'}}" },
        { PolicyType.Trust, "OIDC_TRUST_WITHOUT_CONDITION", OwnIssuer + "{'StringEquals':{'aws:RequestedRegion':'r'}}", OwnIssuer + "{'StringEquals':{'idp.example.com:8443/x:aud':'daypass'}}" },
        { PolicyType.Trust, "SAML_TRUST_WITHOUT_CONDITION", Saml + "{}", Saml + "{'StringEquals':{'SAML:aud':'https://sign-in.example.com/saml'}}" },
    };

    public static TheoryData<PolicyType, string, string, string> Redundancies => new()
    {
        { PolicyType.Identity, "REDUNDANT_ACTION", "'Effect':'Deny','Action':['s3:Get*','s3:GetObject'],'Resource':'*'", "'Effect':'Deny','Action':['s3:Get*','s3:*Object'],'Resource':'*'" },
        { PolicyType.Identity, "REDUNDANT_ACTION", "'Effect':'Deny','Action':['s3:GetObject','S3:getobject'],'Resource':'*'", "'Effect':'Deny','Action':['s3:GetObject','s3:GetObjectAcl'],'Resource':'*'" },
        { PolicyType.Identity, "REDUNDANT_ACTION", "'Effect':'Deny','NotAction':['*','s3:GetObject'],'Resource':'*'", "'Effect':'Deny','NotAction':['s3:?etObject','s3:Get*Acl'],'Resource':'*'" },
        { PolicyType.Identity, "REDUNDANT_RESOURCE", "'Effect':'Deny','Action':'own:Do','Resource':['arn:aws:own:r:111111111111:a/*','arn:aws:own:r:111111111111:a/b']", "'Effect':'Deny','Action':'own:Do','Resource':['arn:aws:own:r:111111111111:a/*','arn:aws:own:r:111111111111:A/b']" },
        { PolicyType.Identity, "REDUNDANT_RESOURCE", "'Effect':'Deny','Action':'own:Do','Resource':['arn:aws:own','arn:aws:own:r:111111111111:a/b']", "'Effect':'Deny','Action':'own:Do','Resource':['arn:aws:own:?:*x:a','arn:aws:own:r:*:a']" },
        { PolicyType.Identity, "REDUNDANT_RESOURCE", "'Effect':'Deny','Action':'own:Do','Resource':['arn:aws:own:::${aws:username}*','arn:aws:own:::${aws:username}/x']", "'Effect':'Deny','Action':'own:Do','Resource':['arn:aws:own:::${aws:username}','arn:aws:own:::${aws:userid}']" },
    };

    public static TheoryData<PolicyType, string, string, string> Documents => new()
    {
        { PolicyType.Identity, "REDUNDANT_STATEMENT", FindingTable.Document("'Effect':'Allow','Action':'s3:*','Resource':'*'", "'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'"), FindingTable.Document("'Effect':'Allow','Action':'s3:*','Resource':'*'", "'Effect':'Deny','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'") },
        { PolicyType.Identity, "REDUNDANT_STATEMENT", FindingTable.Document("'Effect':'Deny','Action':'s3:*','Resource':'*'", "'Effect':'Deny','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}"), FindingTable.Document("'Effect':'Deny','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'true'}}", "'Effect':'Deny','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}") },
        { PolicyType.Identity, "REDUNDANT_STATEMENT", FindingTable.Document("'Effect':'Deny','NotAction':'s3:*','Resource':'*'", "'Effect':'Deny','NotAction':['s3:*','iam:*'],'Resource':'*'"), FindingTable.Document("'Effect':'Deny','NotAction':['s3:*','own:*'],'Resource':'*'", "'Effect':'Deny','NotAction':['s3:*','iam:*'],'Resource':'*'") },
        { PolicyType.Identity, "PRIVILEGE_ESCALATION", FindingTable.Document("'Effect':'Allow','Action':'iam:PutUserPolicy','Resource':'*'"), FindingTable.Document("'Effect':'Allow','Action':'iam:PutUserPolicy','Resource':'*'", "'Effect':'Deny','Action':'iam:Put*','Resource':'*'") },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    [MemberData(nameof(Federation))]
    [MemberData(nameof(Redundancies))]
    public void A_statement_that_gives_too_much_or_too_little_has_its_finding(PolicyType type, string code, string faulty, string sound) => FindingTable.AssertOnly(type, code, FindingTable.Document(faulty), FindingTable.Document(sound));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Statements_together_have_their_finding(PolicyType type, string code, string faulty, string sound) => FindingTable.AssertOnly(type, code, faulty, sound);

    [Fact]
    public void An_administrator_is_not_warned_of_what_is_less() =>
        Assert.DoesNotContain("PRIVILEGE_ESCALATION", FindingTable.CodesOf(PolicyType.Identity, FindingTable.Document("'Effect':'Allow','Action':'*','Resource':'*'")));
}
