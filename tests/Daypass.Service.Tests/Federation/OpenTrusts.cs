using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Federation;

/// <summary>Trust in issuers that everybody has an account with: refused when it is written, listed where it is there already.</summary>
public sealed class OpenTrusts
{
    private const string Hub = "token.actions.githubusercontent.com";

    // Each lets a stranger in, in its own way.
    public static TheoryData<string, string> Open => new()
    {
        { Hub, "{}" },
        { Hub, """{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme*"}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:sub":["repo:acme/*","repo:*"]}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:sub":"*:environment:production"}}""" },
        { Hub, """{"StringEquals":{"token.actions.githubusercontent.com:sub":"environment:production"}}""" },
        { Hub, """{"StringNotEquals":{"token.actions.githubusercontent.com:sub":"repo:evil/app"}}""" },
        { Hub, """{"StringEqualsIfExists":{"token.actions.githubusercontent.com:sub":"repo:acme/app"}}""" },
        { Hub, """{"ForAllValues:StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/*"}}""" },
        { Hub, """{"ForAnyValue:StringLike":{"token.actions.githubusercontent.com:sub":["repo:acme/*","*"]}}""" },
        { Hub, """{"Null":{"token.actions.githubusercontent.com:sub":"false"}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:job_workflow_ref":"*/.github/workflows/deploy.yml@*"}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:repository":"acme*"}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:repository_owner":"acme*"}}""" },
        { "gitlab.com", """{"StringLike":{"gitlab.com:namespace_path":"acme*"}}""" },
        { "gitlab.com", """{"StringLike":{"gitlab.com:sub":"project_path:*:ref:main"}}""" },
        { "app.terraform.io", """{"StringLike":{"app.terraform.io:terraform_organization_name":"ac*"}}""" },
        { "app.terraform.io", """{"StringLike":{"app.terraform.io:sub":"organization:*:workspace:prod:*"}}""" },
        { "accounts.google.com", """{"StringEquals":{"accounts.google.com:oaud":"app"}}""" },
    };

