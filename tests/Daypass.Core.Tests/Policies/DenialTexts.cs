using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>The end of AWS's AccessDenied sentence, and which policy type is blamed when several deny.</summary>
public sealed class DenialTexts
{
    private const string AllowAll = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    private const string AllowEc2 = "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}";
    private const string DenyAll = "{'Effect':'Deny','Action':'*','Resource':'*'}";

    private static readonly PolicySet Admin = new() { Identity = [Requests.Policy(PolicyType.Identity, AllowAll)] };

    public static TheoryData<PolicySet, string> Rows => new()
    {
        { new PolicySet(), "because no identity-based policy allows the s3:GetObject action" },
        { Admin with { Boundary = Requests.Policy(PolicyType.Boundary, AllowEc2) }, "because no permissions boundary allows the s3:GetObject action" },
        { Admin with { Session = [Requests.Policy(PolicyType.Session, AllowEc2)] }, "because no session policy allows the s3:GetObject action" },
        { Admin with { ServiceControl = [[]] }, "because no service control policy allows the s3:GetObject action" },
        { Admin with { ResourceControl = [[]] }, "because no resource control policy allows the s3:GetObject action" },
        { Denying(PolicyType.Identity), "with an explicit deny in an identity-based policy: arn:aws:iam::111111111111:policy/p" },
        { Denying(PolicyType.Boundary), "with an explicit deny in a permissions boundary: arn:aws:iam::111111111111:policy/p" },
        { Denying(PolicyType.Session), "with an explicit deny in a session policy: arn:aws:iam::111111111111:policy/p" },
        { Denying(PolicyType.ServiceControl), "with an explicit deny in a service control policy: arn:aws:iam::111111111111:policy/p" },
        { Denying(PolicyType.Resource), "with an explicit deny in a resource-based policy" },
        { Denying(PolicyType.Trust), "with an explicit deny in the role trust policy" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void The_sentence_ends_as_that_of_AWS(PolicySet policies, string text)
    {
        var isTrust = policies.Resource is [{ Document.Type: PolicyType.Trust }];
        var decision = PolicyEvaluator.Evaluate(Requests.Request(Requests.Session, isTrust ? "sts:AssumeRole" : "s3:GetObject"), policies);
        Assert.Equal(text, decision.Because("s3:GetObject", includeArn: true));
        Assert.DoesNotContain("arn:", decision.Because("s3:GetObject"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "-", DenialReason.NoResourcePolicyAllows)]
    [InlineData("", "A", DenialReason.NoResourcePolicyAllows)]
    [InlineData("111111111111", "-", DenialReason.NoResourcePolicyAllows)]
    [InlineData(Requests.UserArn, "-", DenialReason.NoIdentityPolicyAllows)]
    public void Across_accounts_the_blame_is_put_as_observed(string named, string identity, DenialReason reason)
    {
        var set = new PolicySet
        {
            Identity = identity == "A" ? Admin.Identity : [],
            Resource = named.Length == 0 ? [] : [Requests.Policy(PolicyType.Resource, $"{{'Effect':'Allow','Principal':{{'AWS':'{named}'}},'Action':'*','Resource':'*'}}")],
        };
        Assert.Equal(reason, PolicyEvaluator.Evaluate(Requests.Request(owner: Requests.Other), set).Reason);
    }

    [Fact]
    public void When_both_sides_deny_the_resource_is_blamed_at_home_and_the_caller_abroad()
    {
        var set = Denying(PolicyType.Identity) with { Resource = Denying(PolicyType.Resource).Resource };
        Assert.Equal(PolicyType.Resource, PolicyEvaluator.Evaluate(Requests.Request(), set).DecidedBy);
        Assert.Equal(PolicyType.Identity, PolicyEvaluator.Evaluate(Requests.Request(owner: Requests.Other), set).DecidedBy);
    }

    [Fact]
    public void A_silent_trust_policy_is_named_as_such()
    {
        var set = Admin with { Resource = [Requests.Policy(PolicyType.Trust, "{'Effect':'Allow','Principal':{'AWS':'222222222222'},'Action':'sts:AssumeRole'}")] };
        var decision = PolicyEvaluator.Evaluate(Requests.Request(action: "sts:AssumeRole", resource: Requests.RoleArn, isTrust: true), set);
        Assert.Equal("because no role trust policy allows the sts:AssumeRole action", decision.Because("sts:AssumeRole"));
    }

    [Fact]
    public void A_decision_names_the_statement_that_made_it()
    {
        var set = new PolicySet { Identity = [Requests.Policy(PolicyType.Identity, AllowEc2, AllowAll), Requests.Policy(PolicyType.Identity, AllowAll)] };
        var decision = PolicyEvaluator.Evaluate(Requests.Request(), set);
        Assert.Same(set.Identity[0].Document.Statements[1], decision.Statement);
        Assert.Same(set.Identity[0], decision.Policy);
        Assert.Equal("", decision.Because("s3:GetObject"));
    }

    private static PolicySet Denying(PolicyType type)
    {
        var statement = type switch
        {
            PolicyType.Resource => "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}",
            PolicyType.Trust => "{'Effect':'Deny','Principal':'*','Action':'sts:*'}",
            _ => DenyAll,
        };
        var policy = Requests.Policy(type, statement) with { Arn = type is PolicyType.Resource or PolicyType.Trust ? null : "arn:aws:iam::111111111111:policy/p" };
        return type switch
        {
            PolicyType.Identity => new PolicySet { Identity = [policy] },
            PolicyType.Boundary => Admin with { Boundary = policy },
            PolicyType.Session => Admin with { Session = [policy] },
            PolicyType.ServiceControl => Admin with { ServiceControl = [[policy]] },
            _ => Admin with { Resource = [policy] },
        };
    }
}
