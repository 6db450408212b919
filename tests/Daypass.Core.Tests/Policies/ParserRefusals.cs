using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>What is refused when a policy is written, with AWS's text and the place.</summary>
public sealed class ParserRefusals
{
    private const string Json = "This policy contains invalid Json";
    private const string Syntax = "Syntax errors in policy.";
    private const string Legacy = "The policy failed legacy parsing";
    private const string Version = "Policy document must be version 2012-10-17 or greater.";
    private const string NoActions = "Policy statement must contain actions.";
    private const string NoResources = "Policy statement must contain resources.";
    private const string NoVendor = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    private const string NotQualified = "Resource vendor must be fully qualified and cannot contain regexes.";

    private const string Good = "'Effect':'Allow','Action':'s3:*','Resource':'*'";

    public static TheoryData<string, string> Documents => new()
    {
        { "", Json },
        { "{", Json },
        { "{'Version':'2012-10-17','Statement':[{" + Good + "},]}", Json },
        { "\uFEFF{'Version':'2012-10-17','Statement':[{" + Good + "}]}", Json },
        { "/* */{'Version':'2012-10-17','Statement':[{" + Good + "}]}", Json },
        { "{'Version':'2012-10-17','Statement':[{" + Good + "}]} x", Json },
        { "{'Version':'2012-10-17','Id':'\\ud800','Statement':[{" + Good + "}]}", Json },
        { "[]", Syntax },
        { "null", Syntax },
        { "{}", Syntax },
        { "{'Version':'2012-10-17'}", Syntax },
        { "{'Version':'2012-10-17','Statement':[]}", Syntax },
        { "{'Version':'2012-10-17','Statement':'x'}", Syntax },
        { "{'Version':'2012-10-17','Statement':[[]]}", Syntax },
        { "{'Version':'2012-10-17','Version':'2012-10-17','Statement':[{" + Good + "}]}", Syntax },
        { "{'version':'2012-10-17','Statement':[{" + Good + "}]}", Syntax },
        { "{'Version':'2012-10-17','Id':1,'Statement':[{" + Good + "}]}", Syntax },
        { "{'Version':'2013-10-17','Statement':[{" + Good + "}]}", Syntax },
        { "{'Version':20121017,'Statement':[{" + Good + "}]}", Syntax },
        { "{'Statement':[{" + Good + "}]}", Version },
        { "{'Version':'2008-10-17','Statement':[{" + Good + "}]}", Version },
        { "{'Version':'2012-10-17','Statement':[{'Sid':'a'," + Good + "},{'Sid':'a'," + Good + "}]}", "Statement IDs (SID) in a single policy must be unique." },
    };

