using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>uproject's policy language onto the same model; docs/reference/uproject-policies.md.</summary>
public sealed class SecondSyntax
{
    private const string Instance = "ucs:uhost:cn-bj2:65818677:instance/uhost-x";
    private static readonly AccountId Company = AccountId.Of(65818677);
    private static readonly Principal Alice = Principal.User(Company, "arn:aws:iam::000065818677:user/alice", "AIDAEXAMPLEEXAMPLE002");

    [Fact]
    public void Only_its_own_version_is_taken()
    {
        const string statements = "'Statement':[{'Effect':'Allow','Action':'*'}]";
        Assert.Equal("1", Read(PolicyType.Identity, $"{{'Version':'1',{statements}}}").Version);
        foreach (var version in (string[])["'2012-10-17'", "'2008-10-17'", "1", "'V1'", "'2'", "null"])
            Assert.Equal("Syntax errors in policy.", Fault(PolicyType.Identity, $"{{'Version':{version},{statements}}}"));
        Assert.Equal("Policy document must be version 1 or greater.", Fault(PolicyType.Identity, $"{{{statements}}}"));
        Assert.Equal("1", Read(PolicyType.Session, $"{{{statements}}}").Version);
        Assert.Null(PolicyDocument.TryParse(Requests.Json($"{{'Version':'1',{statements}}}"), PolicyType.Identity, out _));
    }

