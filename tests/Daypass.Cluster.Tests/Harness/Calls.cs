using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Calls that many tests make.</summary>
internal static class Calls
{
    public const string Service = "photos";
    public const string Region = "us-east-1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static int _triedAgain;

    /// <summary>How often a call was tried again.</summary>
    public static int TriedAgain => _triedAgain;

    /// <summary>
    /// As every client of AWS does: 503 is tried again. Where nothing is broken it comes when the machine is so busy that a node takes the database
    /// for away; a test that is not about that must not fail of it, and must not wait for ever either.
    /// </summary>
    public static async Task<ApiReply> AnsweredAsync(Func<Task<ApiReply>> call)
    {
        var began = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var reply = await call();
            if (reply.Status != HttpStatusCode.ServiceUnavailable || Stopwatch.GetElapsedTime(began) > Patience)
                return reply;
            Interlocked.Increment(ref _triedAgain);
            await Task.Delay(100 * Math.Min(attempt, 10));
        }
    }

    /// <summary>A call to IAM that has to succeed.</summary>
    public static async Task<JsonElement> MustAsync(this SigningClient client, string action, params (string Name, string Value)[] parameters)
    {
        var reply = await AnsweredAsync(() => client.IamAsync(action, parameters));
        Assert.True(reply.Status == HttpStatusCode.OK, $"{action} at {client.Endpoint}: {reply.Body}");
        return reply.Result;
    }

    public static Task<ApiReply> AssumeAsync(this SigningClient client, string role, string session = "test") =>
        client.StsAsync("AssumeRole", ("RoleArn", Documents.RoleArn(role)), ("RoleSessionName", session));

    public static Task<ApiReply> WhoAsync(this SigningClient client) => client.StsAsync("GetCallerIdentity");

    /// <summary>Registers the service that leases are for, unless it is.</summary>
    public static async Task RegisterServiceAsync(SigningClient administrator)
    {
        var reply = await AnsweredAsync(() => administrator.DaypassAsync("RegisterService", ("Name", Service), ("Region", Region)));
        Assert.True(reply.Status == HttpStatusCode.OK || reply.ErrorCode == "EntityAlreadyExists", reply.Body);
    }

    /// <summary>The owner of the service asks for the lease of a caller who has just signed a request for the service.</summary>
    public static Task<ApiReply> LeaseAsync(this SigningClient owner, SigningClient caller)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var date = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var text = $"AWS4-HMAC-SHA256\n{now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}\n{date}/{Region}/{Service}/aws4_request\n{new string('0', 64)}";
        var signature = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
            SigV4.SigningKey(caller.Secret, date, Region, Service), System.Text.Encoding.UTF8.GetBytes(text)));
        List<(string, string)> parameters =
        [
            ("ServiceName", Service), ("Region", Region), ("Proofs.member.1.AccessKeyId", caller.AccessKeyId), ("Proofs.member.1.Date", date),
            ("Proofs.member.1.StringToSign", text), ("Proofs.member.1.Signature", signature),
        ];
        if (caller.Token is not null)
            parameters.Add(("Proofs.member.1.SessionToken", caller.Token));
        return owner.DaypassAsync("AcquireLeases", [.. parameters]);
    }

    /// <summary>Whether a lease was granted: AcquireLeases answers 200 for refused proofs too.</summary>
    public static bool IsGranted(this ApiReply reply) =>
        reply.Status == HttpStatusCode.OK && reply.Result.GetProperty("Leases")[0].GetProperty("Status").GetString() == "Granted";

    /// <summary>A user with a key, and a policy of its own if one is given; the client signs for the node of the administrator.</summary>
    public static async Task<SigningClient> CreateUserAsync(this ClusterNode node, string name, string? policy = null)
    {
        await node.Administrator.MustAsync("CreateUser", ("UserName", name));
        if (policy is not null)
            await node.Administrator.MustAsync("PutUserPolicy", ("UserName", name), ("PolicyName", "rights"), ("PolicyDocument", policy));
        return node.With((await node.Administrator.MustAsync("CreateAccessKey", ("UserName", name))).GetProperty("AccessKey"));
    }

    public static async Task CreateRoleAsync(this ClusterNode node, string name, string? policy = null)
    {
        await node.Administrator.MustAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Documents.Trust));
        if (policy is not null)
            await node.Administrator.MustAsync("PutRolePolicy", ("RoleName", name), ("PolicyName", "rights"), ("PolicyDocument", policy));
    }
}
