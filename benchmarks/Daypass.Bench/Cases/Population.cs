using System.Diagnostics;
using Daypass.Bench.Api;
using Daypass.Names;

namespace Daypass.Bench.Cases;

/// <summary>
/// What the server holds when it is measured, made through its own API: an account with users in a group, each with a key and a policy
/// of its own, and roles that trust them under conditions.
/// </summary>
internal sealed record Population(string Account, IReadOnlyList<Keys> Users, IReadOnlyList<string> Roles, IReadOnlyList<string> UprojectRoles)
{
    public const int UserCount = 1_000;
    public const string ExternalId = "nightly-build";
    private const int RoleCount = 10;
    private const int AtOnce = 16;

    /// <summary>Makes it, and tells how many CreateUser calls a second went through, one after the other and sixteen at once.</summary>
    public static async Task<(Population Made, double Sequential, double Concurrent)> MakeAsync(ApiClient client)
    {
        var account = ApiClient.ValueOf(await client.StsAsync("GetCallerIdentity"), "Account");
        await MakeGroupAsync(client, account);
        var sequential = await RateAsync(Enumerable.Range(0, UserCount / 5), 1, i => CreateUserAsync(client, i));
        var concurrent = await RateAsync(Enumerable.Range(UserCount / 5, UserCount - (UserCount / 5)), AtOnce, i => CreateUserAsync(client, i));
        var users = new Keys[UserCount];
        await RateAsync(Enumerable.Range(0, UserCount), AtOnce, async i => users[i] = await EquipUserAsync(client, i));
        var roles = await Task.WhenAll(Enumerable.Range(0, RoleCount).Select(i => MakeRoleAsync(client, $"log-reader-{i}", Documents.Trust(account))));
        var uprojectRoles = await Task.WhenAll(Enumerable.Range(0, RoleCount).Select(i => MakeRoleAsync(client, $"log-viewer-{i}", Documents.UprojectTrust(account))));
        return (new Population(account, users, roles, [.. uprojectRoles.Select(UrnOf)]), sequential, concurrent);
    }

    public static string NameOf(int user) => $"builder-{user:D4}";

    private static async Task MakeGroupAsync(ApiClient client, string account)
    {
        await client.IamAsync("CreateGroup", ("GroupName", "builders"));
        var policy = await client.IamAsync("CreatePolicy", ("PolicyName", "assume-application-roles"), ("PolicyDocument", Documents.Group(account)));
        await client.IamAsync("AttachGroupPolicy", ("GroupName", "builders"), ("PolicyArn", ApiClient.ValueOf(policy, "Arn")));
    }

    private static Task CreateUserAsync(ApiClient client, int i) => client.IamAsync("CreateUser", ("UserName", NameOf(i)), ("Path", "/ci/"));

    private static async Task<Keys> EquipUserAsync(ApiClient client, int i)
    {
        await client.IamAsync("AddUserToGroup", ("UserName", NameOf(i)), ("GroupName", "builders"));
        await client.IamAsync("PutUserPolicy", ("UserName", NameOf(i)), ("PolicyName", "from-our-networks"), ("PolicyDocument", Documents.User));
        return ApiClient.KeysIn(await client.IamAsync("CreateAccessKey", ("UserName", NameOf(i))));
    }

    private static string UrnOf(string arn) => Arn.TryParse(arn, out var name) ? Urn.Of(name)!.ToString() : throw new ArgumentException(arn, nameof(arn));

    private static async Task<string> MakeRoleAsync(ApiClient client, string name, string trust)
    {
        var role = await client.IamAsync("CreateRole", ("RoleName", name), ("Path", "/app/"), ("AssumeRolePolicyDocument", trust));
        await client.IamAsync("PutRolePolicy", ("RoleName", name), ("PolicyName", "read-logs"), ("PolicyDocument", Documents.Role));
        await client.IamAsync("AttachRolePolicy", ("RoleName", name), ("PolicyArn", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
        return ApiClient.ValueOf(role, "Arn");
    }

    private static async Task<double> RateAsync(IEnumerable<int> items, int atOnce, Func<int, Task> call)
    {
        var (start, count) = (Stopwatch.GetTimestamp(), 0);
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (item, _) =>
        {
            await call(item);
            Interlocked.Increment(ref count);
        });
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
