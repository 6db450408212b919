using Daypass.Bench.Api;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>Sessions that were assumed for real, and the service that they read from: a registered one, with a user of its own.</summary>
internal static class Sessions
{
    public const int Count = 10_000;

    /// <summary>Those that warm the service up before it meets the others for the first time.</summary>
    public const int Forerunners = 1_000;

    private const int AtOnce = 32;

    /// <summary>Assumes roles until there are enough sessions.</summary>
    public static async Task<Keys[]> AssumeAsync(ApiClient client, Population population)
    {
        var sessions = new Keys[Forerunners + Count];
        await Parallel.ForAsync(0, sessions.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            sessions[i] = ApiClient.KeysIn(await client.StsAsync(
                population.Users[i % population.Users.Count], "AssumeRole",
                ("RoleArn", population.Roles[i % population.Roles.Count]), ("RoleSessionName", $"reader-{i:D5}"), ("ExternalId", Population.ExternalId))));
        return sessions;
    }

    /// <summary>Registers the service, makes its user, and starts it.</summary>
    public static async Task<ServerProcess> StartServiceAsync(DaypassServer server, string folder)
    {
        await server.Client.DaypassAsync("RegisterService", ("Name", "s3"), ("Region", SignedRequest.Region));
        await server.Client.IamAsync("CreateUser", ("UserName", "bucket-service"));
        await server.Client.IamAsync("PutUserPolicy", ("UserName", "bucket-service"), ("PolicyName", "leases"), ("PolicyDocument", Documents.Service));
        var keys = ApiClient.KeysIn(await server.Client.IamAsync("CreateAccessKey", ("UserName", "bucket-service")));
        var file = Path.Combine(folder, "service.credentials");
        await File.WriteAllTextAsync(file, $"[default]\naws_access_key_id = {keys.Id}\naws_secret_access_key = {keys.Secret}\n");
        return ServerProcess.Start("benchmarks/Daypass.Bench.Reader", port => [$"{port}", server.Process.Address.ToString(), file]).WaitUntilListening();
    }
}
