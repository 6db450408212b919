using System.Text.Json;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Tokens;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests;

/// <summary>A refusal carries its reasons, and only Daypass can read them out.</summary>
public sealed class RefusalsAreExplained
{
    private const string Mark = " Encoded authorization failure message: ";
    private static readonly AccountId Owner = AccountId.Of(111122223333);
    private static readonly AccountId Stranger = AccountId.Of(444455556666);

    [Fact]
    public async Task A_refusal_ends_with_a_message_that_Daypass_decodes_as_this_services()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice("""{"Version":"2012-10-17","Statement":{"Sid":"Near","Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}}"""));
        var opened = Open(node, await service.GetAsync(Known.Alice()));
        Assert.Equal(new MessageOrigin("s3", "us-east-1", Owner), opened.Origin);
        Assert.Equal((Owner, Owner), (opened.Message.Denial.Caller, opened.Message.Denial.Owner));
        var nearest = JsonDocument.Parse(opened.Message.Denial.TextFor(Owner)!).RootElement.GetProperty("trace").GetProperty("nearest");
        Assert.Equal(("Near", "blue"), (nearest.GetProperty("sid").GetString(), nearest.GetProperty("lacks")[0].GetProperty("found")[0].GetString()));
    }

    [Fact]
    public async Task Across_accounts_the_caller_reads_nothing_of_the_resource_and_the_owner_nothing_of_the_callers_policies()
    {
        const string tagged = """{"Version":"2012-10-17","Statement":{"Sid":"Mine","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/secret":"EXAMPLE-tag","s3:prefix":"EXAMPLE-prefix","aws:ResourceAccount":"111122223333"}}}}""";
        var policy = new Policy(
            PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Sid":"Hidden","Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"s3:GetObject","Resource":"*"}}""", PolicyType.Resource), "BucketPolicy", null);
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, Asking(new() { ["aws:ResourceTag/secret"] = "EXAMPLE-tag", ["s3:prefix"] = "EXAMPLE-prefix" }, policy));
        await using var bare = await ProtectedService.StartAsync(node, Asking(null, null));
        node.Put(Known.Stranger(tagged));
        var (some, none) = (Open(node, await service.GetAsync(Known.Stranger())), Open(node, await bare.GetAsync(Known.Stranger())));
        var caller = some.Message.Denial.TextFor(Stranger)!;
        Assert.DoesNotContain("Hidden", caller);
        // Its own policy asked, and there is no answer in it.
        Assert.DoesNotContain("\"found\"", caller);
        Assert.Equal(WithoutTime(none.Message.Denial.TextFor(Stranger)!), WithoutTime(caller));
        var owner = some.Message.Denial.TextFor(Owner)!;
        Assert.Contains("Hidden", owner);
        Assert.DoesNotContain("Mine", owner);
        Assert.Equal(Length(await service.GetAsync(Known.Stranger())), Length(await bare.GetAsync(Known.Stranger())));
    }

    [Fact]
    public async Task Nobody_knows_more_by_the_message_who_has_not_Daypasss_keys()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        await using var another = await FakeNode.StartAsync();
        node.Put(Known.Alice());
        var message = MessageOf(await service.GetAsync(Known.Alice()));
        Assert.NotEqual(message, MessageOf(await service.GetAsync(Known.Alice())));
        var others = new AuthorizationMessageCodec(new KeyRing(SessionTokenCodec.Purpose, [new SealingKey(1, [.. Enumerable.Repeat((byte)8, 32)], SealingKeyState.Active)]));
        Assert.Null(others.Open(message, DateTimeOffset.UtcNow));
        Assert.NotNull(node.Messages.Open(message, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task A_message_is_made_when_it_is_read_and_not_before()
    {
        DaypassRefusal? refusal = null;
        await using var node = await FakeNode.StartAsync();
        // A key that nothing can be sealed with shows when that is tried.
        node.Damage = lease => lease with { Explanation = lease.Explanation! with { Key = new byte[32] } };
        await using var service = await ProtectedService.StartAsync(node, async context =>
        {
            refusal = await context.CheckAction("s3:GetObject", "arn:aws:s3:::photos/cat.jpg");
            await context.Response.WriteAsync(refusal!.Code, context.RequestAborted);
        });
        node.Put(Known.Alice());
        Assert.Equal((200, "AccessDenied"), await service.GetAsync(Known.Alice()));
        Assert.EndsWith("action", refusal!.Sentence);
        Assert.Throws<ArgumentException>(() => refusal!.Message);
        var mine = refusal with { Message = "mine" };
        Assert.Equal(("mine", "mine"), (mine.Message, mine.Sentence));
    }

    [Fact]
    public async Task Without_a_key_or_by_the_services_wish_the_sentence_stands_alone()
    {
        await using var node = await FakeNode.StartAsync();
        node.Put(Known.Alice());
        await using var plain = await ProtectedService.StartAsync(node, configure: options => options.HasPlainDenials = true);
        Assert.DoesNotContain(Mark, (await plain.GetAsync(Known.Alice())).Body);
        node.Damage = lease => lease with { Explanation = null };
        await using var service = await ProtectedService.StartAsync(node);
        var (status, body) = await service.GetAsync(Known.Alice());
        Assert.Equal(403, status);
        Assert.DoesNotContain(Mark, body);
        Assert.Contains("because no identity-based policy allows the s3:GetObject action\"", body);
    }

    public static TheoryData<int, int> Shapes => new() { { 31, 100 }, { 33, 100 }, { 0, 100 }, { 32, 0 }, { 32, 1025 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_lease_whose_explanation_cannot_be_right_is_none(int key, int sealedKey)
    {
        await using var node = await FakeNode.StartAsync();
        node.Damage = lease => lease with { Explanation = new LeaseExplanation(new byte[key], new byte[sealedKey], 0) };
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.Everything));
        Assert.Equal(503, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task An_old_key_is_replaced_with_the_next_renewal_though_nothing_else_changed()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Damage = lease => lease with { Explanation = lease.Explanation! with { RenewAt = service.Time.GetUtcNow().AddSeconds(3).ToUnixTimeSeconds() } };
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        service.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal([LeaseProtocol.Granted, LeaseProtocol.Granted], node.Answers);
    }

    private static RequestDelegate Asking(Dictionary<string, string>? keys, Policy? policy) => async context =>
    {
        await context.RequireAction("s3:GetObject", "arn:aws:s3:::photos/cat.jpg", null, keys, policy);
    };

    private static string MessageOf((int Status, string Body) answer)
    {
        Assert.Equal(403, answer.Status);
        var text = JsonDocument.Parse(answer.Body).RootElement.GetProperty("message").GetString()!;
        return text[(text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..];
    }

    private static int Length((int Status, string Body) answer) => MessageOf(answer).Length;

    private static OpenedMessage Open(FakeNode node, (int Status, string Body) answer) => node.Messages.Open(MessageOf(answer), DateTimeOffset.UtcNow) ?? throw new InvalidOperationException(answer.Body);

    private static string WithoutTime(string text) => string.Concat(JsonDocument.Parse(text).RootElement.GetProperty("context").GetProperty("conditions").GetProperty("items").EnumerateArray()
        .Where(item => item.GetProperty("key").GetString() is not ("aws:CurrentTime" or "aws:EpochTime")).Select(item => item.ToString())) + JsonDocument.Parse(text).RootElement.GetProperty("trace");
}
