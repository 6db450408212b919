using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>AssumeRoot: the management account as root of a member, once that is enabled, for one task, for a quarter of an hour.</summary>
public sealed class RootSessionTests
{
    private const string Unlock = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
    private const string Root = "arn:aws:iam::210987654321:root";
    private static readonly AccountId Member = AccountId.Of(210987654321);
    private readonly ActionBench _bench = new();

    public RootSessionTests()
    {
        _bench.AddAccount(Member);
        var organization = _bench.Call("CreateOrganization", ("FeatureSet", "ALL"))["Organization"]!["Id"]!.GetValue<string>();
        _bench.Put(DocumentKinds.OrganizationAccount, new OrganizationAccount { Id = $"{Member}", Name = "Member", Email = "m@example.com", JoinedMethod = "CREATED", Joined = _bench.Now });
        _bench.Put(DocumentKinds.Settings, new AccountSettings { Created = _bench.Now, OrganizationId = organization, ManagementAccount = $"{ActionBench.HomeAccount}" }, Member);
    }

    [Theory]
    [InlineData("210987654321")]
    [InlineData(Root)]
    public void Root_of_a_member_calls(string target)
    {
        Enable();
        _bench.AsSession(Assume(target)["Credentials"]!);
        var identity = _bench.Call("GetCallerIdentity");
        Assert.Equal([Root, "210987654321", "210987654321"], new[] { "Arn", "UserId", "Account" }.Select(name => identity[name]!.GetValue<string>()));
    }

    [Fact]
    public void Nobody_does_before_it_is_enabled_nor_after_it_is_disabled()
    {
        const string Message = $"User: arn:aws:iam::123456789012:user/admin is not authorized to perform: sts:AssumeRoot on resource: {Root} because root sessions are not enabled in the organization (iam:EnableOrganizationsRootSessions)";
        Assert.Equal(("AccessDenied", Message), (Refusal().Code, Refusal().Message));
        Enable();
        Assert.Equal("RootSessions", Assert.Single(_bench.Call("ListOrganizationsFeatures")["EnabledFeatures"]!.AsArray())!.GetValue<string>());
        Assume(Root);
        Assert.Empty(_bench.Call("DisableOrganizationsRootSessions")["EnabledFeatures"]!.AsArray());
        Assert.Equal(Message, Refusal().Message);
    }

