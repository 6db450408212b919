using Daypass.Service.Actions.Sts;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>
/// The known traps, by number, that are rules of the API or need more than the engine: through the whole pipeline. The rest are in the tests of
/// Daypass.Core, which also check that no number is left out.
/// </summary>
public sealed class KnownTrapsOfTheApi
{
    private const string Role = "arn:aws:iam::123456789012:role/worker";
    private const string Admin = "arn:aws:iam::123456789012:user/admin";
    private static readonly (string, string)[] Worker = [("RoleArn", Role), ("RoleSessionName", "session")];

    [Fact]
    public async Task Number_59_tags_need_leave_of_their_own()
    {
        await using var bench = await PipelineBench.StartAsync();
        (string, string)[] tagged = [.. Worker, ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v")];
        await CreateRoleAsync(bench, "worker", Admin, "sts:AssumeRole");
        Assert.Null(await CodeAsync(bench, "AssumeRole", Worker));
        Assert.Equal("AccessDenied", await CodeAsync(bench, "AssumeRole", tagged));
        await CreateRoleAsync(bench, "tagger", Admin, "sts:AssumeRole\",\"sts:TagSession");
        tagged[0] = ("RoleArn", "arn:aws:iam::123456789012:role/tagger");
        Assert.Null(await CodeAsync(bench, "AssumeRole", tagged));
    }

    [Fact]
    public async Task Number_62_a_federated_user_without_policies_may_do_nothing()
    {
        await using var bench = await PipelineBench.StartAsync();
        var nothing = await SessionAsync(bench, "GetFederationToken", ("Name", "fed"));
        Assert.Null((await bench.CallAsync(nothing, "GetCallerIdentity")).Error);
        Assert.NotNull((await bench.CallAsync(nothing, "ListUsers")).Error);
        Assert.NotNull((await bench.CallAsync(nothing, "AssumeRole", Worker)).Error);
        Assert.NotNull((await bench.CallAsync(nothing, "ListAccounts")).Error);
    }

    [Fact]
    public async Task Number_63_a_session_token_without_MFA_is_kept_out_of_IAM()
    {
        await using var bench = await PipelineBench.StartAsync();
        var session = await SessionAsync(bench, "GetSessionToken");
        Assert.Null(await CodeAsync(bench, "ListUsers"));
        Assert.NotNull((await bench.CallAsync(session, "ListUsers")).Error);
        Assert.NotNull((await bench.CallAsync(session, "GetUser", ("UserName", "admin"))).Error);
        Assert.NotNull((await bench.CallAsync(session, "GetFederationToken", ("Name", "fed"))).Error);
        Assert.Null((await bench.CallAsync(session, "GetCallerIdentity")).Error);
    }

    [Fact]
    public async Task Number_64_nobody_can_be_kept_from_asking_who_he_is()
    {
        await using var bench = await PipelineBench.StartAsync();
        const string deny = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"sts:*\",\"Resource\":\"*\"}}";
        Assert.Null(await CodeAsync(bench, "PutUserPolicy", ("UserName", "admin"), ("PolicyName", "deny"), ("PolicyDocument", deny)));
        Assert.Null(await CodeAsync(bench, "GetCallerIdentity"));
        Assert.Equal("AccessDenied", await CodeAsync(bench, "GetFederationToken", ("Name", "fed")));
    }

    [Fact]
    public async Task Number_66_a_role_that_was_made_again_is_somebody_else()
    {
        await using var bench = await PipelineBench.StartAsync();
        await CreateRoleAsync(bench, "hop", Admin, "sts:AssumeRole");
        await CreateRoleAsync(bench, "worker", "arn:aws:iam::123456789012:role/hop", "sts:AssumeRole");
        Assert.Null(await ThroughAsync(bench, "hop"));
        Assert.Null(await CodeAsync(bench, "DeleteRole", ("RoleName", "hop")));
        await CreateRoleAsync(bench, "hop", Admin, "sts:AssumeRole");
        Assert.Equal("AccessDenied", await ThroughAsync(bench, "hop"));
    }

    [Fact]
    public async Task Number_67_a_part_of_a_name_is_no_principal()
    {
        await using var bench = await PipelineBench.StartAsync();
        var answer = await bench.CallAsync("CreateRole", ("RoleName", "worker"), ("AssumeRolePolicyDocument", Trust("arn:aws:iam::123456789012:user/*", "sts:AssumeRole")));
        Assert.Equal("MalformedPolicyDocument", answer.Error?.Code);
        Assert.Equal("Invalid principal in policy: \"AWS\":\"arn:aws:iam::123456789012:user/*\"", answer.Error!.Message);
    }

    [Fact]
    public async Task Number_75_white_space_between_tokens_costs_no_quota()
    {
        await using var bench = await PipelineBench.StartAsync();
        const string start = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}";
        var text = start + new string(' ', 63 * 1024) + "}";
        Assert.Null(await CodeAsync(bench, "PutUserPolicy", ("UserName", "admin"), ("PolicyName", "wide"), ("PolicyDocument", text)));
        Assert.Equal(text, Assert.Single((await bench.HomeAsync()).FindUser("admin")!.Inline).Document);
    }

    /// <summary>The code with which the role's session is refused to become the worker.</summary>
    private static async Task<string?> ThroughAsync(PipelineBench bench, string hop)
    {
        var session = await SessionAsync(bench, "AssumeRole", ("RoleArn", $"arn:aws:iam::123456789012:role/{hop}"), ("RoleSessionName", "session"));
        return (await bench.CallAsync(session, "AssumeRole", Worker)).Error?.Code;
    }

    private static async Task CreateRoleAsync(PipelineBench bench, string name, string trusted, string actions) =>
        Assert.Null(await CodeAsync(bench, "CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Trust(trusted, actions))));

    private static string Trust(string principal, string actions) =>
        $"{{\"Version\":\"2012-10-17\",\"Statement\":{{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":\"{principal}\"}},\"Action\":[\"{actions}\"]}}}}";

    private static async Task<(string Id, string Secret, string? Token)> SessionAsync(PipelineBench bench, string action, params (string, string)[] parameters)
    {
        var answer = await bench.CallAsync(action, parameters);
        Assert.Null(answer.Error);
        var credentials = answer.Response switch
        {
            AssumeRole.Response assumed => assumed.Credentials,
            GetSessionToken.Response session => session.Credentials,
            GetFederationToken.Response federated => federated.Credentials,
            var other => throw new InvalidOperationException($"{other} has no credentials."),
        };
        return (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken);
    }

    private static async Task<string?> CodeAsync(PipelineBench bench, string action, params (string, string)[] parameters) =>
        (await bench.CallAsync(action, parameters)).Error?.Code;
}
