using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>The wire forms that real clients rely on: presigned identities, replayed requests, JSON answers, errors of signing. What is promised is in <c>python/protocol.py</c>.</summary>
public sealed class Boto3Protocol(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "protocol.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "protocol", promise);
}
