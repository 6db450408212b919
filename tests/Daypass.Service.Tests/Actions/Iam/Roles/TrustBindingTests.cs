using Daypass.Names;
using Daypass.Service.Actions.Iam.Roles;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Roles;

/// <summary>Trust hangs on who was meant when it was written, not on what they are called.</summary>
public sealed class TrustBindingTests
{
    private const string Alice = "arn:aws:iam::123456789012:user/people/alice";
    private const string Runner = "arn:aws:iam::123456789012:role/ci/runner";
    private const string RunnerSession = "arn:aws:sts::123456789012:assumed-role/runner/build";
    private const string Target = "arn:aws:iam::123456789012:role/target";
    private static readonly AccountId Other = AccountId.Of(999999999999);
    private readonly ActionBench _bench = new();

    public TrustBindingTests()
    {
        _bench.AddAccount(Other);
        CreateAlice();
        CreateRunner();
        _bench.Call("CreateGroup", ("GroupName", "staff"));
    }

    [Theory]
    [InlineData("AWS", "123456789012")]
    [InlineData("AWS", "999999999999")]
    [InlineData("AWS", "arn:aws:iam::123456789012:root")]
    [InlineData("AWS", "arn:aws:iam::999999999999:root")]
    [InlineData("AWS", "arn:aws:iam::999999999999:user/admin")]
    [InlineData("AWS", Alice)]
    [InlineData("AWS", Runner)]
    [InlineData("AWS", RunnerSession)]
    [InlineData("AWS", "arn:aws:sts::123456789012:federated-user/bob")]
    [InlineData("AWS", "*")]
    [InlineData("Service", "ec2.amazonaws.com")]
    [InlineData("Federated", "arn:aws:iam::123456789012:oidc-provider/idp.example.com")]
    public void Principals_that_exist_or_stand_for_themselves_are_taken_as_written(string type, string principal)
    {
        CreateTarget(Texts.Trusting(principal, type));
        Assert.Equal(Texts.Trusting(principal, type), ShownTrust());
    }