    public static TheoryData<string, string> Statements => new()
    {
        { "'Action':'s3:*','Resource':'*'", Syntax },
        { Good + ",'Extra':1", Syntax },
        { Good + ",'Sid':1", Syntax },
        { Good + ",'NotAction':'s3:*'", Syntax },
        { Good + ",'NotResource':'*'", Syntax },
        { Good + ",'Principal':'*','NotPrincipal':'*'", Syntax },
        { Good + ",'Principal':'x'", Syntax },
        { Good + ",'Principal':{'aws':'*'}", Syntax },
        { Good + ",'Condition':[]", Syntax },
        { Good + ",'Condition':{'StringEquals':'x'}", Syntax },
        { Good + ",'Condition':{'StringIs':{'k:k':'x'}}", Syntax },
        { Good + ",'Condition':{'NullIfExists':{'k:k':'true'}}", Syntax },
        { Good + ",'Condition':{'StringEquals':{'k:k':null}}", Syntax },
        { Good + ",'Condition':{'StringEquals':{'k:k':{}}}", Syntax },
        { Good + ",'Condition':{'StringEquals':{'k:k':[['x']]}}", Syntax },
        { Good + ",'Condition':{'StringEquals':{'k:k':'x','K:K':'y'}}", Syntax },
        { "'Effect':'Permit','Action':'s3:*','Resource':'*'", Syntax },
        { "'Effect':'allow','Action':'s3:*','Resource':'*'", Legacy },
        { "'Effect':'Allow','Action':['s3:*',null],'Resource':'*'", Syntax },
        { "'Effect':'Allow','Action':1,'Resource':'*'", Syntax },
        { "'Effect':'Allow','Resource':'*'", NoActions },
        { "'Effect':'Allow','Action':[],'Resource':'*'", NoActions },
        { "'Effect':'Allow','NotAction':[],'Resource':'*'", NoActions },
        { "'Effect':'Allow','Action':'s3:*'", NoResources },
        { "'Effect':'Allow','Action':'s3:*','Resource':[]", NoResources },
        { "'Effect':'Allow','Action':'s3:*','NotResource':[]", NoResources },
        { Good + ",'Sid':'a b'", "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*" },
        { "'Effect':'Allow','Action':'GetObject','Resource':'*'", NoVendor },
        { "'Effect':'Allow','Action':'**','Resource':'*'", NoVendor },
        { "'Effect':'Allow','Action':'s3:Get*,s3:Put*','Resource':'*'", "Actions/Condition can contain only one colon." },
        { "'Effect':'Allow','Action':'s*:Get','Resource':'*'", "Vendor s* is not valid" },
        { "'Effect':'Allow','Action':':Get','Resource':'*'", "Vendor  is not valid" },
        { Good + ",'Condition':{'StringEquals':{'key':'x'}}", NoVendor },
        { "'Effect':'Allow','Action':'s3:*','Resource':'bucket'", "Resource bucket must be in ARN format or \"*\"." },
        { "'Effect':'Allow','Action':'s3:*','Resource':''", "Resource  must be in ARN format or \"*\"." },
        { "'Effect':'Allow','Action':'s3:*','Resource':'arn:xyz:s3:::b'", "Partition \"xyz\" is not valid for resource \"arn:xyz:s3:::b\"." },
        { "'Effect':'Allow','Action':'s3:*','Resource':'arn:xyz'", "Partition \"xyz\" is not valid for resource \"arn:xyz:*:*:*:*\"." },
        { "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws'", NotQualified },
        { "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s*:::b'", NotQualified },
        { "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:eu-1::b'", "Resource arn:aws:s3:eu-1::b can not contain region information." },
        { "'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:iam:eu-1::role/r'", "IAM resource arn:aws:iam:eu-1::role/r cannot contain region information." },
        { Good + ",'Condition':{'DateLessThan':{'k:k':'yesterday'}}", Legacy },
        { Good + ",'Condition':{'NumericNotEquals':{'k:k':'ten'}}", Legacy },
        { Good + ",'Condition':{'NotIpAddress':{'k:k':'10.0.0.0/33'}}", Legacy },
        { Good + ",'Condition':{'StringLike':{'k:k':'${aws:username'}}", Legacy },
        { Good + ",'Condition':{'StringNotLike':{'k:k':'${}'}}", Legacy },
        { Good + ",'Condition':{'StringNotEquals':{'k:k':['x','${ aws:username}']}}", Legacy },
        { "'Effect':'Deny','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:username,\\u0027x\\u0027}'", Legacy },
        { "'Effect':'Deny','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:username, \\u0027x}'", Legacy },
        { "'Effect':'Deny','Action':'s3:*','Resource':'arn:aws:s3:::b/${aws:${aws:username}}'", Legacy },
        { Good + ",'Principal':'*'", "Has prohibited field Principal" },
        { Good + ",'NotPrincipal':'*'", "Has prohibited field NotPrincipal" },
    };

    [Theory, MemberData(nameof(Documents))]
    public void A_faulty_document_is_refused_with_the_text_of_AWS(string text, string message) => AssertRefused(PolicyType.Identity, text, message);

    [Theory, MemberData(nameof(Statements))]
    public void A_faulty_statement_is_refused_with_the_text_of_AWS(string members, string message) =>
        AssertRefused(PolicyType.Identity, $"{{'Version':'2012-10-17','Statement':[{{{members}}}]}}", message);

    [Fact]
    public void Half_a_character_is_refused_raw_and_escaped()
    {
        AssertRefused(PolicyType.Identity, "{'Version':'2012-10-17','Id':'\ud800','Statement':[{" + Good + "}]}", Json);
        AssertRefused(PolicyType.Identity, "{'Version':'2012-10-17','Id':'\\ud800','Statement':[{" + Good + "}]}", Json);
        AssertRefused(PolicyType.Identity, "{'Version':'2012-10-17','\\ud800':'','Statement':[{" + Good + "}]}", Json);
    }

