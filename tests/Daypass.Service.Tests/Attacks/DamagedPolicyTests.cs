using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Policies in the store that are not what today's reader takes: a decision never fails over one, and never gives more for it.</summary>
public sealed class DamagedPolicyTests
{
    private const string Unreadable = "{\"Version\":\"2012-10-17\",\"Statement\":[";
    private const string UnknownDeny = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"iam:CreateUser\",\"Resource\":\"*\",\"Condition\":{\"StringMatches\":{\"a:b\":\"x\"}}}]}";
    private const string UnknownAllow = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Purpose\":\"x\"}]}";
    private const string Trusting = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}]}";
    private const string RoleArn = "arn:aws:iam::123456789012:role/Damaged";

    [Fact]
    public async Task A_damaged_inline_policy_closes_what_it_may_have_meant_and_is_reported_once()
    {
        await using var bench = await PipelineBench.StartAsync();
        await GiveAsync(bench, user => user with { Inline = [new InlinePolicy("odd", UnknownDeny)] });
        Assert.Equal("AccessDenied", await CodeAsync(bench, "CreateUser", ("UserName", "x")));
        Assert.Equal("AccessDenied", await CodeAsync(bench, "CreateUser", ("UserName", "y")));
        Assert.Null(await CodeAsync(bench, "ListUsers"));
        var report = Assert.IsType<DamagedPolicyException>(Assert.Single(bench.Failures));
        Assert.Equal("The stored Identity policy odd is not understood in full, and decisions treat it as closed: Syntax errors in policy. (line 1, column 125)", report.Message);
    }

    [Fact]
    public async Task An_Allow_that_is_not_understood_adds_nothing_and_takes_nothing()
    {
        await using var bench = await PipelineBench.StartAsync();
        await GiveAsync(bench, user => user with { Inline = [new InlinePolicy("odd", UnknownAllow)] });
        Assert.Null(await CodeAsync(bench, "ListUsers"));
        await GiveAsync(bench, user => user with { Attached = [], Inline = [new InlinePolicy("odd", UnknownAllow)] });
        Assert.Equal("AccessDenied", await CodeAsync(bench, "ListUsers"));
        Assert.Single(bench.Failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData(Unreadable)]
    public async Task A_text_that_cannot_be_read_denies_its_holder_everything(string text)
    {
        await using var bench = await PipelineBench.StartAsync();
        await GiveAsync(bench, user => user with { Inline = [new InlinePolicy("odd", text)] });
        Assert.Equal("AccessDenied", await CodeAsync(bench, "ListUsers"));
        Assert.IsType<DamagedPolicyException>(Assert.Single(bench.Failures));
    }

    [Fact]
    public async Task An_attached_policy_or_a_boundary_that_is_gone_denies_everything()
    {
        await using var bench = await PipelineBench.StartAsync();
        await GiveAsync(bench, user => user with { Attached = [.. user.Attached, "arn:aws:iam::123456789012:policy/Gone"] });
        Assert.Equal("AccessDenied", await CodeAsync(bench, "ListUsers"));
        await GiveAsync(bench, user => user with { Boundary = "arn:aws:iam::123456789012:policy/GoneToo" });
        Assert.Equal("AccessDenied", await CodeAsync(bench, "ListUsers"));
        Assert.Equal(2, bench.Failures.Count);
        Assert.All(bench.Failures, failure => Assert.IsType<DamagedPolicyException>(failure));
    }

    [Theory]
    [InlineData(Trusting, null)]
    [InlineData(Unreadable, "AccessDenied")]
    [InlineData("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",\"Purpose\":\"x\"}]}", "AccessDenied")]
    public async Task A_role_whose_trust_policy_is_damaged_trusts_nobody(string trust, string? code)
    {
        await using var bench = await PipelineBench.StartAsync();
        var role = new Role { Name = "Damaged", Path = "/", Id = "AROAEXAMPLE", Created = DateTimeOffset.UnixEpoch, Trust = new TrustPolicy(trust, new Dictionary<string, string>()) };
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, role);
        Assert.Equal(code, await CodeAsync(bench, "AssumeRole", ("RoleArn", RoleArn), ("RoleSessionName", "session")));
        Assert.Equal(code is null ? 0 : 1, bench.Failures.Count);
        // It can still be seen, and set right.
        Assert.Null(await CodeAsync(bench, "GetRole", ("RoleName", "Damaged")));
        Assert.Null(await CodeAsync(bench, "UpdateAssumeRolePolicy", ("RoleName", "Damaged"), ("PolicyDocument", Trusting)));
        Assert.Null(await CodeAsync(bench, "AssumeRole", ("RoleArn", RoleArn), ("RoleSessionName", "session")));
    }

    private static async Task GiveAsync(PipelineBench bench, Func<User, User> change)
    {
        var user = (await bench.HomeAsync()).FindUser("admin")!;
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.User, change(user));
    }

    private static async Task<string?> CodeAsync(PipelineBench bench, string action, params (string, string)[] parameters) =>
        (await bench.CallAsync(action, parameters)).Error?.Code;
}
