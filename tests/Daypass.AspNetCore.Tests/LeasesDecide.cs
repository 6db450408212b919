using Daypass.AspNetCore.Tests.Support;

namespace Daypass.AspNetCore.Tests;

/// <summary>A service decides by the lease, and by nothing that it was not granted.</summary>
public sealed class LeasesDecide
{
    [Fact]
    public async Task A_signed_request_is_allowed_by_the_callers_own_policy()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal((200, "arn:aws:iam::111122223333:user/alice"), await service.GetAsync(Known.Alice()));
    }

    [Fact]
    public async Task Without_a_policy_the_refusal_is_AWSs_sentence()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice());
        var (status, body) = await service.GetAsync(Known.Alice());
        Assert.Equal(403, status);
        Assert.Contains("\"__type\":\"AccessDenied\"", body);
        Assert.Contains(
            "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on resource: \\u0022arn:aws:s3:::photos/cat.jpg\\u0022 because no identity-based policy allows the s3:GetObject action",
            body);
    }

    [Fact]
    public async Task Many_requests_of_one_caller_cost_one_call()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => service.GetAsync(Known.Alice(), $"/{i}.jpg")));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(1, node.Proofs);
    }

    [Fact]
    public async Task A_boundary_and_a_session_policy_limit_what_the_lease_allows()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.Everything) with { Boundary = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}""" });
        node.Put(Known.Session(Known.Everything) with { Session = [] });
        Assert.Contains("no permissions boundary allows", (await service.GetAsync(Known.Alice())).Body);
        Assert.Contains("no session policy allows", (await service.GetAsync(Known.Session())).Body);
    }

    [Fact]
    public async Task A_policy_is_read_in_the_syntax_that_the_lease_says()
    {
        const string read = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["s3:GetObject"]}]}""";
        const string never = """{"Version":"1","Statement":[{"Effect":"Deny","Action":["s3:*"],"Resource":["ucs:s3:::photos/secret*"]}]}""";
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(read, never));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal(403, (await service.GetAsync(Known.Alice(), "/secret.jpg")).Status);
    }

    [Fact]
    public async Task What_Daypass_vouches_for_counts_in_conditions()
    {
        const string ifBlue = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::photos/${aws:username}/*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}}""";
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(ifBlue));
        Assert.Equal(200, (await service.GetAsync(Known.Alice(), "/alice/cat.jpg")).Status);
        Assert.Equal(403, (await service.GetAsync(Known.Alice(), "/bob/cat.jpg")).Status);
    }

    [Theory]
    [InlineData(590, 200)]
    [InlineData(601, 403)]
    public async Task The_age_of_MFA_is_counted_in_policy_time(int age, int status)
    {
        const string ifRecent = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":"600"}}}}""";
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.ClockOffset = 86_400;
        node.Put(Known.Session(ifRecent) with { MfaAt = service.Time.GetUtcNow().ToUnixTimeSeconds() + 86_400 - age });
        Assert.Equal(status, (await service.GetAsync(Known.Session())).Status);
    }

    [Fact]
    public async Task A_lease_for_something_else_is_not_used()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.Everything));
        node.Damage = lease => lease with { Service = "sqs" };
        Assert.Equal(503, (await service.GetAsync(Known.Alice())).Status);
        node.Damage = lease => lease;
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Theory]
    [InlineData("{", "explicit deny")]
    [InlineData("", "explicit deny")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringMatches":{"k:k":"x"}}}}""", "explicit deny")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Purpose":"x"}}""", null)]
    public async Task A_policy_of_a_lease_that_is_not_understood_is_closed_and_takes_nothing_from_others(string text, string? refusal)
    {
        await using var node = await FakeNode.StartAsync();
        var log = new LogLines();
        await using var service = await ProtectedService.StartAsync(node, log: log);
        node.Put(Known.Alice(Known.ReadOnly));
        node.Put(Known.Session(Known.ReadOnly));
        node.Damage = lease => lease.AccessKeyId == Known.Alice().AccessKeyId ? lease with { Identity = [.. lease.Identity, new("bad", null, text)] } : lease;
        var answers = await Task.WhenAll(service.GetAsync(Known.Alice()), service.GetAsync(Known.Session()), service.GetAsync(Known.Alice()));
        Assert.Equal(200, answers[1].Status);
        Assert.Equal(refusal is null ? 200 : 403, answers[0].Status);
        Assert.Contains(refusal ?? "alice", answers[0].Body, StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.Contains("policy bad of a lease is not understood", StringComparison.Ordinal));
    }
}
