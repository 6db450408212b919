using System.Globalization;
using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.RandomRights;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>A call of IAM or STS with what the documentation says of it: the resource and the condition keys beyond those of every call.</summary>
internal sealed record LiveCall(string Action, (string, string)[] Parameters, string Resource)
{
    public string Service { get; init; } = "iam";

    public IReadOnlyList<(string Key, string Value)> Keys { get; init; } = [];

    public IReadOnlyList<string> TagKeys { get; init; } = [];
}

/// <summary>An account in memory with a user, a group and two roles, and the pipeline that live calls go through.</summary>
internal sealed class LiveWorld(PipelineBench bench) : IAsyncDisposable
{
    public (string, string, string?) Alice { get; private set; }

    public (string, string, string?) Admin { get; } = ("ADMINKEYEXAMPLE1", "adminSecretEXAMPLE", null);

    public static async Task<LiveWorld> StartAsync()
    {
        var world = new LiveWorld(await PipelineBench.StartAsync(new ThrottleOptions { WritesPerAccount = 0, RefusalsPerSource = 0 }));
        await world.WriteAsync("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsAll));
        await world.WriteAsync("CreateUser", ("UserName", "alice"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "ops"));
        await world.WriteAsync("CreateUser", ("UserName", "bob"), ("PermissionsBoundary", Arn + "policy/limits"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "dev"));
        await world.WriteAsync("CreateGroup", ("GroupName", "writers"));
        await world.WriteAsync("AddUserToGroup", ("UserName", "alice"), ("GroupName", "writers"));
        await world.WriteAsync("CreateRole", ("RoleName", "worker"), ("AssumeRolePolicyDocument", Texts.TrustsAccount), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "ops"));
        await world.WriteAsync("CreateRole", ("RoleName", "second"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        var key = (await world.WriteAsync("CreateAccessKey", ("UserName", "alice")))["AccessKey"]!;
        world.Alice = (key.Text("AccessKeyId"), key.Text("SecretAccessKey"), null);
        return world;
    }

    /// <summary>A write by the administrator, which must not be refused.</summary>
    public async Task<JsonNode> WriteAsync(string action, params (string, string)[] parameters)
    {
        var answer = await bench.CallAsync(action, parameters);
        Assert.True(answer.Error is null, $"{action}: {answer.Error?.Message} {string.Join(' ', parameters)}");
        return Shown.Of(answer.Response!);
    }

    /// <summary>Gives a user a boundary of this text, or takes it.</summary>
    public async Task BindAsync(string user, string? limit)
    {
        if (limit is null)
        {
            if ((await bench.HomeAsync()).FindUser(user)!.Boundary is not null)
                await WriteAsync("DeleteUserPermissionsBoundary", ("UserName", user));
            return;
        }
        var document = await WriteAsync("CreatePolicyVersion", ("PolicyArn", Arn + "policy/limits"), ("PolicyDocument", limit), ("SetAsDefault", "true"));
        await WriteAsync("PutUserPermissionsBoundary", ("UserName", user), ("PermissionsBoundary", Arn + "policy/limits"));
        var version = int.Parse(document["PolicyVersion"]!.Text("VersionId")[1..], CultureInfo.InvariantCulture);
        if (version >= 4)
            await WriteAsync("DeletePolicyVersion", ("PolicyArn", Arn + "policy/limits"), ("VersionId", $"v{version - 3}"));
    }

    /// <summary>Keys of a session; null if the role may not be assumed.</summary>
    public async Task<(string, string, string?)?> AssumeAsync((string, string, string?) caller, string role, string name, string? policy)
    {
        var answer = await bench.CallAsync(caller, "AssumeRole", [("RoleArn", Arn + "role/" + role), ("RoleSessionName", name), .. policy is null ? [] : new[] { ("Policy", policy) }]);
        if (answer.Error is { } error)
            return error.Code == "AccessDenied" ? null : throw new InvalidOperationException(error.Message);
        var credentials = Shown.Of(answer.Response!)["Credentials"]!;
        return (credentials.Text("AccessKeyId"), credentials.Text("SecretAccessKey"), credentials.Text("SessionToken"));
    }

    public async Task<bool> IsAllowedAsync((string, string, string?) caller, LiveCall call) => (await bench.CallAsync(caller, call.Action, call.Parameters)).Error?.Code != "AccessDenied";

    /// <summary>The simulator's answer to the same call, asked by the administrator.</summary>
    public async Task<JsonNode> SimulateAsync(string source, LiveCall call, (string, string)[] keys, params (string, string)[] more)
    {
        List<(string, string)> parameters = [("PolicySourceArn", Arn + source), ("ActionNames.member.1", $"{call.Service}:{call.Action}"), ("ResourceArns.member.1", call.Resource), .. more];
        var now = DateTimeOffset.UtcNow;
        (string Key, string Value)[] every =
        [
            ("aws:SourceIp", "127.0.0.1"), ("aws:SecureTransport", "true"), ("aws:CurrentTime", now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("aws:EpochTime", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), .. call.Keys, .. keys,
        ];
        var number = 1;
        foreach (var (key, value) in every)
            parameters.AddRange(Simulations.Key(key, "string", [value], number++));
        if (call.TagKeys.Count > 0)
            parameters.AddRange(Simulations.Key("aws:TagKeys", "stringList", [.. call.TagKeys], number));
        return await WriteAsync("SimulatePrincipalPolicy", [.. parameters]);
    }

    /// <summary>What a user's calls carry of the user beyond what the simulator knows by itself.</summary>
    public async Task<IEnumerable<(string, string)>> KeysOfUserAsync(string name) =>
        [("aws:PrincipalType", "User"), .. (await bench.HomeAsync()).FindUser(name)!.Tags.Select(tag => ("aws:PrincipalTag/" + tag.Key, tag.Value))];

    public string RoleIdOf(string name) => bench.HomeAsync().Result.FindRole(name)!.Id;

    /// <summary>A random call.</summary>
    public async Task<LiveCall> CallAsync(RandomRights random)
    {
        var home = await bench.HomeAsync();
        var name = random.One(["alice", "bob"]);
        var user = home.FindUser(name)!;
        LiveCall OnUser(string action, params (string, string)[] more) => new(action, [("UserName", name), .. more], Arn + "user/" + name) { Keys = [.. Of(user.Tags)] };
        LiveCall OnRole(string action) => new(action, [("RoleName", "worker")], Arn + "role/worker") { Keys = [.. Of(home.FindRole("worker")!.Tags)] };
        (string, string)[] boundary = user.Boundary is { } arn ? [("iam:PermissionsBoundary", arn)] : [];
        return random.Next(10) switch
        {
            0 or 1 => OnUser("GetUser"),
            2 => OnUser(random.One(["ListUserTags", "ListUserPolicies", "ListAttachedUserPolicies", "ListGroupsForUser"])),
            3 => OnRole(random.One(["GetRole", "ListRoleTags", "ListRolePolicies"])),
            4 => new(random.One(["GetGroup", "ListGroupPolicies"]), [("GroupName", "writers")], Arn + "group/writers"),
            5 => new("GetPolicy", [("PolicyArn", Arn + "policy/limits")], Arn + "policy/limits"),
            6 => Tagging(OnUser("TagUser"), random.One(["ops", "dev"])),
            7 => With(OnUser("DetachUserPolicy", ("PolicyArn", Arn + "policy/other")), [("iam:PolicyARN", Arn + "policy/other"), .. boundary]),
            8 => With(OnUser("DeleteUserPolicy", ("PolicyName", "none")), boundary),
            _ => With(OnUser("AttachUserPolicy", ("PolicyArn", Arn + "policy/none")), [("iam:PolicyARN", Arn + "policy/none"), .. boundary]),
        };
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private static LiveCall With(LiveCall call, (string, string)[] keys) => call with { Keys = [.. call.Keys, .. keys] };

    private static LiveCall Tagging(LiveCall call, string team) => With(call, [("aws:RequestTag/team", team)]) with
    {
        Parameters = [.. call.Parameters, ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", team)],
        TagKeys = ["team"],
    };

    private static IEnumerable<(string, string)> Of(IReadOnlyList<Tag> tags) => tags.SelectMany(tag => new[] { ("iam:ResourceTag/" + tag.Key, tag.Value), ("aws:ResourceTag/" + tag.Key, tag.Value) });
}
