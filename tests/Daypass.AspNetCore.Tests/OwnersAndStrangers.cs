using System.Net;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Names;
using Daypass.Policies;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests;

/// <summary>Whose resource it is decides whose policies must speak; and what a caller says of itself decides nothing.</summary>
public sealed class OwnersAndStrangers
{
    private const string Get = "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"";

    [Theory]
    [InlineData(true, "{\"AWS\":\"444455556666\"}", 200)]
    [InlineData(true, "{\"AWS\":\"arn:aws:iam::444455556666:user/mallory\"}", 200)]
    [InlineData(true, null, 403)]
    [InlineData(false, "{\"AWS\":\"arn:aws:iam::444455556666:user/mallory\"}", 403)]
    [InlineData(false, "\"*\"", 403)]
    public async Task A_caller_of_another_account_needs_both_policies(bool ownPolicyAllows, string? principal, int status)
    {
        var policy = principal is null ? null : ResourcePolicy($$"""{"Effect":"Allow","Principal":{{principal}},{{Get}}}""");
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, Asking(resourcePolicy: policy));
        var stranger = Known.Stranger(ownPolicyAllows ? [Known.Everything] : []);
        node.Put(stranger);
        var (actual, body) = await service.GetAsync(stranger);
        Assert.Equal(status, actual);
        // Why is the owner's business.
        Assert.DoesNotContain("because", body);
    }

    [Fact]
    public async Task A_resource_of_another_owner_is_not_the_services()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, Asking(owner: AccountId.Of(444455556666)));
        node.Put(Known.Alice(Known.Everything));
        node.Put(Known.Stranger(Known.Everything));
        Assert.Equal(403, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal(200, (await service.GetAsync(Known.Stranger())).Status);
    }

    [Fact]
    public async Task An_unsigned_request_is_anonymous_and_has_what_a_resource_policy_gives_to_everybody()
    {
        var open = ResourcePolicy($$"""{"Effect":"Allow","Principal":"*",{{Get}}}""");
        var closed = ResourcePolicy($$"""{"Effect":"Allow","Principal":{"AWS":"111122223333"},{{Get}}}""");
        await using var node = await FakeNode.StartAsync();
        foreach (var (policy, status) in new[] { (open, 200), (closed, 403), (null, 403) })
        {
            await using var service = await ProtectedService.StartAsync(node, Asking(resourcePolicy: policy));
            Assert.Equal(status, (await service.SendAsync(new HttpRequestMessage(HttpMethod.Get, service.Endpoint))).Status);
        }
        Assert.Empty(node.Calls);
    }

    [Fact]
    public async Task A_resource_policy_can_deny_what_the_callers_policy_allows()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, Asking(resourcePolicy: ResourcePolicy($$"""{"Effect":"Deny","Principal":"*",{{Get}}}""")));
        node.Put(Known.Alice(Known.Everything));
        Assert.Contains("with an explicit deny in a resource-based policy", (await service.GetAsync(Known.Alice())).Body);
    }

    [Theory]
    [InlineData("aws:SourceIp")]
    [InlineData("AWS:sourceip")]
    [InlineData("aws:SecureTransport")]
    [InlineData("aws:PrincipalTag/team")]
    [InlineData("aws:CurrentTime")]
    [InlineData("aws:userid")]
    [InlineData("aws:MultiFactorAuthPresent")]
    [InlineData("saml:sub")]
    public async Task A_key_that_Daypass_fills_is_never_taken_from_the_service(string key)
    {
        Exception? failure = null;
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, async context => failure = await Record.ExceptionAsync(() => Asking(keys: new() { [key] = "x" })(context)));
        node.Put(Known.Alice(Known.Everything));
        await service.GetAsync(Known.Alice());
        Assert.Contains(key, Assert.IsType<ArgumentException>(failure).Message);
    }

    [Fact]
    public async Task Keys_of_the_service_itself_count()
    {
        const string home = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"s3:prefix":"home/","aws:ResourceTag/team":"${aws:PrincipalTag/team}"}}}}""";
        await using var node = await FakeNode.StartAsync();
        node.Put(Known.Alice(home));
        await using var service = await ProtectedService.StartAsync(node, Asking(keys: new() { ["s3:prefix"] = "home/", ["aws:ResourceTag/team"] = "blue" }));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        await using var other = await ProtectedService.StartAsync(node, Asking(keys: new() { ["s3:prefix"] = "home/", ["aws:ResourceTag/team"] = "red" }));
        Assert.Equal(403, (await other.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task An_action_of_another_service_is_a_mistake_of_the_program()
    {
        Exception? failure = null;
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, async context => failure = await Record.ExceptionAsync(() => context.RequireAction("sqs:SendMessage", "*").AsTask()));
        node.Put(Known.Alice(Known.Everything));
        await service.GetAsync(Known.Alice());
        Assert.IsType<ArgumentException>(failure);
    }

    [Theory]
    [InlineData("", "203.0.113.9", "https", 403)]
    [InlineData("127.0.0.0/8", "203.0.113.9", "https", 200)]
    [InlineData("127.0.0.0/8", "::ffff:203.0.113.9", "https", 200)]
    [InlineData("127.0.0.0/8", "203.0.113.9:4711", "https", 200)]
    [InlineData("127.0.0.0/8", "203.0.113.9", "http", 403)]
    [InlineData("127.0.0.0/8", "203.0.113.9", "https, http", 403)]
    [InlineData("127.0.0.0/8", "203.0.113.9, 198.51.100.7", "https", 403)]
    [InlineData("127.0.0.0/8", "198.51.100.7, 203.0.113.9", "https", 200)]
    [InlineData("127.0.0.0/8,198.51.100.0/24", "203.0.113.9, 198.51.100.7", "https", 200)]
    [InlineData("127.0.0.0/8", "203.0.113.9, nonsense", "https", 403)]
    public async Task Forwarded_headers_are_believed_from_trusted_proxies_only(string trusted, string forwardedFor, string protocol, int status)
    {
        const string fromThere = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"Bool":{"aws:SecureTransport":"true"}}}}""";
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options =>
        {
            foreach (var network in trusted.Split(',', StringSplitOptions.RemoveEmptyEntries))
                options.TrustedProxies.Add(System.Net.IPNetwork.Parse(network));
        });
        node.Put(Known.Alice(fromThere));
        var request = service.Sign(Known.Alice());
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", protocol);
        Assert.Equal(status, (await service.SendAsync(request)).Status);
    }

    [Fact]
    public async Task Who_guesses_keys_is_turned_away_without_more_calls_and_callers_with_leases_do_not_notice()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.Everything));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => service.GetAsync(Known.Alice() with { AccessKeyId = $"AKIAGUESS{i:D5}EXAMPLE" })));
        Assert.Contains(guesses, answer => answer.Status == 503 && answer.Body.Contains("SlowDown"));
        Assert.InRange(node.Proofs, 100, 300);
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task A_refusal_is_remembered_for_a_moment_only()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        for (var i = 0; i < 10; i++)
            Assert.Equal(403, (await service.GetAsync(Known.Alice())).Status);
        Assert.InRange(node.Proofs, 1, 5);
        node.Put(Known.Alice(Known.Everything));
        service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task No_more_leases_are_held_than_the_option_says()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options => options.MaxLeases = 3);
        for (var i = 0; i < 8; i++)
        {
            var caller = Known.Alice(Known.Everything) with { AccessKeyId = $"AKIACALLER{i:D4}EXAMPLE" };
            node.Put(caller);
            Assert.Equal(200, (await service.GetAsync(caller)).Status);
        }
        Assert.Equal(3, service.Leases.Count);
    }

    [Fact]
    public async Task A_refusal_is_written_as_the_service_says()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, configure: options => options.WriteRefusal = (context, refusal) =>
        {
            context.Response.StatusCode = 418;
            return context.Response.WriteAsync(refusal.Code, context.RequestAborted);
        });
        node.Put(Known.Alice());
        Assert.Equal((418, "AccessDenied"), await service.GetAsync(Known.Alice()));
    }

    private static RequestDelegate Asking(AccountId? owner = null, Dictionary<string, string>? keys = null, Policy? resourcePolicy = null) =>
        context => context.RequireAction("s3:GetObject", "arn:aws:s3:::photos/cat.jpg", owner, keys, resourcePolicy).AsTask();

    private static Policy ResourcePolicy(string statement) =>
        new(PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":{{statement}}}""", PolicyType.Resource), "BucketPolicy", null);
}
