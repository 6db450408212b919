using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>The longest sessions through the whole pipeline: good until the second before their end, and over from that second on.</summary>
public sealed class SessionEndTests
{
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"} }""";

    [Theory]
    [InlineData("GetSessionToken", 129600)]
    [InlineData("GetSessionToken", 900)]
    [InlineData("GetFederationToken", 129600)]
    [InlineData("GetFederationToken", 900)]
    [InlineData("AssumeRole", 43200)]
    [InlineData("AssumeRole", 900)]
    public async Task A_session_is_good_until_the_second_before_its_end_and_no_longer(string action, int seconds)
    {
        var time = new ManualTime();
        await using var bench = await PipelineBench.StartAsync(time: time, throttling: time);
        var session = await SessionAsync(bench, action, seconds, time.GetUtcNow().AddSeconds(seconds));
        Assert.Null((await bench.CallAsync(session, "GetCallerIdentity")).Error);
        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Null((await bench.CallAsync(session, "GetCallerIdentity")).Error);
        time.Advance(TimeSpan.FromSeconds(1));
        var refusal = (await bench.CallAsync(session, "GetCallerIdentity")).Error;
        Assert.Equal(("ExpiredToken", 403, "The security token included in the request is expired"), (refusal?.Code, refusal?.Status, refusal?.Message));
    }

    [Fact]
    public async Task A_chain_gains_no_time_by_going_round()
    {
        // An hour at each link: what the first gave ends when it ends, and a later link may outlive it by an hour at most.
        var time = new ManualTime();
        await using var bench = await PipelineBench.StartAsync(time: time, throttling: time);
        var first = await SessionAsync(bench, "AssumeRole", 3600, time.GetUtcNow().AddHours(1));
        time.Advance(TimeSpan.FromSeconds(3599));
        var second = await bench.CallAsync(first, "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/worker"), ("RoleSessionName", "again"), ("DurationSeconds", "3601"));
        Assert.Equal("ValidationError", second.Error?.Code);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ExpiredToken", (await bench.CallAsync(first, "AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/worker"), ("RoleSessionName", "again"))).Error?.Code);
    }

    private static async Task<(string Id, string Secret, string? Token)> SessionAsync(PipelineBench bench, string action, int seconds, DateTimeOffset end)
    {
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
        {
            Name = "worker", Path = "/", Id = "AROAEXAMPLEWORKER", Created = default, MaxSessionDuration = 43200, Trust = new TrustPolicy(Trust, new Dictionary<string, string>()),
            Inline = [new InlinePolicy("sts", StsWorld.Allow("sts:*"))],
        });
        (string, string)[] more = action switch
        {
            "AssumeRole" => [("RoleArn", "arn:aws:iam::123456789012:role/worker"), ("RoleSessionName", "session")],
            "GetFederationToken" => [("Name", "bob")],
            _ => [],
        };
        var answer = await bench.CallAsync(action, [("DurationSeconds", $"{seconds}"), .. more]);
        Assert.Null(answer.Error);
        var credentials = Shown.Of(answer.Response!)["Credentials"]!;
        string Of(string name) => credentials[name]!.GetValue<string>();
        Assert.Equal(end, bench.Vault.OpenSession(Of("SessionToken"), Of("AccessKeyId"))!.ExpiresAt);
        return (Of("AccessKeyId"), Of("SecretAccessKey"), Of("SessionToken"));
    }
}