    [Fact]
    public void A_path_that_IAM_does_not_have_is_refused()
    {
        var error = AssertRefused(PolicyType.Identity, "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'iam:*','Resource':'arn:aws:iam::111111111111:bob'}]}", null);
        Assert.StartsWith("IAM resource path must either be \"*\" or start with user/, ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:iam::111111111111:user/*")]
    [InlineData("arn:aws:iam::111111111111:user/b?b")]
    [InlineData("arn:aws:iam::*:user/bob")]
    [InlineData("arn:aws:iam::*:root")]
    [InlineData("*:root")]
    public void Number_67_a_principal_with_a_wildcard_in_it_is_refused(string name) => A_principal_that_can_be_nobody_is_refused("AWS", name);

    [Fact]
    public void Number_69_a_group_is_no_principal() => A_principal_that_can_be_nobody_is_refused("AWS", "arn:aws:iam::111111111111:group/g");

    [Theory] // The last would win, and a guard be lost.
    [InlineData("'Condition':{'Bool':{'aws:SecureTransport':'true'}},'Condition':{}")]
    [InlineData("'Condition':{'Bool':{'aws:SecureTransport':'true'},'Bool':{}}")]
    [InlineData("'Condition':{'Bool':{'aws:SecureTransport':'true','aws:SecureTransport':'false'}}")]
    [InlineData("'Sid':'a','Sid':'a'")]
    [InlineData("'\\u0053id':'a','Sid':'a'")]
    public void Number_72_a_name_twice_in_one_object_is_refused(string members) =>
        A_faulty_statement_is_refused_with_the_text_of_AWS(Good + "," + members, Syntax);

    [Theory]
    [InlineData("AWS", "arn:aws:iam::111111111111:user/")]
    [InlineData("AWS", "arn:aws:sts::111111111111:assumed-role/r")]
    [InlineData("AWS", "arn:aws:sts::111111111111:assumed-role/r/*")]
    [InlineData("AWS", "arn:aws:s3:::b")]
    [InlineData("AWS", "000000000000")]
    [InlineData("AWS", "bob")]
    [InlineData("AWS", "")]
    [InlineData("Service", "*")]
    [InlineData("Federated", "*")]
    public void A_principal_that_can_be_nobody_is_refused(string kind, string name)
    {
        AssertRefused(
            PolicyType.Trust,
            $"{{'Version':'2012-10-17','Statement':[{{'Effect':'Allow','Principal':{{'{kind}':'{name}'}},'Action':'sts:AssumeRole'}}]}}",
            $"Invalid principal in policy: \"{kind}\":\"{name}\"");
    }

    [Fact]
    public void The_place_of_a_fault_is_told_in_lines_and_columns_of_characters()
    {
        var error = AssertRefused(PolicyType.Session, "{ 'Id':'\u00e4\u00f6\u00fc',\n  'Statement': {'Effect':'Allow','Action':'s3:*',\n 'Resource': 'b'}}", null);
        Assert.Equal(3, error.Position.Line);
        Assert.Equal(14, error.Position.Column);
    }

    [Fact]
    public void Number_75_white_space_between_tokens_is_free()
    {
        var text = Requests.Json("{'Version':'2012-10-17',\n'Statement':\t[{" + Good + " ,'Sid':''}]}") + new string(' ', 63 * 1024);
        var document = PolicyDocument.Parse(text, PolicyType.Identity);
        Assert.Equal(text.Count(character => !char.IsWhiteSpace(character)), document.SizeWithoutWhiteSpace);
        Assert.Same(text, document.Text);
    }

    [Theory]
    [InlineData("a b", 3)]
    [InlineData("a \\\" b", 6)]
    [InlineData("\\\\", 2)]
    public void White_space_inside_strings_counts(string id, int size)
    {
        var text = "{ \"Id\" : \"" + id + "\" , \"Statement\" : { \"Effect\":\"Deny\", \"Action\":\"*\", \"Resource\":\"*\" } }";
        const string bare = "{\"Id\":\"\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        Assert.Equal(bare.Length + size, PolicyDocument.Parse(text, PolicyType.Session).SizeWithoutWhiteSpace);
    }

    [Fact]
    public void Parse_says_what_and_where()
    {
        var exception = Assert.Throws<FormatException>(() => PolicyDocument.Parse("{\n}", PolicyType.Identity));
        Assert.Equal("Syntax errors in policy. (line 1, column 1)", exception.Message);
    }

    internal static PolicyError AssertRefused(PolicyType type, string text, string? message)
    {
        Assert.Null(PolicyDocument.TryParse(Requests.Json(text), type, out var error));
        Assert.NotNull(error);
        if (message is not null)
            Assert.Equal(message, error.Message);
        return error;
    }
}
