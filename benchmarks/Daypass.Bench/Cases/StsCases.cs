using Daypass.Bench.Api;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>The two calls that a security token service lives on, by a thousand users in turn.</summary>
internal static class StsCases
{
    private const string Version = "2011-06-15";

    public static LoadCase GetCallerIdentity(DaypassServer server, Population population) => new(
        "GetCallerIdentity", server.Process, (first, count) => Identity(server.Process.Address, population, first, count), server.DrainAsync);

    public static LoadCase AssumeRole(DaypassServer server, Population population, string name = "AssumeRole") => new(
        name, server.Process, (first, count) => Assume(server.Process.Address, population, first, count), server.DrainAsync);

    private static byte[][] Identity(Uri address, Population population, int first, int count) =>
        SignedRequest.Many(first, count, i => SignedRequest.Post(address, UserOf(population, i), "sts", ApiClient.Form(Version, "GetCallerIdentity"), DateTimeOffset.UtcNow));

    /// <summary>AssumeRole requests, each with a session name of its own.</summary>
    public static byte[][] Assume(Uri address, Population population, int first, int count) =>
        SignedRequest.Many(first, count, i => SignedRequest.Post(address, UserOf(population, i), "sts", AssumeForm(population, i), DateTimeOffset.UtcNow));

    private static Keys UserOf(Population population, int i) => population.Users[i % population.Users.Count];

    private static string AssumeForm(Population population, int i) => ApiClient.Form(
        Version, "AssumeRole",
        ("RoleArn", population.Roles[i % population.Roles.Count]), ("RoleSessionName", $"build-{i:D8}"),
        ("DurationSeconds", "3600"), ("ExternalId", Population.ExternalId));
}
