using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>IAM of the uproject dialect, beside boto3's. What is promised is in <c>python/uproject_iam.py</c>.</summary>
public sealed class UprojectIamClients(World world) : IClassFixture<World>
{
    [NeedsTheory(Tool.Boto3), EachPromise(Tool.Boto3, "uproject_iam.py")]
    public Task Users_policies_and_roles_are_one_for_both_clouds_clients(string generation, string promise) => world.KeepAsync(Tool.Boto3, generation, "uproject_iam", promise);
}
