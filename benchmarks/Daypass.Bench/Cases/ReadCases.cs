using Daypass.Bench.Api;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>Reads from a protected service: by sessions that it has never seen, and by sessions that it holds leases of.</summary>
internal static class ReadCases
{
    public const string Cold = "protected read, cold lease";
    public const string Warm = "protected read, warm lease";

    /// <summary>How many come for the first time at once: the library lets one source have a hundred leases under way.</summary>
    public const int Newcomers = 64;

    /// <summary>The first request of each session; before them, those of sessions that are not counted.</summary>
    public static LoadCase FirstReads(ServerProcess service, IReadOnlyList<Keys> sessions, int warmUp) => new(Cold, service, (first, count) =>
        Sign(service, first, count, i => sessions[i < warmUp ? i % Sessions.Forerunners : Sessions.Forerunners + i - warmUp]));

    /// <summary>Requests of sessions that were there before, in turn.</summary>
    public static LoadCase Reads(ServerProcess service, IReadOnlyList<Keys> sessions) =>
        new(Warm, service, (first, count) => Sign(service, first, count, i => sessions[Sessions.Forerunners + (i % Sessions.Count)]));

    private static byte[][] Sign(ServerProcess service, int first, int count, Func<int, Keys> of) => SignedRequest.Many(
        first, count, i => SignedRequest.Get(new Uri(service.Address, $"/2026/11/{i % 997}.log"), of(i), "s3", DateTimeOffset.UtcNow));
}
