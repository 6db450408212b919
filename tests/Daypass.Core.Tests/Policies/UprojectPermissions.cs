using Daypass.Names;
using Daypass.Policies;
using Daypass.Policies.Parsing;

namespace Daypass.Core.Tests.Policies;

/// <summary>One permission name for one operation, and bindings to one project.</summary>
public sealed class UprojectPermissions
{
    private static readonly AccountId Company = AccountId.Of(65818677);
    private static readonly Principal Alice = Principal.User(Company, "arn:aws:iam::000065818677:user/alice", "AIDAEXAMPLEEXAMPLE002");

    public static IEnumerable<object[]> Names => UprojectActions.All.SelectMany(pair => pair.Value.Select(name => new object[] { pair.Key, name }));

    [Theory, MemberData(nameof(Names))]
    public void A_name_that_only_uproject_has_means_the_operations_of_AWS_that_it_stands_for(string theirs, string aws)
    {
        foreach (var pattern in (string[])[theirs, theirs.ToUpperInvariant().Replace("IAM:", "iam:", StringComparison.Ordinal), theirs[..^1] + "?", "iam:?" + theirs[5..]])
        {
            Assert.True(Allows($"'Effect':'Allow','Action':'{pattern}'", aws), pattern);
            Assert.False(Allows($"'Effect':'Allow','Action':'*'}},{{'Effect':'Deny','Action':['s3:*','{pattern}']", aws), pattern);
            Assert.False(Allows($"'Effect':'Allow','NotAction':'{pattern}'", aws), pattern);
        }
    }

    [Theory]
    [InlineData("iam:CreateIAMPolicy", "iam:CreatePolicyVersion")]
    [InlineData("iam:AttachPoliciesToUser", "iam:AttachRolePolicy")]
    [InlineData("iam:AttachPoliciesTo*", "iam:DetachUserPolicy")]
    [InlineData("iam:GetIAM*", "iam:GetUser")]
    [InlineData("s3:CreateIAMPolicy", "iam:CreatePolicy")]
    [InlineData("sts:*", "iam:CreatePolicy")]
    public void It_means_no_other(string pattern, string aws) => Assert.False(Allows($"'Effect':'Allow','Action':'{pattern}'", aws));

    [Fact]
    public void In_AWSs_syntax_such_a_name_is_only_itself()
    {
        var document = PolicyDocument.Parse(Requests.Json("{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'iam:CreateIAMPolicy','Resource':'*'}}"), PolicyType.Identity);
        Assert.False(Decide(document, "iam:CreatePolicy", null));
    }

    public static TheoryData<string> Scoped =>
    [
        "{'Effect':'Allow','Action':'uhost:*'}",
        "{ 'Effect':'Allow','Action':'uhost:*','Condition':{}}",
        "{'Effect':'Allow','Action':'uhost:*','Condition':{'StringEquals':{'k:x':'1'}}}",
        "{'Effect':'Allow','Action':'uhost:*','Condition':{ 'stringequals':{'k:x':'1'},'StringLike':{'ucs:projectid':'org-*'}}}",
        "{'Effect':'Allow','Action':'uhost:*','Condition':{'StringEquals':{'k:x':'1'},'StringLike':{'k:x':'?'},'ForAnyValue:StringEquals':{'k:x':'1'}}}",
    ];

    [Theory, MemberData(nameof(Scoped))]
    public void A_binding_to_a_project_counts_in_that_project_only_whole_or_sliced(string statement)
    {
        foreach (var statements in (string[])[statement, $"[{statement}]", $"[{{'Effect':'Deny','Action':'s3:*'}},{statement}]"])
        {
            var document = PolicyDocument.Parse(Requests.Json($"{{'Version':'1','Statement':{statements}}}"), PolicyType.Identity, PolicySyntax.Uproject);
            var scoped = document.InProject("org-a");
            Assert.Null(scoped.Fault);
            foreach (var each in (PolicyDocument[])[scoped, PolicyDocument.ReadStored(scoped.Slice("uhost"), PolicyType.Identity, scoped.Syntax)])
            {
                Assert.True(Decide(each, "uhost:CreateUHostInstance", "org-a"));
                Assert.False(Decide(each, "uhost:CreateUHostInstance", "org-b"));
                Assert.False(Decide(each, "uhost:CreateUHostInstance", "ORG-A"));
                Assert.False(Decide(each, "uhost:CreateUHostInstance", null));
            }
        }
    }

    [Fact]
    public void A_Deny_that_is_bound_to_a_project_denies_there()
    {
        var document = PolicyDocument.Parse(Requests.Json("{'Version':'1','Statement':[{'Effect':'Deny','Action':'*'}]}"), PolicyType.Identity, PolicySyntax.Uproject).InProject("org-a");
        var all = PolicyDocument.Parse(Requests.Json("{'Version':'1','Statement':[{'Effect':'Allow','Action':'*'}]}"), PolicyType.Identity, PolicySyntax.Uproject);
        Assert.False(Decide(document, "uhost:X", "org-a", all));
        Assert.True(Decide(document, "uhost:X", "org-b", all));
    }

    [Fact]
    public void A_document_in_which_the_condition_has_no_place_denies_everything()
    {
        const string taken = "'StringEquals':{'k:x':'1'},'StringLike':{'k:x':'?'},'ForAnyValue:StringEquals':{'k:x':'1'},'ForAnyValue:StringLike':{'k:x':'1'}";
        var document = PolicyDocument.Parse(Requests.Json($"{{'Version':'1','Statement':[{{'Effect':'Allow','Action':'*','Condition':{{{taken}}}}}]}}"), PolicyType.Identity, PolicySyntax.Uproject);
        var all = PolicyDocument.Parse(Requests.Json("{'Version':'1','Statement':[{'Effect':'Allow','Action':'*'}]}"), PolicyType.Identity, PolicySyntax.Uproject);
        Assert.False(Decide(document.InProject("org-a"), "uhost:X", "org-a", all));
        Assert.False(Decide(PolicyDocument.ReadStored("{", PolicyType.Identity).InProject("org-a"), "uhost:X", "org-a", all));
    }

    private static bool Allows(string members, string action) => Decide(
        PolicyDocument.Parse(Requests.Json($"{{'Version':'1','Statement':[{{{members}}}]}}"), PolicyType.Identity, PolicySyntax.Uproject), action, null);

    private static bool Decide(PolicyDocument document, string action, string? project, params PolicyDocument[] more)
    {
        var context = new RequestContext();
        context.Set("k:x", "1");
        if (project is not null)
            context.Set(PolicyDocument.ProjectKey, project);
        var set = new PolicySet { Identity = [.. more.Prepend(document).Select((each, i) => new Policy(each, $"p{i}", null))] };
        return PolicyEvaluator.Evaluate(new AccessRequest(Alice, action, "*", Company, context), set).IsAllowed;
    }
}
