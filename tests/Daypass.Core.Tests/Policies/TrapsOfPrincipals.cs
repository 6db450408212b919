using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>The known traps that concern callers, resource and trust policies, limits and organizations, by number.</summary>
public sealed class TrapsOfPrincipals
{
    private const string AllowAll = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    private const string AllowS3 = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";
    private const string AllowEc2 = "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}";
    private const string DenyS3 = "{'Effect':'Deny','Action':'s3:*','Resource':'*'}";

    private static readonly PolicySet Nothing = new();
    private static readonly PolicySet Admin = new() { Identity = [Identity(AllowAll)] };

    /// <summary>Number, caller, policies, request's action, whether it is allowed.</summary>
    public static TheoryData<int, PolicySet, Case, char> Rows => new()
    {
        { 47, Admin with { Boundary = Boundary(AllowEc2) }, User(), 'D' },
        { 48, Nothing with { Boundary = Boundary(AllowEc2), Resource = [Naming(Requests.UserArn)] }, User(), 'A' },
        { 49, Nothing with { Boundary = Boundary(AllowEc2), Resource = [Naming(Requests.RoleArn)] }, Session(), 'D' },
        { 50, Nothing with { Session = [Passed(AllowEc2)], Resource = [Naming(Requests.SessionArn)] }, Session(), 'A' },
        { 51, Nothing with { Session = [Passed(AllowEc2)], Resource = [Naming("*")] }, Session(), 'A' },
        { 52, Nothing with { Resource = [Naming("111111111111")] }, User(), 'D' },
        { 52, Admin with { Resource = [Naming("111111111111")] }, User(), 'A' },
        { 53, Nothing with { Resource = [Naming(Requests.UserArn)] }, User() with { IsForeign = true }, 'D' },
        { 53, Admin with { Resource = [Naming(Requests.UserArn)] }, User() with { IsForeign = true }, 'A' },
        { 53, Admin, User() with { IsForeign = true }, 'D' },
        { 54, Nothing with { Boundary = Boundary(DenyS3), Resource = [Naming(Requests.SessionArn)] }, Session(), 'X' },
        { 55, Admin with { Resource = [Trust(Requests.RoleArn)] }, User(Assume), 'D' },
        { 56, Nothing with { Resource = [Trust(Requests.UserArn)] }, User(Assume), 'A' },
        { 57, Nothing with { Resource = [Trust("arn:aws:iam::111111111111:root")] }, User(Assume), 'D' },
        { 57, Admin with { Resource = [Trust("arn:aws:iam::111111111111:root")] }, User(Assume), 'A' },
        { 58, Admin with { Resource = [Trust(Requests.UserArn)] }, Session(Assume), 'D' },
        { 59, Admin with { Resource = [Trust(Requests.UserArn)] }, User("sts:TagSession"), 'D' },
        { 61, Nothing with { Resource = [Naming(Requests.RoleArn)] }, Session(), 'A' },
        { 62, Admin, new Case(Requests.Federated), 'D' },
        { 65, Nothing with { ServiceControl = [[Scp(AllowS3)], [Scp(AllowAll)]] }, new Case(Requests.Root, "ec2:RunInstances"), 'D' },
        { 65, Nothing with { ServiceControl = [[Scp(AllowS3)], [Scp(AllowAll)]] }, new Case(Requests.Root), 'A' },
        { 66, Nothing with { Resource = [Trust(Requests.RoleArn, boundTo: "AROAEXAMPLEEXAMPLE999")] }, Session(Assume), 'D' },
        { 66, Nothing with { Resource = [Trust(Requests.RoleArn, boundTo: Requests.RoleId)] }, Session(Assume), 'A' },
        { 68, Nothing with { Resource = [Requests.Policy(PolicyType.Resource, AllowS3)] }, User(), 'D' },
        { 70, Admin with { Identity = [Identity(DenyS3), Identity(AllowAll), Identity(DenyS3)] }, User(), 'X' },
        { 70, Admin with { Identity = [Identity(AllowAll), Identity(DenyS3), Identity(DenyS3)] }, User(), 'X' },
        { 71, Admin with { Resource = [AllBut(Requests.RoleArn)] }, Session(), 'X' },
        { 71, Admin with { Resource = [AllBut(Requests.RoleArn, Requests.SessionArn)] }, Session(), 'X' },
        { 71, Admin with { Resource = [AllBut(Requests.RoleArn, Requests.SessionArn, "111111111111")] }, Session(), 'A' },
        { 71, Admin with { Resource = [AllBut(Requests.UserArn)] }, User(), 'X' },
        { 71, Admin with { Resource = [AllBut(Requests.UserArn, "111111111111")] }, User(), 'A' },
        { 71, Admin with { Boundary = Boundary(AllowAll), Resource = [AllBut(Requests.UserArn, "111111111111")] }, User(), 'X' },
        { 74, Nothing with { Identity = [Identity(AllowS3)], Session = [Passed(AllowAll)] }, Session("ec2:RunInstances"), 'D' },
    };