    [Theory]
    [InlineData("'Action':'uhost:CreateUHostInstance','Resource':'*'")]
    [InlineData("'Action':['uhost:CreateUHostInstance'],'Resource':['*']")]
    [InlineData("'Action':['uhost:*'],'Resource':null")]
    [InlineData("'Action':['uhost:*']")]
    [InlineData("'Action':'*','Resource':'ucs:uhost:*:65818677:instance/*'")]
    [InlineData("'Action':'UHOST:createuhostinstance','Resource':'ucs:uhost'")]
    [InlineData("'Action':'uhost:Create*','Resource':'ucs:uhost:cn-*:*:instance/uhost-?'")]
    [InlineData("'NotAction':'iam:*','NotResource':'ucs:ucdn'")]
    [InlineData("'Action':'uhost:*','Resource':'arn:aws:uhost:*:000065818677:instance/*'")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:cn-bj2:000065818677:instance/uhost-x'")]
    [InlineData("'Action':'uhost:*','Resource':'*','Condition':{'StringEquals':{'aws:username':'alice'}}")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:*:*:instance/uhost-${k:x}'")]
    [InlineData("'Action':'uhost:*','Resource':'*','Condition':{'ArnLike':{'aws:PrincipalArn':'ucs:iam::65818677:user/*'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'ForAnyValue:ArnEqualsIfExists':{'aws:PrincipalArn':['ucs:iam::1:root','ucs:iam::65818677:user/alice']}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringEquals':{'aws:PrincipalArn':'ucs:iam::65818677:user/alice'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringEqualsIgnoreCase':{'AWS:principalarn':'ucs:iam::65818677:user/ALICE'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringLike':{'aws:PrincipalArn':['ucs:iam::*:root','ucs:iam::65818677:user/a*']}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringEquals':{'aws:PrincipalArn':'arn:aws:iam::000065818677:user/alice'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringNotEquals':{'aws:PrincipalArn':'ucs:iam::65818678:user/alice'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringEquals':{'k:urn':'ucs:iam::65818677:user/alice'}}")]
    public void What_may_be_written_matches_names_of_either_form(string members)
    {
        var document = Read(PolicyType.Identity, One($"{{'Effect':'Allow',{members}}}"));
        foreach (var resource in (string[])[Instance, "arn:aws:uhost:cn-bj2:000065818677:instance/uhost-x"])
            Assert.True(Decide(document, "uhost:CreateUHostInstance", resource).IsAllowed, resource);
    }

    [Theory]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:*:65818678:instance/*'")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:cn-bj2:65818677:instance'")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:cn-bj2::instance/*'")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:ucdn'")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:*:ucs:instance/*'")]
    [InlineData("'Action':'uhost:Describe*'")]
    [InlineData("'Action':'uhost:*','Condition':{'ArnLike':{'aws:PrincipalArn':'ucs:iam::65818678:user/*'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringLike':{'aws:PrincipalArn':'ucs:iam::65818678:user/*'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringNotEquals':{'aws:PrincipalArn':'ucs:iam::65818677:user/alice'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringNotLike':{'aws:PrincipalArn':'ucs:iam::*:user/*'}}")]
    [InlineData("'Action':'uhost:*','Condition':{'StringEquals':{'k:urn':'arn:aws:iam::000065818677:user/alice'}}")]
    public void What_names_something_else_does_not_match(string members)
    {
        var document = Read(PolicyType.Identity, One($"{{'Effect':'Allow',{members}}}"));
        Assert.False(Decide(document, "uhost:CreateUHostInstance", Instance).IsAllowed);
    }

    [Theory]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:*:658*:instance/*'", "Resource ucs:uhost:*:658*:instance/* must be in URN format or \"*\".")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:*:instance/*'", "Resource ucs:uhost:*:instance/* must be in URN format or \"*\".")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:uhost:*:0:instance/*'", "Resource ucs:uhost:*:0:instance/* must be in URN format or \"*\".")]
    [InlineData("'Action':'uhost:*','Resource':'uhost-x'", "Resource uhost-x must be in URN format or \"*\".")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:iam:cn-bj2:1:role/r'", "IAM resource ucs:iam:cn-bj2:1:role/r cannot contain region information.")]
    [InlineData("'Action':'uhost:*','Resource':''", "Resource  must be in ARN format or \"*\".")]
    [InlineData("'Action':'uhost:*','Resource':'ucs:*:*:*:*'", "Resource vendor must be fully qualified and cannot contain regexes.")]
    [InlineData("'Action':'uhost:*','Resource':[null]", "Syntax errors in policy.")]
    [InlineData("'Action':'uhost:*','Resource':[]", "Policy statement must contain resources.")]
    [InlineData("'Action':null", "Syntax errors in policy.")]
    [InlineData("'Action':'CreateUHostInstance'", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData("'Action':'uhost:*','Condition':{'ArnNotLike':{'aws:PrincipalArn':'ucs:iam::658*:user/x'}}", "The policy failed legacy parsing")]
    [InlineData("'Action':'uhost:*','Condition':{'StringNotLike':{'aws:PrincipalArn':'ucs:iam::658*:user/x'}}", "The policy failed legacy parsing")]
    [InlineData("'Action':'iam:*','Condition':{'StringEquals':{'iam:PolicyARN':'ucs:iam::658*:policy/x'}}", "The policy failed legacy parsing")]
    [InlineData("'Action':'uhost:*','Principal':'*'", "Has prohibited field Principal")]
    [InlineData("'Action':'uhost:*','Project':'org-x'", "Syntax errors in policy.")]
    [InlineData("'Action':'uhost:*','Action':'ucdn:*'", "Syntax errors in policy.")]
    public void What_cannot_be_meant_is_refused(string members, string message) =>
        Assert.Equal(message, Fault(PolicyType.Identity, One($"{{'Effect':'Allow',{members}}}")));

    public static TheoryData<string, PrincipalPatternKind, string> Principals => new()
    {
        { "'*'", PrincipalPatternKind.Anyone, "*" },
        { "['*']", PrincipalPatternKind.Anyone, "*" },
        { "{'UCS':'*'}", PrincipalPatternKind.Anyone, "*" },
        { "'ucs:iam::65818677:root'", PrincipalPatternKind.Account, "arn:aws:iam::000065818677:root" },
        { "['ucs:iam::65818677:root']", PrincipalPatternKind.Account, "arn:aws:iam::000065818677:root" },
        { "{'UCS':['ucs:iam::65818677:root']}", PrincipalPatternKind.Account, "arn:aws:iam::000065818677:root" },
        { "{'IAM':'ucs:iam::65818677:user/team/alice'}", PrincipalPatternKind.User, "arn:aws:iam::000065818677:user/team/alice" },
        { "{'AWS':'ucs:iam::65818677:role/r'}", PrincipalPatternKind.Role, "arn:aws:iam::000065818677:role/r" },
        { "{'AWS':'arn:aws:iam::000065818677:role/r'}", PrincipalPatternKind.Role, "arn:aws:iam::000065818677:role/r" },
        { "{'UCS':'ucs:sts::65818677:assumed-role/r/s'}", PrincipalPatternKind.RoleSession, "arn:aws:sts::000065818677:assumed-role/r/s" },
        { "{'Service':'uhost.example.com'}", PrincipalPatternKind.Service, "uhost.example.com" },
    };

    [Theory, MemberData(nameof(Principals))]
    public void A_principal_is_the_same_in_every_form(string element, PrincipalPatternKind kind, string text)
    {
        var principal = Assert.Single(Trust(element).Principals);
        Assert.Equal((kind, text), (principal.Kind, principal.Text));
    }

    [Fact]
    public void Wrappers_of_one_meaning_are_joined_in_order()
    {
        var text = Requests.Json(One("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'UCS':['ucs:iam::1:root'],'Service':'s','IAM':'ucs:iam::2:root'}}"));
        var document = PolicyDocument.Parse(text, PolicyType.Trust, PolicySyntax.Uproject);
        Assert.Equal(["arn:aws:iam::000000000001:root", "arn:aws:iam::000000000002:root", "s"], document.Principals.Select(principal => principal.Text));
        Assert.All(document.Principals.Take(2), principal => Assert.StartsWith("\"ucs:iam::", text[principal.Position.Offset..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{'Federated':'ucs:iam::1:saml-provider/p'}")]
    [InlineData("{'CanonicalUser':'x'}")]
    [InlineData("{'ucs':'ucs:iam::1:root'}")]
    [InlineData("{'UCS':'ucs:iam::*:root'}")]
    [InlineData("'ucs:iam::1:user/*'")]
    [InlineData("'ucs:iam::1:group/g'")]
    [InlineData("'ucs:iam:cn-bj2:1:root'")]
    [InlineData("'65818677'")]
    [InlineData("{'UCS':null}")]
    [InlineData("null")]
    [InlineData("[['ucs:iam::1:root']]")]
    public void A_principal_that_names_nobody_is_refused(string element) =>
        Assert.NotNull(Fault(PolicyType.Trust, One($"{{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{element}}}")));

    [Fact]
    public void A_message_quotes_what_was_written() => Assert.Equal(
        "Invalid principal in policy: \"AWS\":\"ucs:iam::65818677:group/g\"",
        Fault(PolicyType.Trust, One("{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'UCS':'ucs:iam::65818677:group/g'}}")));

    [Fact]
    public void A_role_that_trusts_by_URN_is_assumed_by_who_has_an_ARN_and_the_other_way_round()
    {
        const string role = "arn:aws:iam::000065818677:role/x";
        var ucs = Trust("{'UCS':['ucs:iam::65818677:root']}");
        var aws = Requests.Document(PolicyType.Trust, "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'arn:aws:iam::000065818677:root'}}");
        var mayUcs = Read(PolicyType.Identity, One("{'Effect':'Allow','Action':['sts:AssumeRole'],'Resource':['ucs:iam::65818677:role/x']}"));
        var mayAws = Requests.Document(PolicyType.Identity, $"{{'Effect':'Allow','Action':'sts:AssumeRole','Resource':'{role}'}}");
        foreach (var trust in (PolicyDocument[])[ucs, aws])
        {
            foreach (var identity in (PolicyDocument[])[mayUcs, mayAws])
            {
                foreach (var name in (string[])[role, "ucs:iam::65818677:role/x"])
                    Assert.True(Assume(trust, identity, name).IsAllowed);
                Assert.False(Assume(trust, identity, "ucs:iam::65818677:role/y").IsAllowed);
            }
        }

        static Decision Assume(PolicyDocument trust, PolicyDocument identity, string name) => PolicyEvaluator.Evaluate(
            new AccessRequest(Alice, "sts:AssumeRole", name, Company, new RequestContext(), IsTrust: true),
            new PolicySet { Identity = [new Policy(identity, "i", null)], Resource = [new Policy(trust, "t", null)] });
    }

    [Fact]
    public void A_policy_in_AWSs_syntax_decides_about_a_resource_with_a_URN()
    {
        var document = Requests.Document(PolicyType.Identity, "{'Effect':'Allow','Action':'uhost:*','Resource':'*'}", "{'Effect':'Deny','Action':'*','Resource':'arn:aws:uhost:*:000065818677:instance/uhost-x'}");
        Assert.Equal(DenialReason.ExplicitDeny, Decide(document, "uhost:Stop", Instance).Reason);
        Assert.True(Decide(document, "uhost:Stop", Instance + "y").IsAllowed);
    }

    [Fact]
    public void Another_brands_prefix_is_a_setting()
    {
        var acme = PolicySyntax.Uproject.WithUrnPrefix("acme");
        var text = Requests.Json(One("{'Effect':'Allow','Action':'uhost:*','Resource':'acme:uhost:*:65818677:instance/*'}"));
        Assert.Null(PolicyDocument.TryParse(text, PolicyType.Identity, PolicySyntax.Uproject, out _));
        var set = new PolicySet { Identity = [new Policy(PolicyDocument.Parse(text, PolicyType.Identity, acme), "p", null)] };
        var request = new AccessRequest(Alice, "uhost:Stop", "acme:uhost:cn-bj2:65818677:instance/uhost-x", Company, new RequestContext());
        Assert.False(PolicyEvaluator.Evaluate(request, set).IsAllowed);
        Assert.True(PolicyEvaluator.Evaluate(request with { UrnPrefix = "acme" }, set).IsAllowed);
        Assert.Equal(acme, PolicySyntax.Uproject.WithUrnPrefix("acme"));
        foreach (var prefix in (string[])["", "arn", "a:b", "Ucs", "u*", new string('u', 33)])
            Assert.Throws<ArgumentException>(() => PolicySyntax.Uproject.WithUrnPrefix(prefix));
        Assert.Throws<ArgumentException>(() => PolicySyntax.Aws.WithUrnPrefix("ucs"));
    }

    [Fact]
    public void A_document_is_kept_byte_for_byte_and_tells_where_its_statements_are()
    {
        const string text = """
            {
              "Version": "1",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "uhost:*",
                  "Resource": "ucs:uhost:*:65818677:instance/*"
                }
              ]
            }
            """;
        var document = PolicyDocument.Parse(text, PolicyType.Identity, PolicySyntax.Uproject);
        Assert.Equal(text, document.Text);
        var statement = Assert.Single(document.Statements);
        Assert.Equal((3, 17, 8, 6), (statement.Start.Line, statement.Start.Column, statement.End.Line, statement.End.Column));
        Assert.Equal("arn:aws:uhost:*:000065818677:instance/*", Assert.Single(statement.Resources));
        Assert.Equal(text.Count(letter => !char.IsWhiteSpace(letter)), document.SizeWithoutWhiteSpace);
        var trace = PolicyEvaluator.Explain(new AccessRequest(Alice, "uhost:Stop", Instance, Company, new RequestContext()), new PolicySet { Identity = [new Policy(document, "p", null)] });
        Assert.True(trace.Decision.IsAllowed);
        Assert.Contains(Instance, trace.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slice_is_in_the_syntax_of_its_document()
    {
        var uhost = "{'Effect':'Allow','Action':'uhost:*','Resource':'ucs:uhost'}";
        var document = Read(PolicyType.Identity, One($"{uhost},{{'Effect':'Allow','Action':'ucdn:*'}}"));
        Assert.Equal(Requests.Json(One(uhost)), document.Slice("uhost"));
        foreach (var type in Enum.GetValues<PolicyType>())
        {
            Assert.Equal("1", PolicyDocument.Parse(Legal(type).Slice("none"), type, PolicySyntax.Uproject).Version);
            var closed = PolicyDocument.ReadStored("nonsense", type, PolicySyntax.Uproject).Slice("uhost");
            Assert.True(Assert.Single(PolicyDocument.ReadStored(closed, type, PolicySyntax.Uproject).Statements).IsDeny);
        }
    }

    [Fact]
    public void A_stored_document_with_a_name_that_cannot_be_meant_fails_closed()
    {
        const string bad = "'Action':'uhost:*','Resource':'ucs:uhost:*:658*:instance/*'";
        var stored = PolicyDocument.ReadStored(Requests.Json(One($"{{'Effect':'Allow',{bad}}},{{'Effect':'Allow','Action':'ucdn:*'}}")), PolicyType.Identity, PolicySyntax.Uproject);
        Assert.NotNull(stored.Fault);
        Assert.False(Decide(stored, "uhost:Stop", Instance).IsAllowed);
        Assert.True(Decide(stored, "ucdn:Get", "*").IsAllowed);
        var denying = PolicyDocument.ReadStored(Requests.Json(One($"{{'Effect':'Deny',{bad}}},{{'Effect':'Allow','Action':'*'}}")), PolicyType.Identity, PolicySyntax.Uproject);
        Assert.Equal(DenialReason.ExplicitDeny, Decide(denying, "uhost:Stop", "ucs:uhost:cn-bj2:1:instance/x").Reason);
        Assert.True(Decide(denying, "ucdn:Get", "*").IsAllowed);
        var aws = PolicyDocument.ReadStored(Requests.Json("{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}]}"), PolicyType.Identity, PolicySyntax.Uproject);
        Assert.Equal(DenialReason.ExplicitDeny, Decide(aws, "uhost:Stop", "*").Reason);
    }

    [Fact]
    public void A_policy_of_a_resource_must_say_which_and_a_trust_policy_may_not()
    {
        Assert.Equal("Policy statement must contain resources.", Fault(PolicyType.Resource, One("{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':null}")));
        Assert.Null(Fault(PolicyType.Trust, One("{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Resource':null}")));
        Assert.Equal("Has prohibited field Resource", Fault(PolicyType.Trust, One("{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Resource':'*'}")));
    }

    private static PolicyDocument Legal(PolicyType type) => PolicyDocument.Parse(Requests.Json(One(type switch
    {
        PolicyType.Trust => "{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole'}",
        PolicyType.Resource or PolicyType.ResourceControl => "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'*'}",
        _ => "{'Effect':'Deny','Action':'s3:*'}",
    })), type, PolicySyntax.Uproject);

    private static string One(string statements) => $"{{'Version':'1','Statement':[{statements}]}}";

    private static PolicyDocument Trust(string principal) => Read(PolicyType.Trust, One($"{{'Effect':'Allow','Action':['sts:AssumeRole'],'Principal':{principal}}}"));

    private static PolicyDocument Read(PolicyType type, string text) => PolicyDocument.Parse(Requests.Json(text), type, PolicySyntax.Uproject);

    private static string? Fault(PolicyType type, string text)
    {
        PolicyDocument.TryParse(Requests.Json(text), type, PolicySyntax.Uproject, out var error);
        return error?.Message;
    }

    private static Decision Decide(PolicyDocument document, string action, string resource)
    {
        var context = Requests.Context("aws:username=alice", "k:x=x", "k:urn=ucs:iam::65818677:user/alice", $"aws:PrincipalArn={Alice.Arn}");
        return PolicyEvaluator.Evaluate(new AccessRequest(Alice, action, resource, Company, context), new PolicySet { Identity = [new Policy(document, "p", null)] });
    }
}
