using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>Conditions that cannot be met, are always met, or mean something else than they seem to.</summary>
public sealed class FindingsOfConditions
{
    /// <summary>Code, a condition with the fault, the same without; all in a Deny of s3:GetObject.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "DATA_TYPE_MISMATCH", "[]", "{'Bool':{'aws:SecureTransport':'true'}}" },
        { "DATA_TYPE_MISMATCH", "{'Bool':'x'}", "{'Bool':{'aws:SecureTransport':true}}" },
        { "DATA_TYPE_MISMATCH", "{'StringEquals':{'aws:username':[['x']]}}", "{'StringEquals':{'aws:username':['x']}}" },
        { "INVALID_CONDITION_OPERATOR", "{'StringEqual':{'aws:username':'x'}}", "{'stringequals':{'aws:username':'x'}}" },
        { "INVALID_CONDITION_OPERATOR", "{'ForSomeValues:StringEquals':{'aws:TagKeys':'x'}}", "{'ForAnyValue:StringEquals':{'aws:TagKeys':'x'}}" },
        { "NULL_WITH_IF_EXISTS", "{'NullIfExists':{'aws:username':'true'}}", "{'Null':{'aws:username':'true'}}" },
        { "DUPLICATE_KEYS_WITH_DIFFERENT_CASE", "{'StringEquals':{'aws:username':'x','aws:UserName':'y'}}", "{'StringEquals':{'aws:username':'x'},'StringLike':{'aws:UserName':'y'}}" },
        { "INVALID_CONDITION_KEY_FORMAT", "{'StringEquals':{'username':'x'}}", "{'StringEquals':{'own:username':'x'}}" },
        { "INVALID_GLOBAL_CONDITION_KEY", "{'StringEquals':{'aws:user':'x'}}", "{'StringEquals':{'AWS:UserName':'x'}}" },
        { "UNSUPPORTED_GLOBAL_CONDITION_KEY", "{'ArnLike':{'aws:ARN':'arn:aws:iam::111111111111:role/r'}}", "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111111111111:role/r'}}" },
        { "INVALID_SERVICE_CONDITION_KEY", "{'StringEquals':{'s3:prefixes':'x'}}", "{'StringEquals':{'s3:prefix':'x'}}" },
        { "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE", "{'StringEquals':{'iam:PassedToService':'x'}}", "{'StringEquals':{'s3:authType':'x'}}" },
        { "MISSING_TAG_KEY_IN_CONDITION", "{'StringEquals':{'aws:PrincipalTag':'x'}}", "{'StringEquals':{'aws:principaltag/Team':'x'}}" },
        { "MISSING_TAG_KEY_IN_CONDITION", "{'StringEquals':{'aws:PrincipalTag/':'x'}}", "{'StringEquals':{'aws:PrincipalTag/a/b':'x'}}" },
        { "MISSING_QUALIFIER", "{'StringEquals':{'aws:TagKeys':'x'}}", "{'ForAllValues:StringEquals':{'aws:TagKeys':'x'}}" },
        { "MISSING_QUALIFIER", "{'StringNotEquals':{'aws:PrincipalOrgPaths':'x'}}", "{'Null':{'aws:PrincipalOrgPaths':'true'}}" },
        { "INVALID_CONDITION_MULTIPLE_BOOLEAN", "{'Bool':{'aws:SecureTransport':['true','false']}}", "{'Bool':{'aws:SecureTransport':['true']}}" },
        { "TYPE_MISMATCH_BOOLEAN", "{'Bool':{'aws:SecureTransport':'yes'}}", "{'Bool':{'aws:SecureTransport':'True'}}" },
        { "TYPE_MISMATCH_BOOLEAN", "{'Null':{'aws:username':1}}", "{'Null':{'aws:username':false}}" },
        { "TYPE_MISMATCH_DATE", "{'DateLessThan':{'aws:CurrentTime':'tomorrow'}}", "{'DateLessThan':{'aws:CurrentTime':'2030-01-01T00:00:00Z'}}" },
        { "TYPE_MISMATCH_IP_RANGE", "{'IpAddress':{'aws:SourceIp':'10.0.0.0/33'}}", "{'IpAddress':{'aws:SourceIp':'10.0.0.0/32'}}" },
        { "TYPE_MISMATCH_NUMBER", "{'NumericLessThan':{'aws:MultiFactorAuthAge':'ten'}}", "{'NumericLessThan':{'aws:MultiFactorAuthAge':10}}" },
        { "TYPE_MISMATCH_STRING", "{'BinaryEquals':{'own:key':'%'}}", "{'BinaryEquals':{'own:key':'AAAA'}}" },
        { "TYPE_MISMATCH", "{'StringEquals':{'aws:SourceIp':'10.0.0.1'}}", "{'IpAddress':{'aws:SourceIp':'10.0.0.1'}}" },
        { "TYPE_MISMATCH", "{'NumericEquals':{'aws:username':'1'}}", "{'NumericLessThan':{'aws:EpochTime':'1'}}" },
        { "INVALID_ARN_PREFIX", "{'ArnLike':{'aws:PrincipalArn':'*'}}", "{'ArnLike':{'aws:PrincipalArn':'arn:*:*:*:*:*'}}" },
        { "MISSING_ARN_FIELD", "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*'}}", "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/*'}}" },
        { "WILDCARD_WITHOUT_LIKE_OPERATOR", "{'StringEquals':{'aws:username':'b*'}}", "{'StringLike':{'aws:username':'b*'}}" },
        { "WILDCARD_WITHOUT_LIKE_OPERATOR", "{'StringNotEqualsIgnoreCase':{'aws:username':'b?'}}", "{'StringNotEqualsIgnoreCase':{'aws:username':'b${?}'}}" },
        { "URN_COMPARED_AS_TEXT", "{'StringEquals':{'aws:PrincipalArn':'ucs:iam::1:user/x'}}", "{'StringEquals':{'aws:PrincipalArn':'arn:aws:iam::000000000001:user/x'}}" },
        { "URN_COMPARED_AS_TEXT", "{'ForAnyValue:StringNotLikeIfExists':{'aws:SourceArn':['*','acme:uhost:*:658*:instance/*']}}", "{'StringLike':{'own:urn':'acme:uhost:*:*:instance/*'}}" },
        { "INVALID_GLOBAL_CONDITION_KEY", "{'StringEquals':{'ucs:PrincipalUrn':'x'}}", "{'StringEquals':{'UCS:projectid':'x'}}" },
        { "INVALID_DATE_VALUE", "{'DateLessThan':{'aws:CurrentTime':'1893456000'}}", "{'DateLessThan':{'aws:CurrentTime':'2030'}}" },
        { "NULL_WITH_QUALIFIER", "{'ForAnyValue:Null':{'aws:TagKeys':'true'}}", "{'Null':{'aws:TagKeys':'true'}}" },
        { "EMPTY_OBJECT_CONDITION", "{}", "{'StringEquals':{'aws:username':'x'}}" },
        { "EMPTY_OBJECT_CONDITION", "{'StringEquals':{}}", "{'StringEquals':{'aws:username':'x'}}" },
        { "EMPTY_ARRAY_CONDITION", "{'StringEquals':{'aws:username':[]}}", "{'StringEquals':{'aws:username':['x']}}" },
        { "EMPTY_ARRAY_CONDITION_FORALLVALUES", "{'ForAllValues:StringEquals':{'aws:TagKeys':[]}}", "{'ForAllValues:StringEquals':{'aws:TagKeys':['x']}}" },
        { "EMPTY_ARRAY_CONDITION_FORANYVALUE", "{'ForAnyValue:StringEquals':{'aws:TagKeys':[]}}", "{'ForAnyValue:StringEquals':{'aws:TagKeys':['x']}}" },
        { "EMPTY_ARRAY_CONDITION_IFEXISTS", "{'StringEqualsIfExists':{'aws:username':[]}}", "{'StringEqualsIfExists':{'aws:username':['x']}}" },
        { "IMPROVE_IP_RANGE", "{'IpAddress':{'aws:SourceIp':'203.0.113.9/24'}}", "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}" },
        { "IMPROVE_IP_RANGE", "{'NotIpAddress':{'aws:SourceIp':'2001:db8::1/64'}}", "{'NotIpAddress':{'aws:SourceIp':'2001:db8::1'}}" },
        { "REDUNDANT_CONDITION_VALUE_NUM", "{'NumericLessThan':{'aws:MultiFactorAuthAge':['2700','3600']}}", "{'NumericEquals':{'aws:MultiFactorAuthAge':['2700','3600']}}" },
        { "REDUNDANT_CONDITION_VALUE", "{'StringLike':{'aws:username':['b*','bob']}}", "{'StringLike':{'aws:username':['b*','alice']}}" },
        { "REDUNDANT_CONDITION_VALUE", "{'StringEquals':{'aws:username':['bob','bob']}}", "{'StringEquals':{'aws:username':['bob','Bob']}}" },
    };

    [Theory]
    [InlineData("ucs", "'ucs:PrincipalUrn':'x'", "There is no condition key 'ucs:PrincipalUrn'. Write aws:PrincipalArn, whose values are ARNs.")]
    [InlineData("acme", "'acme:projectid':'x'", "There is no condition key 'acme:projectid'. Write ucs:ProjectId, whatever the brand.")]
    [InlineData("ucs", "'ucs:UserName':'x'", "There is no condition key 'ucs:UserName'. There is ucs:ProjectId; all others are AWS's.")]
    [InlineData("ucs", "'aws:PrincipalArn':'ucs:iam::65818677:role/*'", null)]
    [InlineData("acme", "'aws:PrincipalArn':'ucs:iam::65818677:role/*'", "'ucs:iam::65818677:role/*' is never a value of aws:PrincipalArn: its values are ARNs, and StringLike compares texts. Write 'arn:aws:iam::000065818677:role/*'.")]
    [InlineData("ucs", "'aws:PrincipalArn':'ucs:iam::658*:role/*'", "'ucs:iam::658*:role/*' is never a value of aws:PrincipalArn: its values are ARNs, and StringLike compares texts. Write the ARN.")]
    [InlineData("ucs", "'aws:PrincipalArn':'arn:aws:iam::000065818677:role/*','own:urn':'ucs:iam::65818677:role/*'", null)]
    public void What_is_never_met_in_the_second_syntax_is_told_with_the_form_to_write(string prefix, string keys, string? expected)
    {
        var document = "{'Version':'1','Statement':[{'Effect':'Allow','Action':['uhost:*'],'Condition':{'StringLike':{" + keys + "}}}]}";
        var found = FindingTable.Validate(PolicyType.Identity, document, new PolicyValidationOptions { Syntax = PolicySyntax.Uproject.WithUrnPrefix(prefix) });
        // What stands for no ARN is refused, too, without a word why.
        Assert.Equal(expected is null ? [] : [expected], found.Where(finding => finding.IssueCode != "POLICY_REFUSED").Select(finding => finding.Details));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_faulty_condition_has_its_finding(string code, string faulty, string sound)
    {
        const string deny = "'Effect':'Deny','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k','Condition':";
        FindingTable.AssertOnly(PolicyType.Identity, code, FindingTable.Document(deny + faulty), FindingTable.Document(deny + sound));
    }

    [Fact]
    public void A_key_that_another_service_lends_is_no_fault() =>
        Assert.Empty(FindingTable.Validate(PolicyType.Identity, FindingTable.Document("'Effect':'Allow','Action':'sts:AssumeRole','Resource':'arn:aws:iam::111111111111:role/r','Condition':{'StringEquals':{'iam:ResourceTag/Team':'x'}}")));

    [Fact]
    public void Private_addresses_are_no_fault_since_callers_have_them_here() =>
        Assert.Empty(FindingTable.Validate(PolicyType.Identity, FindingTable.Document("'Effect':'Deny','Action':'own:Do','Resource':'*','Condition':{'NotIpAddress':{'aws:SourceIp':['10.0.0.0/8','192.168.0.0/16']}}")));
}