    private const string Assume = "sts:AssumeRole";

    [Theory, MemberData(nameof(Rows))]
    public void Callers_are_matched_and_limited_as_AWS_says(int number, PolicySet policies, Case given, char expected)
    {
        var isTrust = given.Action.StartsWith("sts:", StringComparison.Ordinal);
        var request = Requests.Request(
            given.Caller, given.Action, isTrust ? Requests.RoleArn : Requests.ObjectArn, given.IsForeign ? Requests.Other : Requests.Account, isTrust: isTrust);
        KnownTraps.AssertOutcome(number, expected, PolicyEvaluator.Evaluate(request, policies));
    }

    [Fact]
    public void Anonymous_callers_are_let_in_by_the_star_only()
    {
        var request = Requests.Request(Principal.Anonymous);
        Assert.True(PolicyEvaluator.Evaluate(request, Nothing with { Resource = [Naming("*")] }).IsAllowed);
        Assert.False(PolicyEvaluator.Evaluate(request, Admin with { Resource = [Naming("111111111111")] }).IsAllowed);
    }

    [Fact]
    public void A_web_identity_needs_a_trust_policy_that_names_its_provider()
    {
        const string provider = "arn:aws:iam::111111111111:oidc-provider/idp.example.com";
        const string web = "sts:AssumeRoleWithWebIdentity";
        var request = Requests.Request(Principal.Federated(PrincipalKind.WebIdentity, provider), web, Requests.RoleArn, isTrust: true);
        bool Decide(string principal) => PolicyEvaluator.Evaluate(
            request, Nothing with { Resource = [Requests.Policy(PolicyType.Trust, $"{{'Effect':'Allow','Principal':{principal},'Action':'{web}'}}")] }).IsAllowed;

        Assert.True(Decide($"{{'Federated':'{provider}'}}"));
        Assert.False(Decide($"{{'Federated':'{provider}2'}}"));
        Assert.False(Decide("'*'"));
    }

    [Fact]
    public void A_Deny_for_everybody_in_a_trust_policy_holds_for_web_identities_too()
    {
        const string provider = "idp.example.com";
        var trust = Requests.Policy(
            PolicyType.Trust,
            $"{{'Effect':'Allow','Principal':{{'Federated':'{provider}'}},'Action':'sts:*'}}",
            "{'Effect':'Deny','Principal':'*','Action':'sts:*','Condition':{'StringEquals':{'k:k':'bad'}}}");
        AccessRequest With(string value) =>
            Requests.Request(Principal.Federated(PrincipalKind.WebIdentity, provider), "sts:AssumeRoleWithWebIdentity", Requests.RoleArn, context: Requests.Context("k:k=" + value));

        Assert.True(PolicyEvaluator.Evaluate(With("good"), Nothing with { Resource = [trust] }).IsAllowed);
        Assert.Equal(DenialReason.ExplicitDeny, PolicyEvaluator.Evaluate(With("bad"), Nothing with { Resource = [trust] }).Reason);
    }

