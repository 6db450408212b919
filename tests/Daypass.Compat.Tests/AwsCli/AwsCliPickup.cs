using System.Diagnostics;
using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>
/// Ways to pick up credentials with no code, with the AWS CLI. One command runs across the end of a session: it waits for a role that is not there yet,
/// asking every second. Once it has asked, policy time moves past the end of all sessions, and then the role is made: the command sees it
/// only with credentials that it got meanwhile. Sessions of 900 seconds are inside its window of renewal, so it looks for new ones whenever it asks.
/// </summary>
public sealed class AwsCliPickup(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_profile_with_credential_process_goes_on_across_expiry(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync();
        var home = world.Folder("home");
        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        await File.WriteAllTextAsync(Path.Combine(home, ".aws/credentials"), $"[me]\naws_access_key_id = {alice.AccessKeyId}\naws_secret_access_key = {alice.Secret}\n");
        await File.WriteAllTextAsync(Path.Combine(home, ".aws/config"),
            $"[profile picked]\nregion = us-east-1\ncredential_process = dotnet {Checkout.ClientProgram} credential-process --profile me --endpoint-url {world.Server.Endpoint} --role-arn {role} --duration 900\n");
        await GoesOnAcrossExpiryAsync(awaited => External.RunAsync(Tool.Program(Tool.AwsCli, generation), ["--profile", "picked", .. WaitFor(awaited)], NoKeys(), home));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_command_with_an_endpoint_goes_on_across_expiry(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync();
        await GoesOnAcrossExpiryAsync(awaited => DaypassAsync(alice, ["exec", "--serve", "--role-arn", role, "--duration", "900", "--renew-before", "15m", "--", Tool.Program(Tool.AwsCli, generation), .. WaitFor(awaited)]));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_command_started_elsewhere_asks_the_endpoint_and_goes_on_across_expiry(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync();
        var file = Path.Combine(world.Folder("secret"), "token");
        await using var endpoint = ChildProgram.Start(
            Checkout.ClientProgram, ["serve-credentials", "--role-arn", role, "--duration", "900", "--renew-before", "15m", "--token-file", file, "--endpoint-url", world.Server.Endpoint.ToString()], alice.ToEnvironment());
        await endpoint.WaitForAsync("AUTHORIZATION_TOKEN_FILE", TimeSpan.FromMinutes(3));
        var environment = NoKeys();
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = endpoint.Output.Split('\'')[1];
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = await File.ReadAllTextAsync(file);
        await GoesOnAcrossExpiryAsync(awaited => External.RunAsync(Tool.Program(Tool.AwsCli, generation), WaitFor(awaited), environment, world.Folder("home")));
    }

    [NeedsTheory(Tool.AwsCli), EachGeneration(Tool.AwsCli)]
    public async Task A_command_under_exec_acts_as_the_role_and_its_exit_code_comes_back(string generation)
    {
        var (alice, role) = await AliceAndHerRoleAsync();
        var aws = Tool.Program(Tool.AwsCli, generation);
        string[] exec = ["exec", "--role-arn", role, "--session-name", "tuesday", "--", aws, "--endpoint-url", world.Server.Endpoint.ToString()];
        var finished = await DaypassAsync(alice, [.. exec, "sts", "get-caller-identity", "--query", "Arn", "--output", "text"]);
        Assert.True(finished is { ExitCode: 0 } && finished.Output.EndsWith("/tuesday", StringComparison.Ordinal), finished.ToString());
        finished = await DaypassAsync(alice, [.. exec, "iam", "list-users"]);
        Assert.True(finished.ExitCode is 254 or 255 && finished.Errors.Contains("AccessDenied", StringComparison.Ordinal), finished.ToString());
    }

    private async Task GoesOnAcrossExpiryAsync(Func<string, Task<Finished>> waitFor)
    {
        var awaited = world.Unique("awaited");
        var waiting = waitFor(awaited);
        var asked = Stopwatch.StartNew();
        while ((await KeysThatAskedAsync(awaited)).Count == 0 && !waiting.IsCompleted && asked.Elapsed < TimeSpan.FromMinutes(3))
            await Task.Delay(100);
        var before = await KeysThatAskedAsync(awaited);
        Assert.True(before.Count > 0 && !waiting.IsCompleted, waiting.IsCompleted ? (await waiting).ToString() : "It never asked.");
        await world.AdvanceClockAsync(TimeSpan.FromSeconds(901));
        await world.AdministerAsync("CreateRole", ("RoleName", awaited), ("AssumeRolePolicyDocument", Documents.Trust(DaypassServer.Account)));
        var finished = await waiting;
        Assert.True(finished.ExitCode == 0, finished.ToString());
        Assert.NotEmpty((await KeysThatAskedAsync(awaited)).Except(before));
    }

    /// <summary>The access keys that asked for the role, by the trail.</summary>
    private async Task<List<string>> KeysThatAskedAsync(string role)
    {
        var reply = await world.Server.Administrator.JsonAsync(
            "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"GetRole"}]}""");
        return [.. JsonDocument.Parse(reply.Body).RootElement.GetProperty("Events").EnumerateArray()
            .Where(recorded => recorded.GetProperty("CloudTrailEvent").GetString()!.Contains($"\"{role}\"", StringComparison.Ordinal))
            .Select(recorded => recorded.GetProperty("AccessKeyId").GetString()!).Distinct()];
    }

    private string[] WaitFor(string role) => ["--endpoint-url", world.Server.Endpoint.ToString(), "iam", "wait", "role-exists", "--role-name", role];

    private Task<Finished> DaypassAsync(Keys keys, string[] arguments)
    {
        var environment = keys.ToEnvironment();
        environment["DAYPASS_ENDPOINT_URL"] = world.Server.Endpoint.ToString();
        return External.RunAsync("dotnet", [Checkout.ClientProgram, .. arguments], environment, world.Folder("home"));
    }

    private static Dictionary<string, string> NoKeys() => new() { ["AWS_DEFAULT_REGION"] = "us-east-1", ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_PAGER"] = "" };

    private async Task<(Keys Alice, string Role)> AliceAndHerRoleAsync()
    {
        var name = world.Unique("alice");
        var (arn, keys) = await world.CreateUserAsync(name);
        return (keys, await world.CreateRoleAsync(name, Documents.Trust(arn), Documents.Allow("iam:GetRole", "*")));
    }
}
