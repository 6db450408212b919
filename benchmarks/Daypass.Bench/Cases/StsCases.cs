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

    /// <summary>The same through uproject's API.</summary>
    public static LoadCase AssumeRoleOfUproject(DaypassServer server, Population population) => new(
        "AssumeRole, uproject", server.Process, (first, count) => SignedRequest.Many(first, count, i => AssumeByUrn(server.Process.Address, population, i)), server.DrainAsync);

    /// <summary>Errors of that API are HTTP 200, too: so before anything is measured, a call of each role is looked at.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public static async Task CheckUprojectAsync(DaypassServer server, Population population)
    {
        for (var i = 0; i < population.UprojectRoles.Count; i++)
        {
            var answer = await RawCall.SendAsync(server.Process.Port, AssumeByUrn(server.Process.Address, population, i));
            if (!answer.Contains("\"RetCode\":0,", StringComparison.Ordinal))
                throw new InvalidOperationException(answer);
        }
    }

    private static byte[] AssumeByUrn(Uri address, Population population, int i) => SignedRequest.Uproject(
        address, UserOf(population, i), "AssumeRole",
        ("RoleUrn", population.UprojectRoles[i % population.UprojectRoles.Count]), ("RoleSessionName", $"build-{i:D8}"), ("DurationSeconds", "3600"), ("Region", "cn-bj2"));

    /// <summary>With three session tags and a session policy, which are packed into the token.</summary>
    public static LoadCase AssumeRoleWithTags(DaypassServer server, Population population) => new(
        "AssumeRole with tags and session policy", server.Process, (first, count) => SignedRequest.Many(
            first, count, i => SignedRequest.Post(server.Process.Address, UserOf(population, i), "sts", TaggedForm(population, i), DateTimeOffset.UtcNow)), server.DrainAsync);

    public static LoadCase GetSessionToken(DaypassServer server, Population population) => new(
        "GetSessionToken", server.Process, (first, count) => SignedRequest.Many(
            first, count, i => SignedRequest.Post(server.Process.Address, UserOf(population, i), "sts", ApiClient.Form(Version, "GetSessionToken"), DateTimeOffset.UtcNow)), server.DrainAsync);

    /// <summary>Pages of 50 of a user's events, in the trail that the bench has left so far; a hundredth of the requests, as each answers 100 KB.</summary>
    public static LoadCase LookupEvents(DaypassServer server, Keys administrator) => new(
        "LookupEvents by Username, 50 events", server.Process, (first, count) => SignedRequest.Many(
            first, count, i => SignedRequest.Trail(
                server.Process.Address, administrator, "LookupEvents", $$"""{"LookupAttributes":[{"AttributeKey":"Username","AttributeValue":"{{Population.NameOf(i % Population.UserCount)}}"}]}""", DateTimeOffset.UtcNow)),
        server.DrainAsync, share: 0.01);

    private static byte[][] Identity(Uri address, Population population, int first, int count) =>
        SignedRequest.Many(first, count, i => SignedRequest.Post(address, UserOf(population, i), "sts", ApiClient.Form(Version, "GetCallerIdentity"), DateTimeOffset.UtcNow));

    /// <summary>AssumeRole requests, each with a session name of its own.</summary>
    public static byte[][] Assume(Uri address, Population population, int first, int count) =>
        SignedRequest.Many(first, count, i => SignedRequest.Post(address, UserOf(population, i), "sts", AssumeForm(population, i), DateTimeOffset.UtcNow));

    private static Keys UserOf(Population population, int i) => population.Users[i % population.Users.Count];

    private static string TaggedForm(Population population, int i) => ApiClient.Form(
        Version, "AssumeRole",
        ("RoleArn", population.Roles[i % population.Roles.Count]), ("RoleSessionName", $"build-{i:D8}"), ("DurationSeconds", "3600"), ("ExternalId", Population.ExternalId),
        ("Tags.member.1.Key", "project"), ("Tags.member.1.Value", "transaction-logs"), ("Tags.member.2.Key", "cost-center"), ("Tags.member.2.Value", "4711"),
        ("Tags.member.3.Key", "stage"), ("Tags.member.3.Value", "production"), ("Policy", Documents.Session));

    private static string AssumeForm(Population population, int i) => ApiClient.Form(
        Version, "AssumeRole",
        ("RoleArn", population.Roles[i % population.Roles.Count]), ("RoleSessionName", $"build-{i:D8}"),
        ("DurationSeconds", "3600"), ("ExternalId", Population.ExternalId));
}
