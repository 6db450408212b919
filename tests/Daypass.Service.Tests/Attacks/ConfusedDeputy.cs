using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>
/// Ways into a role: who is named in its trust policy, from which account, with which external id, and by which rights of their own.
/// The role is one of the other account unless a test says otherwise.
/// </summary>
public sealed class ConfusedDeputy
{
    private const string Home = "123456789012", Away = "210987654321";
    private const string MayAssume = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""";
    private const string MayNot = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}]}""";
    private static readonly AccountId Other = AccountId.Of(210987654321);
    private readonly ActionBench _bench = new();

    public ConfusedDeputy()
    {
        _bench.AddAccount(Other);
        AddUser("alice", MayAssume);
        AddUser("bob", MayAssume);
        AddUser("carol", null);
    }

    [Theory]
    [InlineData("x1", true)]
    [InlineData("x2", false)]
    [InlineData("X1", false)]
    [InlineData("x1x1", false)]
    [InlineData(null, false)]
    public void An_external_id_that_the_role_asks_for_must_be_the_one(string? externalId, bool isIn)
    {
        AddRole(Trust($"arn:aws:iam::{Home}:root", """{"StringEquals":{"sts:ExternalId":"x1"}}"""), Other);
        Check(isIn, Away, externalId is null ? [] : [("ExternalId", externalId)]);
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    [InlineData("carol", false)]
    [InlineData("admin", false)]
    public void A_role_that_trusts_one_user_lets_no_other_in(string caller, bool isIn)
    {
        AddRole(Trust($"arn:aws:iam::{Home}:user/alice"), Other);
        _bench.As(caller);
        Check(isIn, Away);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/carol")]
    [InlineData("arn:aws:iam::123456789012:root")]
    [InlineData("*")]
    public void Across_accounts_trust_alone_does_not_do(string principal)
    {
        AddRole(Trust(principal), Other);
        _bench.As("carol");
        Check(false, Away);
        AddUser("carol", MayAssume, keepId: true);
        Check(true, Away);
    }

    [Fact]
    public void In_the_own_account_it_does_for_a_user_that_is_named_and_not_for_one_that_is_not()
    {
        AddRole(Trust($"arn:aws:iam::{Home}:user/carol"), ActionBench.HomeAccount);
        _bench.As("carol");
        Check(true, Home);
        _bench.As("admin");
        Check(false, Home);
    }

    [Fact]
    public void A_role_that_trusts_its_account_leaves_it_to_the_identity_policies()
    {
        AddRole(Trust($"arn:aws:iam::{Home}:root"), ActionBench.HomeAccount);
        _bench.As("carol");
        Check(false, Home);
        _bench.As("alice");
        Check(true, Home);
    }

    [Fact]
    public void A_denial_of_its_own_holds_the_caller_back_although_it_is_named()
    {
        AddUser("carol", MayNot, keepId: true);
        AddRole(Trust($"arn:aws:iam::{Home}:user/carol"), ActionBench.HomeAccount);
        _bench.As("carol");
        Check(false, Home);
    }

    [Fact]
    public void A_user_that_was_deleted_and_made_again_is_not_trusted()
    {
        AddRole(Trust($"arn:aws:iam::{Home}:user/alice"), Other);
        _bench.As("alice");
        Check(true, Away);
        _bench.As("admin").Call("DeleteUserPolicy", ("UserName", "alice"), ("PolicyName", "only"));
        _bench.Call("DeleteUser", ("UserName", "alice"));
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "only"), ("PolicyDocument", MayAssume));
        _bench.As("alice");
        Check(false, Away);
    }

    [Fact]
    public void A_session_of_a_role_that_was_deleted_and_made_again_is_not_the_one_that_is_trusted()
    {
        MakeWorker();
        AddRole(Trust($"arn:aws:sts::{Home}:assumed-role/worker/session"), ActionBench.HomeAccount);
        _bench.AsRole("worker");
        Check(true, Home);
        _bench.AsRole("worker", "other");
        Check(false, Home);
        _bench.As("admin").Call("DeleteRole", ("RoleName", "worker"));
        MakeWorker();
        _bench.AsRole("worker");
        Check(false, Home);
    }