    [Fact]
    public void Resource_control_policies_limit_everybody_and_their_full_access_limits_nobody()
    {
        var full = new Policy(Requests.Document(PolicyType.ResourceControl, "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}"), "full", null);
        var deny = new Policy(Requests.Document(PolicyType.ResourceControl, "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'*'}"), "deny", null);
        foreach (var caller in new[] { Requests.User, Requests.Session, Requests.Root, Principal.Anonymous, Principal.Federated(PrincipalKind.Saml, "p") })
        {
            var open = Admin with { Resource = [Naming("*"), NamingProvider("p")], ResourceControl = [[full]] };
            Assert.True(PolicyEvaluator.Evaluate(Requests.Request(caller), open).IsAllowed);
            Assert.Equal(PolicyType.ResourceControl, PolicyEvaluator.Evaluate(Requests.Request(caller), open with { ResourceControl = [[full, deny]] }).DecidedBy);
            Assert.Equal(DenialReason.NoResourceControlPolicyAllows, PolicyEvaluator.Evaluate(Requests.Request(caller), open with { ResourceControl = [[full], []] }).Reason);
        }
    }

    [Fact]
    public void The_closest_naming_counts_wherever_it_stands()
    {
        const string statement = "{{'Effect':'Allow','Principal':{{'AWS':'{0}'}},'Action':'s3:*','Resource':'*'}}";
        string Names(string principal) => string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, principal);
        string[] statements = [Names(Requests.RoleArn), Names("111111111111")];
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(Requests.Session), Nothing with { Resource = [Requests.Policy(PolicyType.Resource, statements)] }).IsAllowed);
        Array.Reverse(statements);
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(Requests.Session), Nothing with { Resource = [Requests.Policy(PolicyType.Resource, statements)] }).IsAllowed);
        Assert.True(PolicyEvaluator.Evaluate(
            Requests.Request(Requests.Session), Nothing with { Resource = [.. statements.Select(one => Requests.Policy(PolicyType.Resource, one))] }).IsAllowed);
    }

    [Fact]
    public void NotPrincipal_of_everybody_denies_nobody()
    {
        var nobody = Requests.Policy(PolicyType.Resource, "{'Effect':'Deny','NotPrincipal':'*','Action':'s3:*','Resource':'*'}");
        foreach (var caller in new[] { Requests.User, Requests.Session, Requests.Root, Principal.Anonymous })
            Assert.True(PolicyEvaluator.Evaluate(Requests.Request(caller), Nothing with { Resource = [Naming("*"), nobody] }).IsAllowed);
    }

    [Fact]
    public void NotPrincipal_with_Allow_lets_in_all_but_those_listed()
    {
        var others = Requests.Policy(PolicyType.Resource, $"{{'Effect':'Allow','NotPrincipal':{{'AWS':'{Requests.UserArn}'}},'Action':'s3:*','Resource':'*'}}");
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(), Nothing with { Resource = [others] }).IsAllowed);
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(Principal.Anonymous), Nothing with { Resource = [others] }).IsAllowed);
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(Principal.Federated(PrincipalKind.Saml, "p")), Nothing with { Resource = [others] }).IsAllowed);
    }

    [Fact]
    public void A_service_is_let_in_by_its_name_only()
    {
        var policy = Requests.Policy(PolicyType.Trust, "{'Effect':'Allow','Principal':{'Service':'ec2.amazonaws.com'},'Action':'sts:AssumeRole'}");
        bool Decide(string service) =>
            PolicyEvaluator.Evaluate(Requests.Request(Principal.Service(service), Assume, Requests.RoleArn, isTrust: true), Nothing with { Resource = [policy] }).IsAllowed;
        Assert.True(Decide("ec2.amazonaws.com"));
        Assert.False(Decide("lambda.amazonaws.com"));
    }

    [Fact]
    public void The_root_user_has_no_boundary_not_even_abroad()
    {
        var set = Nothing with { Boundary = Boundary(AllowEc2), Resource = [Naming("111111111111")] };
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(Requests.Root, owner: Requests.Other), set).IsAllowed);
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(Requests.Root, owner: Requests.Other), set with { Resource = [] }).IsAllowed);
    }

    [Fact]
    public void A_bound_name_follows_the_id_and_not_the_name()
    {
        var trust = Trust(Requests.UserArn, boundTo: Requests.UserId);
        var renamed = Principal.User(Requests.Account, "arn:aws:iam::111111111111:user/robert", Requests.UserId);
        var successor = Principal.User(Requests.Account, Requests.UserArn, "AIDAEXAMPLEEXAMPLE002");
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(renamed, Assume, isTrust: true), Nothing with { Resource = [trust] }).IsAllowed);
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(successor, Assume, isTrust: true), Nothing with { Resource = [trust] }).IsAllowed);
    }

    [Fact]
    public void A_bound_session_is_that_of_the_role_that_was_meant()
    {
        var trust = Trust(Requests.SessionArn, boundTo: Requests.RoleId);
        var successor = Principal.RoleSession(Requests.Account, Requests.SessionArn, Requests.RoleArn, "AROAEXAMPLEEXAMPLE002");
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(Requests.Session, Assume, isTrust: true), Nothing with { Resource = [trust] }).IsAllowed);
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(successor, Assume, isTrust: true), Nothing with { Resource = [trust] }).IsAllowed);
    }

    [Fact]
    public void A_trust_policy_must_speak_even_if_the_asker_forgot_to_say_so()
    {
        var request = Requests.Request(Requests.User, Assume, Requests.RoleArn, isTrust: false);
        Assert.False(PolicyEvaluator.Evaluate(request, Admin with { Resource = [Trust(Requests.RoleArn)] }).IsAllowed);
        Assert.False(PolicyEvaluator.Evaluate(request with { Principal = Requests.Root }, Admin with { Resource = [Trust(Requests.RoleArn)] }).IsAllowed);
    }

    [Fact]
    public void A_resource_whose_owner_is_unknown_is_in_no_account()
    {
        var request = Requests.Request() with { ResourceAccount = default };
        Assert.False(PolicyEvaluator.Evaluate(request, Admin).IsAllowed);
    }

    private static Case User(string action = "s3:GetObject") => new(Requests.User, action);

    private static Case Session(string action = "s3:GetObject") => new(Requests.Session, action);

    private static Policy Identity(string statement) => Requests.Policy(PolicyType.Identity, statement);

    private static Policy Boundary(string statement) => Requests.Policy(PolicyType.Boundary, statement);

    private static Policy Passed(string statement) => Requests.Policy(PolicyType.Session, statement);

    private static Policy Scp(string statement) => Requests.Policy(PolicyType.ServiceControl, statement);

    private static Policy Naming(string principal) =>
        Requests.Policy(PolicyType.Resource, $"{{'Effect':'Allow','Principal':{{'AWS':'{principal}'}},'Action':'s3:*','Resource':'*'}}");

    private static Policy NamingProvider(string provider) =>
        Requests.Policy(PolicyType.Resource, $"{{'Effect':'Allow','Principal':{{'Federated':'{provider}'}},'Action':'s3:*','Resource':'*'}}");

    private static Policy AllBut(params string[] principals) =>
        Requests.Policy(PolicyType.Resource, $"{{'Effect':'Deny','NotPrincipal':{{'AWS':['{string.Join("','", principals)}']}},'Action':'s3:*','Resource':'*'}}");

    private static Policy Trust(string principal, string? boundTo = null) =>
        Requests.Policy(PolicyType.Trust, $"{{'Effect':'Allow','Principal':{{'AWS':'{principal}'}},'Action':'{Assume}'}}") with
        {
            PrincipalBindings = boundTo is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { [principal] = boundTo },
        };

    /// <summary>Who asks for what, and whether the resource is in another account.</summary>
    public sealed record Case(Principal Caller, string Action = "s3:GetObject", bool IsForeign = false);
}
