using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>An account with a role that trusts all of it, and what of the answers tests look at.</summary>
internal static class UprojectWorld
{
    public const string Urn = "ucs:iam::123456789012:role/ops/deployer";
    public const string Narrow = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["iam:ListUsers"],"Resource":["*"]}]}""";
    private const string TrustsAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";

    public static async Task<PipelineBench> StartAsync(TimeProvider? time = null)
    {
        var bench = await PipelineBench.StartAsync(new ThrottleOptions { RefusalsPerSource = 0, WritesPerAccount = 0 }, time: time);
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
        {
            Name = "deployer", Path = "/ops/", Id = "AROAEXAMPLE", Created = DateTimeOffset.UnixEpoch, Trust = new TrustPolicy(TrustsAll, new Dictionary<string, string>()), MaxSessionDuration = 7200,
            Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"],
        });
        return bench;
    }

    public static Task<ApiAnswer> AssumeAsync(this PipelineBench bench, (string Id, string Secret, string? Token) key, params IEnumerable<(string Name, string Value)> parameters) =>
        bench.CallUprojectAsync(key, "AssumeRole", [("RoleUrn", Urn), ("RoleSessionName", "s"), .. parameters]);

    /// <summary>The credentials of an answer that has some.</summary>
    public static (string Id, string Secret, string? Token) Keys(this ApiAnswer answer)
    {
        Assert.Null(answer.Error);
        var issued = Assert.IsType<Service.Actions.Uproject.Sts.AssumeRole.Response>(answer.Response).Issued.Credentials;
        return (issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
    }
}