    [Fact]
    public void A_role_gets_into_itself_only_if_it_says_so()
    {
        AddRole(Trust($"arn:aws:iam::{Home}:user/alice"), ActionBench.HomeAccount);
        _bench.As("admin").Call("PutRolePolicy", ("RoleName", "target"), ("PolicyName", "all"), ("PolicyDocument", MayAssume));
        _bench.AsRole("target");
        Check(false, Home);
        _bench.As("admin").Call("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", Trust($"arn:aws:iam::{Home}:role/target")));
        _bench.AsRole("target");
        Check(true, Home);
    }

    [Theory]
    [InlineData("3600", null)]
    [InlineData("3601", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")]
    public void A_session_that_comes_from_a_session_lasts_an_hour_at_most(string seconds, string? message)
    {
        AddRole(Trust($"arn:aws:iam::{Home}:role/target"), ActionBench.HomeAccount, selfTrust: true, maxDuration: "43200");
        _bench.AsRole("target");
        (string, string)[] parameters = [.. Parameters(Home), ("DurationSeconds", seconds)];
        if (message is null)
            _bench.Call("AssumeRole", parameters);
        else
            Assert.Equal(("ValidationError", message), (_bench.Refusal("AssumeRole", parameters).Code, _bench.Refusal("AssumeRole", parameters).Message));
    }

    [Theory]
    [InlineData("""{"StringEquals":{"aws:PrincipalTag/team":"red"}}""", "aws:PrincipalTag/team", "red")]
    [InlineData("""{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""", "aws:MultiFactorAuthPresent", "true")]
    [InlineData("""{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}""", "aws:PrincipalOrgID", "o-1234567890")]
    [InlineData("""{"StringEquals":{"aws:SourceIdentity":"boss"}}""", "aws:SourceIdentity", "boss")]
    [InlineData("""{"StringEquals":{"sts:SourceIdentity":"boss"}}""", "sts:SourceIdentity", "boss")]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"203.0.113.7/32"}}""", "aws:SourceIp", "203.0.113.7")]
    [InlineData("""{"StringLike":{"aws:userid":"AROA*"}}""", "aws:userid", "AROAEXAMPLE:x")]
    public void What_the_server_fills_in_is_not_taken_from_the_caller(string condition, string parameter, string value)
    {
        AddRole(Trust($"arn:aws:iam::{Home}:user/alice", condition), Other);
        _bench.As("alice");
        Check(false, Away, (parameter, value));
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob", false)]
    public void A_session_may_be_made_to_bear_its_users_name(string session, bool isIn)
    {
        AddRole(Trust($"arn:aws:iam::{Home}:root", """{"StringEquals":{"sts:RoleSessionName":"${aws:username}"}}"""), ActionBench.HomeAccount);
        _bench.As("alice");
        (string, string)[] parameters = [("RoleArn", $"arn:aws:iam::{Home}:role/target"), ("RoleSessionName", session)];
        if (isIn)
            _bench.Call("AssumeRole", parameters);
        else
            Assert.Equal("AccessDenied", _bench.Refusal("AssumeRole", parameters).Code);
    }

    [Theory]
    [InlineData("arn:aws:iam::210987654321:policy/theirs", "MalformedPolicyDocument")]
    [InlineData("arn:aws:iam::123456789012:policy/none", "MalformedPolicyDocument")]
    [InlineData("arn:aws:iam::123456789012:policy/AdministratorAccess", "MalformedPolicyDocument")]
    [InlineData("arn:aws:iam::aws:policy/nonesuch/AdministratorAccess", "MalformedPolicyDocument")]
    [InlineData("this-is-no-arn-at-all", "ValidationError")]
    public void A_session_policy_that_is_not_the_accounts_own_ends_the_call_and_is_not_left_out(string arn, string code)
    {
        AddRole(Trust($"arn:aws:iam::{Home}:user/alice"), ActionBench.HomeAccount);
        _bench.As("admin", Other).Call("CreatePolicy", ("PolicyName", "theirs"), ("PolicyDocument", MayAssume));
        _bench.As("alice");
        Assert.Equal(code, _bench.Refusal("AssumeRole", [.. Parameters(Home), ("PolicyArns.member.1.arn", arn)]).Code);
    }

    private void Check(bool isIn, string account, params (string, string)[] more)
    {
        if (isIn)
            Assert.StartsWith($"arn:aws:sts::{account}:assumed-role/target/", _bench.Call("AssumeRole", [.. Parameters(account), .. more])["AssumedRoleUser"]!["Arn"]!.GetValue<string>(), StringComparison.Ordinal);
        else
            Assert.Equal("AccessDenied", _bench.Refusal("AssumeRole", [.. Parameters(account), .. more]).Code);
    }

    private void MakeWorker() => _bench.As("admin").Call("CreateRole", ("RoleName", "worker"), ("AssumeRolePolicyDocument", Trust($"arn:aws:iam::{Home}:root")));

    private static (string, string)[] Parameters(string account) => [("RoleArn", $"arn:aws:iam::{account}:role/target"), ("RoleSessionName", "session")];

    private void AddRole(string trust, AccountId account, bool selfTrust = false, string maxDuration = "3600")
    {
        _bench.As("admin", account).Call(
            "CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument", selfTrust ? Trust($"arn:aws:iam::{account}:root") : trust), ("MaxSessionDuration", maxDuration));
        if (selfTrust)
            _bench.Call("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", trust));
        _bench.As("alice");
    }

    private void AddUser(string name, string? policy, bool keepId = false)
    {
        if (!keepId)
            _bench.As("admin").Call("CreateUser", ("UserName", name));
        if (policy is not null)
            _bench.Put(DocumentKinds.User, _bench.Home.FindUser(name)! with { Inline = [new InlinePolicy("only", policy)] });
    }

    private static string Trust(string principal, string condition = "{}") => $$"""
        {"Version":"2012-10-17","Statement":[{"Condition":{{condition}},"Effect":"Allow","Principal":{"AWS":"{{principal}}"},"Action":"sts:AssumeRole"}]}
        """;
}
