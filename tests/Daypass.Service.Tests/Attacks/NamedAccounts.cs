using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>A tenant who names other tenants' accounts: it must not keep them in memory in the place of those that are used.</summary>
public sealed class NamedAccounts
{
    private static readonly AccountId Other = AccountId.Of(210987654321);

    [Fact]
    public async Task An_account_whose_roles_let_nobody_in_is_not_held_for_who_names_it()
    {
        await using var bench = await StartAsync();
        Assert.Equal("AccessDenied", (await AssumeAsync(bench, "Missing")).Error!.Code);
        Assert.Equal("AccessDenied", (await AssumeAsync(bench, "Closed")).Error!.Code);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Other}}:root"},"Action":"sts:AssumeRole"}]}""";
        Assert.Null((await bench.CallAsync("CreateRole", ("RoleName", "mine"), ("AssumeRolePolicyDocument", trust))).Error);
        Assert.NotNull(bench.Directories.Life.Find(Other));
        Assert.Equal(0, bench.Directories.Life.Find(Other)!.UsedAt);
    }

    [Fact]
    public async Task An_account_that_lets_a_caller_in_is_held_for_it()
    {
        await using var bench = await StartAsync();
        Assert.Null((await AssumeAsync(bench, "Open")).Error);
        Assert.NotEqual(0, bench.Directories.Life.Find(Other)!.UsedAt);
    }

    private static Task<Pipeline.ApiAnswer> AssumeAsync(PipelineBench bench, string role) =>
        bench.CallAsync("AssumeRole", ("RoleArn", $"arn:aws:iam::{Other}:role/{role}"), ("RoleSessionName", "ada"));

    private static async Task<PipelineBench> StartAsync()
    {
        var bench = await PipelineBench.StartAsync();
        await bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{Other}", Name = "Other", Email = "b@example.com", Created = DateTimeOffset.UnixEpoch });
        await PutRoleAsync(bench, "Closed", Other);
        await PutRoleAsync(bench, "Open", PipelineBench.Account);
        return bench;
    }

    private static Task PutRoleAsync(PipelineBench bench, string name, AccountId trusted) => bench.PutAsync(SetId.Of(Other), DocumentKinds.Role, new Role
    {
        Name = name,
        Path = "/",
        Id = $"AROAEXAMPLE{name.ToUpperInvariant()}",
        Created = DateTimeOffset.UnixEpoch,
        MaxSessionDuration = 3600,
        Trust = new TrustPolicy($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{trusted}}"},"Action":"sts:AssumeRole"}]}""", new Dictionary<string, string>()),
    });
}