    public static TheoryData<string, string> Closed => new()
    {
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/*"}}""" },
        { Hub, """{"ForAnyValue:StringEquals":{"token.actions.githubusercontent.com:repository_owner":["acme","acme-labs"]}}""" },
        { Hub, """{"StringLike":{"token.actions.githubusercontent.com:job_workflow_ref":"acme/ci/.github/workflows/*"}}""" },
        { "gitlab.com", """{"StringLike":{"gitlab.com:namespace_path":"acme/*"}}""" },
        { "app.terraform.io", """{"StringEquals":{"app.terraform.io:terraform_organization_name":"acme"}}""" },
        { "accounts.google.com", """{"StringEquals":{"accounts.google.com:hd":"example.com"}}""" },
    };

    [Theory, MemberData(nameof(Open))]
    public async Task What_lets_strangers_in_is_refused_when_a_role_is_made_and_when_it_is_changed(string issuer, string condition)
    {
        await using var world = await FederationWorld.StartAsync(issuer: new TestIssuer(issuer));
        var trust = Trust(world, condition);
        Assert.Equal("MalformedPolicyDocument", (await world.Bench.CallAsync("CreateRole", ("RoleName", "open"), ("AssumeRolePolicyDocument", trust))).Error?.Code);
        Assert.Equal("NoSuchEntity", (await world.Bench.CallAsync("GetRole", ("RoleName", "open"))).Error?.Code);
        Assert.Null((await world.Bench.CallAsync("CreateRole", ("RoleName", "shut"), ("AssumeRolePolicyDocument", Trust(world, $$"""{"StringEquals":{"{{issuer}}:sub":"repo:acme/app"} }""")))).Error);
        Assert.Equal("MalformedPolicyDocument", (await world.Bench.CallAsync("UpdateAssumeRolePolicy", ("RoleName", "shut"), ("PolicyDocument", trust))).Error?.Code);
    }

    [Theory, MemberData(nameof(Closed))]
    public async Task What_names_whose_is_taken(string issuer, string condition)
    {
        await using var world = await FederationWorld.StartAsync(issuer: new TestIssuer(issuer));
        Assert.Null((await world.Bench.CallAsync("CreateRole", ("RoleName", "shut"), ("AssumeRolePolicyDocument", Trust(world, condition)))).Error);
    }

    [Fact]
    public async Task What_was_there_before_is_listed_page_by_page_with_what_to_write()
    {
        await using var world = await FederationWorld.StartAsync("""{"StringEquals":{"gitlab.com:namespace_id":"72"}}""", issuer: new TestIssuer("gitlab.com"));
        foreach (var name in new[] { "b-open", "d-open" })
            await PutAsync(world, name, "/ci/", Trust(world, "{}"));
        await PutAsync(world, "c-shut", "/ci/", Trust(world, """{"StringLike":{"gitlab.com:sub":"project_path:acme/*"}}"""));
        await PutAsync(world, "e-everyone", "/", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""");
        var (names, pages) = (new List<string>(), 0);
        string? marker = null;
        do
        {
            var page = await ListAsync(world, marker is null ? [("MaxItems", "1")] : [("MaxItems", "1"), ("Marker", marker)]);
            Assert.InRange((page["Roles"] as JsonArray ?? []).Count, 0, 1);
            names.AddRange((page["Roles"] as JsonArray ?? []).Select(role => (string)role!["RoleName"]!));
            marker = (string?)page["Marker"];
            Assert.Equal(marker is not null, (bool)page["IsTruncated"]!);
        }
        while (marker is not null && ++pages < 10);
        Assert.Equal(["b-open", "d-open", "e-everyone"], names);
        var open = (await ListAsync(world, ("PathPrefix", "/ci/")))["Roles"]!.AsArray();
        Assert.Equal(2, open.Count);
        var finding = Assert.Single(open[0]!["Findings"]!.AsArray())!;
        Assert.Equal(("SECURITY_WARNING", "OIDC_TRUST_WITHOUT_TENANT"), ((string?)finding["Type"], (string?)finding["IssueCode"]));
        Assert.EndsWith("""such as "StringLike": {"gitlab.com:sub": "project_path:acme/*"}.""", (string?)finding["Details"], StringComparison.Ordinal);
        Assert.EndsWith("#oidc_trust_without_tenant", (string?)finding["LearnMoreLink"], StringComparison.Ordinal);
        Assert.Equal("arn:aws:iam::123456789012:role/ci/b-open", (string?)open[0]!["Arn"]);
    }

    [Fact]
    public async Task Whoever_may_not_list_them_is_told_nothing()
    {
        await using var world = await FederationWorld.StartAsync();
        Assert.Null((await world.Bench.CallAsync("CreateUser", ("UserName", "bob"))).Error);
        var key = Shown.Of((await world.Bench.CallAsync("CreateAccessKey", ("UserName", "bob"))).Response!)["AccessKey"]!;
        (string, string, string?) bob = ((string)key["AccessKeyId"]!, (string)key["SecretAccessKey"]!, null);
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(bob, "ListTrustFindings")).Error?.Code);
        Assert.Null((await world.Bench.CallAsync("PutUserPolicy", ("UserName", "bob"), ("PolicyName", "ci"), ("PolicyDocument",
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"daypass:ListTrustFindings","Resource":"arn:aws:iam::123456789012:role/ci/*"} }"""))).Error);
        Assert.Null((await world.Bench.CallAsync(bob, "ListTrustFindings", ("PathPrefix", "/ci/"))).Error);
        Assert.Equal("AccessDenied", (await world.Bench.CallAsync(bob, "ListTrustFindings")).Error?.Code);
    }

    private static string Trust(FederationWorld world, string condition) => FederationWorld.Trust(world.Issuer, condition);

    private static Task PutAsync(FederationWorld world, string name, string path, string trust) => world.Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
    {
        Name = name, Path = path, Id = "AROAEXAMPLE" + name.ToUpperInvariant(), Created = default, MaxSessionDuration = 3600, Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
    });

    private static async Task<JsonNode> ListAsync(FederationWorld world, params (string Name, string Value)[] parameters)
    {
        var answer = await world.Bench.CallAsync("ListTrustFindings", parameters);
        Assert.True(answer.Error is null, answer.Error?.Message);
        return Shown.Of(answer.Response!);
    }
}
