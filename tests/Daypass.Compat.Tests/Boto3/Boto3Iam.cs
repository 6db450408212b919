using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>IAM as boto3's users know it: waiters, paginators, documents that come back as they went, and the calls Terraform makes. What is promised is in <c>python/iam.py</c>.</summary>
public sealed class Boto3Iam(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "iam.py")]
    public Task Boto3_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "iam", promise);
}
