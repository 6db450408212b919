using System.Text.Json;

namespace Daypass.Compat.Tests.Harness;

/// <summary>Somebody with keys at a terminal with the AWS CLI.</summary>
public sealed class AwsCli(World world, string generation, Keys keys)
{
    /// <summary>Runs a command line as it is typed (words end at spaces; further words may hold spaces).</summary>
    public Task<Finished> RunAsync(string line, params string[] words) => RunAsync(world.Server.Endpoint, line, words);

    public async Task<Finished> RunAsync(Uri endpoint, string line, params string[] words)
    {
        var home = world.Folder("home");
        Directory.CreateDirectory(Path.Combine(home, ".aws"));
        // The first generation signs links the old way unless it is told not to.
        await File.WriteAllTextAsync(Path.Combine(home, ".aws/config"), "[default]\ns3 =\n  signature_version = s3v4\n");
        string[] arguments = ["--endpoint-url", endpoint.ToString(), "--output", "json", .. line.Split(' '), .. words];
        return await External.RunAsync(Tool.Program(Tool.AwsCli, generation), arguments, keys.ToEnvironment(), home);
    }

    /// <summary>What the command answers; fails when it is refused.</summary>
    public async Task<JsonElement> JsonAsync(string line, params string[] words)
    {
        var finished = await RunAsync(line, words);
        Assert.True(finished.ExitCode == 0, $"aws {line}: {finished}");
        return finished.Output.Length == 0 ? default : JsonDocument.Parse(finished.Output).RootElement;
    }

    /// <summary>The same at the bucket service; answers what it printed.</summary>
    public async Task<string> BucketsAsync(string line, params string[] words)
    {
        var finished = await RunAsync((await world.BucketsAsync()).Endpoint, line, words);
        Assert.True(finished.ExitCode == 0, $"aws {line}: {finished}");
        return finished.Output;
    }

    /// <summary>What the user reads when the bucket service refuses a command; fails when it does not.</summary>
    public async Task<string> BucketRefusalAsync(string line, params string[] words)
    {
        var finished = await RunAsync((await world.BucketsAsync()).Endpoint, line, words);
        Assert.True(finished.ExitCode != 0, $"aws {line} was not refused: {finished}");
        return finished.Output + finished.Errors;
    }

    /// <summary>What the user reads when the command is refused; fails when it is not.</summary>
    public async Task<string> RefusalAsync(string line, params string[] words)
    {
        var finished = await RunAsync(line, words);
        Assert.True(finished.ExitCode != 0, $"aws {line} was not refused: {finished}");
        return finished.Errors;
    }

    /// <summary>Creates a user with an access key and no rights.</summary>
    public async Task<(string Arn, AwsCli Terminal)> CreateUserAsync(string name)
    {
        var user = await JsonAsync($"iam create-user --user-name {name}");
        var key = await JsonAsync($"iam create-access-key --user-name {name}");
        return (user.GetProperty("User").GetProperty("Arn").GetString()!, new AwsCli(world, generation, Keys.From(key.GetProperty("AccessKey"))));
    }

    /// <summary>Creates a role, and a managed policy attached to it.</summary>
    public async Task<string> CreateRoleAsync(string name, string trust, string policy)
    {
        var role = await JsonAsync($"iam create-role --role-name {name} --assume-role-policy-document", trust);
        var created = await JsonAsync($"iam create-policy --policy-name {name} --policy-document", policy);
        await JsonAsync($"iam attach-role-policy --role-name {name} --policy-arn {created.GetProperty("Policy").GetProperty("Arn").GetString()}");
        return role.GetProperty("Role").GetProperty("Arn").GetString()!;
    }

    /// <summary>Assumes a role and opens a terminal with the session.</summary>
    public async Task<AwsCli> AssumeAsync(string roleArn, string sessionName, params string[] words)
    {
        var answer = await JsonAsync($"sts assume-role --role-arn {roleArn} --role-session-name {sessionName}", words);
        return new AwsCli(world, generation, Keys.From(answer.GetProperty("Credentials")));
    }
}