    [Theory]
    [InlineData("TargetPrincipal", "123456789012", "AccessDenied", "because it is no member account of the organization")]
    [InlineData("TargetPrincipal", "999999999999", "AccessDenied", "because it is no member account of the organization")]
    [InlineData("TargetPrincipal", "arn:aws:iam::210987654321:user/admin", "ValidationError", "is neither an account id nor the ARN of a root user")]
    [InlineData("TargetPrincipal", "arn:aws-cn:iam::210987654321:root", "ValidationError", "is neither an account id nor the ARN of a root user")]
    [InlineData("TargetPrincipal", "21098765432", "ValidationError", "at 'targetPrincipal' failed to satisfy constraint: Member must have length greater than or equal to 12")]
    [InlineData("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/AdministratorAccess", "ValidationError", "is not a task policy")]
    [InlineData("TaskPolicyArn.arn", "arn:aws:iam::123456789012:policy/root-task/S3UnlockBucketPolicy", "ValidationError", "is not a task policy")]
    [InlineData("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials", "ValidationError", "no root password, access keys or MFA devices")]
    [InlineData("DurationSeconds", "901", "ValidationError", "less than or equal to 900")]
    [InlineData("DurationSeconds", "-1", "ValidationError", "greater than or equal to 0")]
    public void Anything_else_is_refused(string name, string value, string code, string message)
    {
        Enable();
        var error = Refusal((name, value));
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_and_an_account_by_itself_manage_nobody()
    {
        Enable();
        _bench.As("admin", Member);
        Assert.Contains("because the caller's account manages no organization", Refusal().Message, StringComparison.Ordinal);
        foreach (var (action, code) in new[] { ("Enable", "CallerIsNotManagementAccountException"), ("Disable", "AccountNotManagementOrDelegatedAdministratorException") })
            Assert.Equal(code, _bench.Refusal(action + "OrganizationsRootSessions").Code);
        var alone = AccountId.Of(333333333333);
        _bench.AddAccount(alone);
        _bench.As("admin", alone);
        Assert.Contains("because the caller's account manages no organization", Refusal().Message, StringComparison.Ordinal);
        Assert.Equal("OrganizationNotFoundException", _bench.Refusal("EnableOrganizationsRootSessions").Code);
    }

    [Fact]
    public void An_organization_for_billing_only_has_no_root_sessions()
    {
        _bench.Put(DocumentKinds.Organization, _bench.Home.Organization! with { FeatureSet = "CONSOLIDATED_BILLING" });
        Assert.Equal("OrganizationNotInAllFeaturesModeException", _bench.Refusal("EnableOrganizationsRootSessions").Code);
    }

    [Theory]
    [InlineData(Unlock, true)]
    [InlineData("arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy", false)]
    public void The_right_to_do_it_can_be_for_one_member_and_one_task(string task, bool isAllowed)
    {
        Enable();
        _bench.AsHolderOf("sts:AssumeRoot", Root, $$"""{"StringEquals":{"sts:TaskPolicyArn":"{{task}}"} }""");
        if (isAllowed)
            Assert.NotNull(Assume(Root)["Credentials"]);
        else
            Assert.Contains("because no identity-based policy allows the sts:AssumeRoot action", Refusal().Message, StringComparison.Ordinal);
        Assert.Equal("AccessDenied", Refusal(("TargetPrincipal", "333333333333")).Code);
    }

    public static TheoryData<string> Others => ["ListUsers", "GetAccountSummary", "CreateOrganization", "DescribeOrganization", "LookupEvents", "GetAccessKeyInfo", "ListServices", "ListKeys"];

    [Theory]
    [MemberData(nameof(Others))]
    public void Beyond_its_task_root_may_do_nothing(string action)
    {
        Enable();
        _bench.AsSession(Assume(Root)["Credentials"]!);
        var error = action switch
        {
            "GetAccessKeyInfo" => _bench.Refusal(action, ("AccessKeyId", "ASIAY34FZKBOKMUTVV7A")),
            _ => _bench.Refusal(action),
        };
        Assert.Equal("AccessDenied", error.Code);
    }

    [Theory]
    [InlineData("GetSessionToken", "Cannot call GetSessionToken with session credentials")]
    [InlineData("GetFederationToken", "Cannot call GetFederationToken with session credentials")]
    [InlineData("AssumeRoot", "Cannot call AssumeRoot with session credentials")]
    [InlineData("AssumeRole", "Roles may not be assumed by root accounts.")]
    public void Root_leads_to_no_other_credentials(string action, string message)
    {
        Enable();
        _bench.AsSession(Assume(Root)["Credentials"]!);
        var error = _bench.Refusal(action, ("RoleArn", "arn:aws:iam::210987654321:role/any"), ("RoleSessionName", "session"));
        Assert.Equal(("AccessDenied", message), (error.Code, error.Message));
    }

    [Fact]
    public void The_session_says_what_it_is()
    {
        Enable();
        var caller = _bench.CallerOf(Assume(Root)["Credentials"]!);
        var keys = RequestKeys.OfCaller(caller, _bench.Now).All.ToDictionary(key => key.Key, key => key.Value.Single);
        Assert.Equal((Root, "Account", "210987654321", "true"), (keys["aws:PrincipalArn"], keys["aws:PrincipalType"], keys["aws:userid"], keys["aws:AssumedRoot"]));
        Assert.Equal(_bench.Now.AddSeconds(900), caller.Session!.ExpiresAt);
        Assert.Equal(_bench.Home.FindUser("admin")!.Id, Assert.Single(caller.Session.Chain).PrincipalId);
    }

    [Fact]
    public void A_source_identity_stays_with_it()
    {
        Enable();
        _bench.Put(DocumentKinds.Role, new Role
        {
            Name = "operator", Path = "/", Id = "AROAEXAMPLE", Created = _bench.Now, Trust = new TrustPolicy(StsWorld.Trust(), new Dictionary<string, string>()),
            Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"],
        });
        var role = _bench.Call("AssumeRole", ("RoleArn", StsWorld.ArnOf("operator")), ("RoleSessionName", "session"), ("SourceIdentity", "alice"));
        _bench.AsSession(role["Credentials"]!);
        var root = Assume(Root);
        Assert.Equal("alice", root["SourceIdentity"]!.GetValue<string>());
        Assert.Equal("alice", _bench.CallerOf(root["Credentials"]!).Session!.SourceIdentity);
    }

    [Fact]
    public void It_ends_when_the_account_leaves_the_organization()
    {
        Enable();
        var credentials = Assume(Root)["Credentials"]!;
        Assert.NotNull(_bench.CallerOf(credentials));
        _bench.Put(DocumentKinds.Settings, new AccountSettings { Created = _bench.Now }, Member);
        Assert.Null(_bench.CallerOf(credentials));
    }

    [Theory]
    [InlineData("s3:DeleteBucketPolicy", null, true)]
    [InlineData("s3:GetObject", null, false)]
    [InlineData("s3:GetObject", "*", false)]
    [InlineData("s3:GetObject", Root, false)]
    public void A_protected_service_lets_it_do_its_task_and_no_more_whatever_resource_policies_say(string action, string? allowed, bool isAllowed)
    {
        Enable();
        var caller = _bench.CallerOf(Assume(Root)["Credentials"]!);
        var policies = new PolicySet { Identity = caller.Policies.Identity, Session = caller.SessionPolicies };
        if (allowed is not null)
        {
            var text = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{allowed}}"},"Action":"s3:*","Resource":"*"} }""";
            policies = policies with { Resource = [new Policy(PolicyDocument.Parse(text, PolicyType.Resource), "bucket", null)] };
        }
        var request = new AccessRequest(caller.Principal, action, "arn:aws:s3:::bucket/x", Member, new RequestContext());
        Assert.Equal(isAllowed, PolicyEvaluator.Evaluate(request, policies).IsAllowed);
        Assert.Equal(isAllowed, PolicyEvaluator.Explain(request, policies).Decision.IsAllowed);
    }

    private void Enable() => _bench.Call("EnableOrganizationsRootSessions");

    private JsonNode Assume(string target) => _bench.Call("AssumeRoot", ("TargetPrincipal", target), ("TaskPolicyArn.arn", Unlock));

    private ApiError Refusal(params (string Name, string Value)[] other) =>
        _bench.Refusal("AssumeRoot", [.. other, .. new[] { ("TargetPrincipal", Root), ("TaskPolicyArn.arn", Unlock) }.Where(pair => !other.Any(one => one.Name == pair.Item1))]);
}
