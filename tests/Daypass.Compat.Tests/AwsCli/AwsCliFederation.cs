using System.Net.Http.Json;
using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>Web identities of a real provider with the AWS CLI: shown by hand, and found in a file.</summary>
public sealed class AwsCliFederation(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.AwsCli, Tool.Node), EachGeneration(Tool.AwsCli)]
    public async Task A_token_gets_a_session_of_the_role(string generation)
    {
        var arn = await TrustingRoleAsync();
        var nobody = new AwsCli(world, generation, new Keys("", ""));
        var answer = await nobody.JsonAsync($"sts assume-role-with-web-identity --role-arn {arn} --role-session-name tuesday --web-identity-token", await TokenAsync());
        Assert.Equal("alice", answer.GetProperty("SubjectFromWebIdentityToken").GetString());
        var session = new AwsCli(world, generation, Keys.From(answer.GetProperty("Credentials")));
        Assert.EndsWith("/tuesday", (await session.JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node), EachGeneration(Tool.AwsCli)]
    public async Task A_token_file_is_all_that_a_command_needs(string generation)
    {
        var home = world.Folder("home");
        var file = Path.Combine(home, "token");
        var arn = await TrustingRoleAsync();
        await File.WriteAllTextAsync(file, await TokenAsync());
        var environment = new Dictionary<string, string>
        {
            ["AWS_WEB_IDENTITY_TOKEN_FILE"] = file,
            ["AWS_ROLE_ARN"] = arn,
            ["AWS_ROLE_SESSION_NAME"] = "workload",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
            ["AWS_ENDPOINT_URL"] = world.Server.Endpoint.ToString(),
        };
        var aws = Tool.Program(Tool.AwsCli, generation);
        var version = await External.RunAsync(aws, ["--version"], environment, home);
        // Debian's asks AWS itself for the session that the variables mean, wherever the command goes: it is told where, and which file.
        var isOld = version.Output.StartsWith("aws-cli/2.9.", StringComparison.Ordinal);
        if (isOld)
            environment.Remove("AWS_WEB_IDENTITY_TOKEN_FILE");
        string[] command = isOld
            ? ["--endpoint-url", environment["AWS_ENDPOINT_URL"], "sts", "assume-role-with-web-identity", "--no-sign-request", "--role-arn", arn, "--role-session-name", "workload",
                "--web-identity-token", "file://" + file, "--query", "AssumedRoleUser.Arn", "--output", "text"]
            : ["sts", "get-caller-identity", "--query", "Arn", "--output", "text"];
        var finished = await External.RunAsync(aws, command, environment, home);
        Assert.True(finished is { ExitCode: 0 } && finished.Output.EndsWith("/workload", StringComparison.Ordinal), finished.ToString());
    }

    [NeedsTheory(Tool.Node)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_of_a_real_provider_is_explained_with_the_roles_that_take_it(bool isOneRole)
    {
        var arn = await TrustingRoleAsync();
        var reply = await world.Server.Administrator.DaypassAsync("ExplainFederation", isOneRole ? [("WebIdentityToken", await TokenAsync()), ("RoleArn", arn)] : [("WebIdentityToken", await TokenAsync())]);
        Assert.True(reply.Result.GetProperty("WouldBeAccepted").GetBoolean(), reply.Body);
        Assert.Contains(reply.Result.GetProperty("Roles").EnumerateArray(), role => role.GetProperty("RoleArn").GetString() == arn && role.GetProperty("IsAllowed").GetBoolean());
        Assert.All(reply.Result.GetProperty("Checks").EnumerateArray(), check => Assert.Equal("Ok", check.GetProperty("Outcome").GetString()));
        Assert.Contains(reply.Result.GetProperty("ConditionKeys").EnumerateArray(), key => key.GetProperty("Key").GetString() == $"{world.Provider.Issuer.Authority}:sub");
    }

    private async Task<string> TrustingRoleAsync()
    {
        var provider = (await world.WithProviderAsync()).Provider;
        var host = provider.Issuer.Authority;
        await world.Server.Administrator.IamAsync(
            "CreateOpenIDConnectProvider", ("Url", "https://" + host), ("ClientIDList.member.1", "rs256"), ("ThumbprintList.member.1", provider.Thumbprint));
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::{{DaypassServer.Account}}:oidc-provider/{{host}}"},
             "Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"{{host}}:sub":"alice"} } } }
            """;
        return await world.CreateRoleAsync(world.Unique("federated"), trust, Documents.Allow("iam:ListUsers", "*"));
    }

    private async Task<string> TokenAsync()
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler);
        var form = new Dictionary<string, string> { ["grant_type"] = "urn:daypass:test", ["client_id"] = "rs256", ["client_secret"] = "EXAMPLE-secret-of-a-test-client", ["sub"] = "alice" };
        using var answer = await client.PostAsync(new Uri(world.Provider.Issuer, "token"), new FormUrlEncodedContent(form));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id_token").GetString()!;
    }
}
