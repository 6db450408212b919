using System.Globalization;
using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.RandomRights;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>
/// The simulator and a live call agree: random policies are stored through the API, random calls are made for real and put to the simulator with the keys that
/// the call must have had by AWS's documentation. DAYPASS_SIMULATOR_ROUNDS asks for a longer run, DAYPASS_SIMULATOR_SEED for another one.
/// </summary>
public sealed class SimulatorAndLiveCalls
{
    private static readonly int Rounds = Setting("DAYPASS_SIMULATOR_ROUNDS", 150);
    private static readonly int Seed = Setting("DAYPASS_SIMULATOR_SEED", 20_261_122);
    private readonly List<(bool Live, bool Simulated)> _answers = [];

    [Fact]
    public async Task They_agree_on_what_a_user_may_do()
    {
        await using var world = await LiveWorld.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var random = new RandomRights(Seed + round);
            await world.WriteAsync("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "own"), ("PolicyDocument", random.Policy()));
            await world.WriteAsync("PutGroupPolicy", ("GroupName", "writers"), ("PolicyName", "shared"), ("PolicyDocument", random.Policy()));
            await world.BindAsync("alice", random.Next(2) == 0 ? random.Limit() : null);
            for (var i = 0; i < 12; i++)
            {
                var call = await world.CallAsync(random);
                await CompareAsync(world, Seed + round, call, world.Alice, "user/alice", [.. await world.KeysOfUserAsync("alice")]);
            }
        }
        CheckThatBothAnswersCame();
    }

    [Fact]
    public async Task They_agree_on_what_a_session_may_do_under_its_session_policy()
    {
        await using var world = await LiveWorld.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var random = new RandomRights(Seed + round);
            await world.WriteAsync("PutRolePolicy", ("RoleName", "worker"), ("PolicyName", "own"), ("PolicyDocument", random.Policy()));
            var limit = random.Next(3) == 0 ? null : random.Limit();
            var session = await world.AssumeAsync(world.Admin, "worker", "walk", limit);
            for (var i = 0; i < 12; i++)
            {
                var call = await world.CallAsync(random);
                (string, string)[] policy = limit is null ? [] : [("SessionPolicyInputList.member.1", limit)];
                await CompareAsync(world, Seed + round, call, session!.Value, "role/worker", [("aws:PrincipalTag/team", "ops"), ("aws:PrincipalType", "AssumedRole"), ("aws:userid", world.RoleIdOf("worker") + ":walk")], policy);
            }
        }
        CheckThatBothAnswersCame();
    }

    [Fact]
    public async Task They_agree_on_who_may_assume_a_role()
    {
        await using var world = await LiveWorld.StartAsync();
        for (var round = 0; round < Rounds * 3; round++)
        {
            var random = new RandomRights(Seed + round);
            await world.WriteAsync("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "own"), ("PolicyDocument", random.Policy()));
            await world.WriteAsync("UpdateAssumeRolePolicy", ("RoleName", "worker"), ("PolicyDocument", random.Trust()));
            await world.BindAsync("alice", random.Next(2) == 0 ? random.Limit() : null);
            (string, string)[] external = random.Next(2) == 0 ? [("ExternalId", "42")] : [];
            var call = new LiveCall("AssumeRole", [("RoleArn", Arn + "role/worker"), ("RoleSessionName", "walk"), .. external], Arn + "role/worker")
            {
                Service = "sts",
                Keys = [.. external.Select(pair => ("sts:ExternalId", pair.Item2))],
            };
            // Tags of the user and of the role come with the stored trust policies.
            await CompareAsync(world, Seed + round, call, world.Alice, "user/alice", [], ("UseTrustPolicies", "true"), ("RoleSessionName", "walk"));
        }
        CheckThatBothAnswersCame();
    }

    [Fact]
    public async Task They_agree_along_a_chain_of_roles()
    {
        await using var world = await LiveWorld.StartAsync();
        for (var round = 0; round < Rounds * 4; round++)
        {
            var random = new RandomRights(Seed + round);
            await world.WriteAsync("UpdateAssumeRolePolicy", ("RoleName", "worker"), ("PolicyDocument", random.Trust()));
            await world.WriteAsync("UpdateAssumeRolePolicy", ("RoleName", "second"), ("PolicyDocument", random.Trust()));
            foreach (var role in (string[])["worker", "second"])
                await world.WriteAsync("PutRolePolicy", ("RoleName", role), ("PolicyName", "own"), ("PolicyDocument", random.Policy()));
            await world.WriteAsync("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "own"), ("PolicyDocument", random.Policy()));
            var first = await world.AssumeAsync(world.Alice, "worker", "walk", null);
            var second = first is { } session ? await world.AssumeAsync(session, "second", "walk", null) : null;
            var call = await world.CallAsync(random);
            var live = second is { } last && await world.IsAllowedAsync(last, call);
            var response = await world.SimulateAsync("user/alice", call, [], ("RoleSessionName", "walk"), ("RoleChain.member.1", Arn + "role/worker"), ("RoleChain.member.2", Arn + "role/second"));
            var failed = response["FailedRoleArn"]?.GetValue<string>();
            Assert.True((first is null ? Arn + "role/worker" : second is null ? Arn + "role/second" : null) == failed, $"seed {Seed + round}: the chain ends at {failed}, live {first is not null} {second is not null}\n{response}");
            Compare(Seed + round, call, live, response);
        }
        Assert.True(_answers.Count(answer => answer.Live) > Rounds / 50, "too few chains led anywhere");
    }

    private async Task CompareAsync(LiveWorld world, int seed, LiveCall call, (string, string, string?) caller, string source, (string, string)[] keys, params (string, string)[] more)
    {
        // First, for the live call may change what the next question is about.
        var response = await world.SimulateAsync(source, call, keys, more);
        Compare(seed, call, await world.IsAllowedAsync(caller, call), response);
    }

    private void Compare(int seed, LiveCall call, bool live, JsonNode response)
    {
        var simulated = response["EvaluationResults"]![0]!.Decision() == "allowed";
        _answers.Add((live, simulated));
        Assert.True(live == simulated, $"seed {seed}: {call.Action} on {call.Resource} live {live}, simulated {simulated}\n{response}");
    }

    // A generator that allowed nothing, or everything, would prove nothing.
    private void CheckThatBothAnswersCame()
    {
        Assert.InRange(_answers.Count(answer => answer.Live), _answers.Count / 16, _answers.Count * 15 / 16);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