    [Theory]
    [InlineData("AWS", "123456789013")]
    [InlineData("AWS", "arn:aws:iam::123456789013:root")]
    [InlineData("AWS", "arn:aws:iam::123456789013:user/admin")]
    [InlineData("AWS", "arn:aws-cn:iam::123456789012:root")]
    [InlineData("AWS", "arn:aws:iam::123456789012:user/nobody")]
    [InlineData("AWS", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("AWS", "arn:aws:iam::123456789012:user/people/Alice")]
    [InlineData("AWS", "arn:aws-cn:iam::123456789012:user/people/alice")]
    [InlineData("AWS", "arn:aws:iam::999999999999:user/people/alice")]
    [InlineData("AWS", "arn:aws:iam::123456789012:role/runner")]
    [InlineData("AWS", "arn:aws:iam::123456789012:role/people/alice")]
    [InlineData("AWS", "arn:aws:iam::123456789012:user/*")]
    [InlineData("AWS", "arn:aws:iam::123456789012:group/staff")]
    [InlineData("AWS", "arn:aws:sts::123456789012:assumed-role/nobody/build")]
    [InlineData("AWS", "arn:aws:sts::123456789012:assumed-role/runner/*")]
    [InlineData("AWS", "arn:aws-cn:sts::123456789012:assumed-role/runner/build")]
    [InlineData("AWS", "arn:aws:sts::123456789013:federated-user/bob")]
    [InlineData("AWS", "AIDAEXAMPLEEXAMPLE234")]
    [InlineData("AWS", "alice")]
    [InlineData("CanonicalUser", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be")]
    public void Principals_that_name_nobody_are_refused(string type, string principal)
    {
        var error = _bench.Refusal("CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument", Texts.Trusting(principal, type)));
        Assert.Equal(("MalformedPolicyDocument", $"Invalid principal in policy: \"{type}\":\"{principal}\""), (error.Code, error.Message));
    }

    [Fact]
    public void A_statement_must_name_a_principal()
    {
        var text = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole"}]}""";
        var error = _bench.Refusal("CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument", text));
        Assert.Equal("Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with no principals!", error.Message);
    }

    [Fact]
    public void A_role_cannot_name_itself_before_it_exists_but_can_afterwards()
    {
        Assert.Equal($"Invalid principal in policy: \"AWS\":\"{Target}\"", _bench.Refusal("CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument", Texts.Trusting(Target))).Message);
        CreateTarget(Texts.TrustsAccount);
        _bench.Call("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", Texts.Trusting(Target)));
        _bench.AsRole("target");
        AssumeTarget();
    }

    [Fact]
    public void A_re_created_user_inherits_no_trust()
    {
        CreateTarget(Texts.Trusting(Alice));
        AsAlice();
        AssumeTarget();
        _bench.As(ActionBench.Admin).Call("DeleteUser", ("UserName", "alice"));
        CreateAlice();
        AsAlice();
        Assert.Equal($"User: {Alice} is not authorized to perform: sts:AssumeRole on resource: {Target}", RefusedAssumption());
    }

    [Fact]
    public void A_renamed_user_keeps_its_trust_and_shows_under_its_new_name()
    {
        CreateTarget(Texts.Trusting(Alice));
        _bench.Call("UpdateUser", ("UserName", "alice"), ("NewUserName", "alicia"), ("NewPath", "/"));
        Assert.Equal(Texts.Trusting("arn:aws:iam::123456789012:user/alicia"), ShownTrust());
        _bench.As("alicia");
        AssumeTarget();
    }

    [Fact]
    public void Who_takes_the_name_of_a_renamed_user_takes_no_trust_with_it()
    {
        CreateTarget(Texts.Trusting(Alice));
        _bench.Call("UpdateUser", ("UserName", "alice"), ("NewUserName", "alicia"));
        CreateAlice();
        // Writing back what was read is no way around: it still means the first.
        _bench.Call("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", ShownTrust()));
        AsAlice();
        Assert.Contains("is not authorized", RefusedAssumption(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_user_shows_as_its_raw_id_and_that_cannot_be_written_back()
    {
        CreateTarget(Texts.Trusting(Alice));
        var id = _bench.Home.FindUser("alice")!.Id;
        _bench.Call("DeleteUser", ("UserName", "alice"));
        Assert.Equal(Texts.Trusting(id), ShownTrust());
        Assert.Equal(Texts.Trusting(id), _bench.Call("ListRoles", ("PathPrefix", "/"))["Roles"]!.AsArray().Single(role => role!["RoleName"]!.GetValue<string>() == "target")!["AssumeRolePolicyDocument"]!.GetValue<string>());
        var error = _bench.Refusal("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", ShownTrust()));
        Assert.Equal($"Invalid principal in policy: \"AWS\":\"{id}\"", error.Message);
        CreateAlice();
        Assert.Equal(Texts.Trusting(id), ShownTrust());
    }

    [Theory]
    [InlineData(Runner)]
    [InlineData(RunnerSession)]
    public void Sessions_of_a_re_created_role_inherit_no_trust(string principal)
    {
        CreateTarget(Texts.Trusting(principal));
        Allow("runner");
        _bench.AsRole("runner", "build");
        AssumeTarget();
        _bench.As(ActionBench.Admin);
        Disallow("runner");
        _bench.Call("DeleteRole", ("RoleName", "runner"));
        CreateRunner();
        Allow("runner");
        _bench.AsRole("runner", "build");
        Assert.Equal($"User: {RunnerSession} is not authorized to perform: sts:AssumeRole on resource: {Target}", RefusedAssumption());
    }

    [Fact]
    public void The_session_of_a_deleted_role_shows_as_the_role_s_raw_id_and_its_name()
    {
        CreateTarget(Texts.Trusting(RunnerSession));
        var id = _bench.Home.FindRole("runner")!.Id;
        _bench.Call("DeleteRole", ("RoleName", "runner"));
        Assert.Equal(Texts.Trusting(id + ":build"), ShownTrust());
        Assert.Equal($"Invalid principal in policy: \"AWS\":\"{id}:build\"", _bench.Refusal("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", ShownTrust())).Message);
    }

    [Fact]
    public void A_principal_of_another_account_is_bound_too()
    {
        const string Bob = "arn:aws:iam::999999999999:user/bob";
        _bench.As("admin", Other).Call("CreateUser", ("UserName", "bob"));
        var id = _bench.As("bob", Other).Call("GetCallerIdentity")["UserId"]!.GetValue<string>();
        _bench.As(ActionBench.Admin);
        CreateTarget(Texts.Trusting(Bob));
        _bench.As("admin", Other).Call("DeleteUser", ("UserName", "bob"));
        _bench.Call("CreateUser", ("UserName", "bob"));
        _bench.As(ActionBench.Admin);
        Assert.Equal(Texts.Trusting(id), ShownTrust());
    }

    [Fact]
    public void Only_the_principals_change_in_the_text_that_is_shown()
    {
        // One name twice, once escaped, beside others, white space, and a condition that says the same text.
        const string Written = """
            { "Version": "2012-10-17",
              "Statement": [
                { "Sid": "One", "Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": { "AWS": [ "arn:aws:iam::123456789012:role/ci/runner", "arn:aws:iam::123456789012:user\/people\u002falice" ], "Service": "ec2.amazonaws.com" } },
                { "Effect": "Deny", "Action": "sts:AssumeRole", "Principal": { "AWS": "arn:aws:iam::123456789012:user/people/alice" },
                  "Condition": { "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/people/alice" } } } ] }
            """;
        CreateTarget(Written);
        Assert.Equal(Written, ShownTrust());
        _bench.Call("UpdateUser", ("UserName", "alice"), ("NewPath", "/a\"\\b/"));
        Assert.Equal(
            Written.Replace(@"user\/people\u002falice", @"user/a\""\\b/alice", StringComparison.Ordinal)
                .Replace("""{ "AWS": "arn:aws:iam::123456789012:user/people/alice" }""", """{ "AWS": "arn:aws:iam::123456789012:user/a\"\\b/alice" }""", StringComparison.Ordinal),
            ShownTrust());
    }

    [Theory]
    [InlineData("CreateRole", "RoleName", "new", "AssumeRolePolicyDocument")]
    [InlineData("UpdateAssumeRolePolicy", "RoleName", "target", "PolicyDocument")]
    public void A_principal_deleted_meanwhile_makes_the_write_be_asked_again(string action, string nameParameter, string name, string documentParameter)
    {
        CreateTarget(Texts.TrustsAccount);
        var write = _bench.Begin(action, (nameParameter, name), (documentParameter, Texts.Trusting(Alice)));
        _bench.Call("DeleteUser", ("UserName", "alice"));
        Assert.False(write.TryCommit());
    }

    [Fact]
    public void The_size_of_a_trust_policy_is_limited_without_its_white_space()
    {
        var most = Padded(2048 - Padded(0).Length);
        CreateTarget(most.Replace("{", "  {\n", StringComparison.Ordinal));
        var error = _bench.Refusal("UpdateAssumeRolePolicy", ("RoleName", "target"), ("PolicyDocument", Padded(2049 - Padded(0).Length)));
        Assert.Equal(("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048"), (error.Code, error.Message));

        static string Padded(int length) => $$"""{"Version":"2012-10-17","Statement":[{"Sid":"{{new string('a', length)}}","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";
    }

    [Fact]
    public void A_text_that_is_too_long_makes_no_account_be_loaded()
    {
        var arns = Enumerable.Range(0, 100).Select(i => $"\"arn:aws:iam::{100000000000 + i}:user/u\"");
        Assert.Empty(TrustDocuments.AccountsOf($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":[{{string.Join(',', arns)}}]},"Action":"sts:AssumeRole"}]}"""));
        Assert.Equal([Other], TrustDocuments.AccountsOf(Texts.Trusting("arn:aws:iam::999999999999:user/admin")));
    }

    private void CreateAlice() => _bench.Call("CreateUser", ("UserName", "alice"), ("Path", "/people/"));

    private void CreateRunner() => _bench.Call("CreateRole", ("RoleName", "runner"), ("Path", "/ci/"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));

    private void CreateTarget(string trust) => _bench.Call("CreateRole", ("RoleName", "target"), ("AssumeRolePolicyDocument", trust));

    private void Allow(string role) => _bench.Call("AttachRolePolicy", ("RoleName", role), ("PolicyArn", Texts.Administrator));

    private void Disallow(string role) => _bench.Call("DetachRolePolicy", ("RoleName", role), ("PolicyArn", Texts.Administrator));

    private string ShownTrust() => _bench.Call("GetRole", ("RoleName", "target"))["Role"]!["AssumeRolePolicyDocument"]!.GetValue<string>();

    private void AsAlice() => _bench.As("alice");

    private void AssumeTarget() => Assert.NotNull(_bench.Call("AssumeRole", ("RoleArn", Target), ("RoleSessionName", "work"))["Credentials"]);

    private string RefusedAssumption() => _bench.Refusal("AssumeRole", ("RoleArn", Target), ("RoleSessionName", "work")).Message;
}
