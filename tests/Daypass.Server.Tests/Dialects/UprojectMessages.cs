using System.Text.Json.Nodes;
using Daypass.Testing;

namespace Daypass.Server.Tests.Dialects;

/// <summary>A refusal names things as its reader knows them: URNs to clients of the dialect, ARNs to AWS's.</summary>
public sealed class UprojectMessages : IAsyncLifetime
{
    private const string Trusting = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["acme:iam::111122223333:user/alice"]}}]}""";
    private const string Role = "acme:iam::111122223333:role/ops/Reader";
    private const string Alice = "acme:iam::111122223333:user/alice";

    private DaypassServer _server = null!;
    private UprojectCaller _administrator = null!;
    private UprojectCaller _alice = null!;

    public async Task InitializeAsync()
    {
        _server = await DaypassServer.StartAsync("--urn-prefix", "acme", "--refusals-per-source", "0", "--plain-denials");
        _administrator = UprojectCaller.Administrator(_server);
        _alice = await _administrator.CreateUserAsync("alice");
        await _administrator.CallAsync("CreateRole", ("RoleName", "ops/Reader"), ("RolePolicyDocument", Trusting));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Who_is_allowed_nothing_reads_that_in_URNs_and_in_ARNs_over_AWS_s_API()
    {
        Assert.Equal(
            (299, $"User: {Alice} is not authorized to perform: iam:GetUser on resource: acme:iam::111122223333:user/bob because no identity-based policy allows the iam:GetUser action"),
            await _alice.RefusalAsync("GetUser", ("UserName", "bob")));
        var key = (await _administrator.CallAsync("CreateAccessKey", ("UserName", "alice"))).GetProperty("AccessKey");
        var client = _server.Client(key.GetProperty("AccessKeyID").GetString()!, key.GetProperty("AccessKeySecret").GetString()!);
        Assert.Equal(
            "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: iam:GetUser on resource: arn:aws:iam::111122223333:user/bob because no identity-based policy allows the iam:GetUser action",
            (await client.IamAsync("GetUser", ("UserName", "bob"))).ErrorMessage);
    }

    [Fact]
    public async Task An_explicit_deny_is_named_with_its_policy_s_URN()
    {
        await AllowAsync("deny", """{"Effect":"Deny","Action":["iam:ListUsers"],"Resource":["*"]}""");
        var (retCode, message) = await _alice.RefusalAsync("ListUsers");
        Assert.Equal(299, retCode);
        Assert.EndsWith("with an explicit deny in an identity-based policy: acme:iam::111122223333:policy/deny", message, StringComparison.Ordinal);
        Assert.DoesNotContain("arn:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_policy_and_a_boundary_that_stand_in_the_way_are_told_of_in_URNs()
    {
        await AllowAsync("all", """{"Effect":"Allow","Action":["*"],"Resource":["*"]}""");
        await _administrator.CallAsync("AttachPoliciesToRole", ("RoleName", "ops/Reader"), ("PolicyURNs.0", "acme:iam::111122223333:policy/all"), ("Scope", "Unspecified"));
        var session = await _alice.AssumeAsync(Role, ("Policy", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["iam:GetUser"],"Resource":["*"]}]}"""));
        Assert.Equal(
            (299, "User: acme:sts::111122223333:assumed-role/Reader/s is not authorized to perform: iam:ListUsers on resource: acme:iam::111122223333:user/ because no session policy allows the iam:ListUsers action"),
            await session.RefusalAsync("ListUsers"));

        await _server.Administrator.IamAsync("PutUserPermissionsBoundary", ("UserName", "alice"), ("PermissionsBoundary", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
        Assert.Equal(
            (299, $"User: {Alice} is not authorized to perform: iam:CreateGroup on resource: acme:iam::111122223333:group/g because no permissions boundary allows the iam:CreateGroup action"),
            await _alice.RefusalAsync("CreateGroup", ("GroupName", "g")));
    }

    [Fact]
    public async Task Who_is_not_trusted_reads_the_role_s_URN()
    {
        var bob = await _administrator.CreateUserAsync("bob");
        Assert.Equal((299, $"User: acme:iam::111122223333:user/bob is not authorized to perform: sts:AssumeRole on resource: {Role}"), await bob.RefusalAsync("AssumeRole", ("RoleUrn", Role), ("RoleSessionName", "s")));
    }

    [Fact]
    public async Task What_is_not_there_is_named_by_its_URN()
    {
        var (retCode, message) = await _administrator.RefusalAsync("GetIAMPolicy", ("PolicyURN", "acme:iam::111122223333:policy/none"));
        Assert.Equal(11217, retCode);
        Assert.Contains("acme:iam::111122223333:policy/none", message, StringComparison.Ordinal);
        Assert.DoesNotContain("arn:", message, StringComparison.Ordinal);
        Assert.Equal(11277, (await _administrator.RefusalAsync("AssumeRole", ("RoleUrn", Role + "2"), ("RoleSessionName", "s"))).RetCode);
    }

    [Fact]
    public async Task A_wrong_value_is_named_by_its_parameter_and_a_malformed_policy_by_the_place_too()
    {
        const string Malformed = "{\"Version\":\"1\",\n\"Statement\":[{\"Effect\":\"Alow\",\"Action\":[\"*\"],\"Resource\":[\"*\"]}]}";
        const string Nobody = "{\"Version\":\"1\",\n \"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\"],\"Principal\":{\"UCS\":[\"acme:iam::111122223333:user/nobody\"]}}]}";
        await NamedAsync("Document", ", at line 2, column 24 of the policy.", _administrator.RefusalAsync("CreateIAMPolicy", ("PolicyName", "p"), ("Document", Malformed)));
        await NamedAsync("RolePolicyDocument", ", at line 2, column 24 of the policy.", _administrator.RefusalAsync("CreateRole", ("RoleName", "r"), ("RolePolicyDocument", Malformed)));
        await NamedAsync("RolePolicyDocument", "\"acme:iam::111122223333:user/nobody\", at line 2, column 81 of the policy.", _administrator.RefusalAsync("CreateRole", ("RoleName", "r"), ("RolePolicyDocument", Nobody)));
        await NamedAsync("Policy", ", at line 2, column 24 of the policy.", _alice.RefusalAsync("AssumeRole", ("RoleUrn", Role), ("RoleSessionName", "s"), ("Policy", Malformed)));
        await NamedAsync("Policy", ", at line 1, column 1 of the policy.", _alice.RefusalAsync("AssumeRole", ("RoleUrn", Role), ("RoleSessionName", "s"), ("Policy", "nonsense")));
        await NamedAsync("DurationSeconds", "must be a whole number, not 'an hour'.", _alice.RefusalAsync("AssumeRole", ("RoleUrn", Role), ("RoleSessionName", "s"), ("DurationSeconds", "an hour")));
        await NamedAsync("MFABindRequired", "must be true or false, not 'maybe'.", _administrator.RefusalAsync("CreateUser", ("UserName", "u"), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Active"), ("MFABindRequired", "maybe")));
    }

    private static async Task NamedAsync(string parameter, string end, Task<(int RetCode, string Message)> refused)
    {
        var (retCode, message) = await refused;
        Assert.Equal(230, retCode);
        Assert.StartsWith($"Params [{parameter}] not valid: ", message, StringComparison.Ordinal);
        Assert.EndsWith(end, message, StringComparison.Ordinal);
    }

    private async Task AllowAsync(string name, string statement)
    {
        var document = new JsonObject { ["Version"] = "1", ["Statement"] = new JsonArray(JsonNode.Parse(statement)) };
        await _administrator.CallAsync("CreateIAMPolicy", ("PolicyName", name), ("Document", document.ToJsonString()), ("ScopeType", "ScopeEmpty"));
        await _administrator.CallAsync("AttachPoliciesToUser", ("UserName", "alice"), ("PolicyURNs.0", $"acme:iam::111122223333:policy/{name}"), ("Scope", "Unspecified"));
    }
}
