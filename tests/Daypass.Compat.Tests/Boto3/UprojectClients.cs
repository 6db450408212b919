using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>
/// The uproject dialect, signed by Python's hashlib and sent in every shape that its official clients have, beside boto3, which sees that both
/// dialects are one service. What is promised is in <c>python/uproject.py</c>.
/// </summary>
public sealed class UprojectClients(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "uproject.py")]
    public Task A_client_of_the_other_cloud_finds_the_promise_kept(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "uproject", promise);
}
