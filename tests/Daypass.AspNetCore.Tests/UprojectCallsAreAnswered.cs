using System.Text.Json.Nodes;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Leases;
using Daypass.Signing;
using Daypass.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests;

/// <summary>Calls of the uproject dialect by who may make them, and by who may not or no more.</summary>
public sealed class UprojectCallsAreAnswered
{
    private const string Reader = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["uhost:Describe*"],"Resource":["ucs:uhost:*:111122223333:instance/*"]}]}""";

    [Theory]
    [InlineData(Shape.Form)]
    [InlineData(Shape.FlatJson)]
    [InlineData(Shape.NestedJson)]
    [InlineData(Shape.Query)]
    public async Task A_good_request_is_answered_in_every_shape(Shape shape)
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        var answer = await service.CallAsync(alice, shape, ("Action", HostsService.Describe), ("Region", "cn-bj2"), ("UHostIds.0", "uhost-a"), ("UHostIds.1", "uhost-b"), ("Limit", "10"), ("Name", "plus + and ümlaut"));
        Assert.Equal((0, "DescribeUHostInstanceResponse", ""), (RetCode(answer), answer["Action"]!.GetValue<string>(), answer["Message"]!.GetValue<string>()));
        Assert.Equal(2, answer["TotalCount"]!.GetValue<int>());
        Assert.Equal("uhost-a", answer["UHostSet"]![0]!["UHostId"]!.GetValue<string>());
        Assert.Equal(alice.Principal.Arn, answer["Arn"]!.GetValue<string>());
        Assert.Equal(["uhost-a", "uhost-b"], service.Last!.List("UHostIds"));
        Assert.Equal((10, "plus + and ümlaut", "cn-bj2", null), (service.Last.Number("Limit", 1, 100), service.Last["Name"], service.Last.Region, service.LastProject));
    }

    [Fact]
    public async Task Each_request_has_its_own_verdict_and_the_lease_comes_once()
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        for (var i = 0; i < 3; i++)
            Assert.Equal(0, RetCode(await service.CallAsync(alice)));
        Assert.Equal([LeaseProtocol.Granted, LeaseProtocol.Unchanged, LeaseProtocol.Unchanged], service.Node.Answers);
    }

    [Fact]
    public async Task What_is_changed_or_revoked_at_Daypass_holds_for_the_next_request()
    {
        var session = Known.Session(Reader);
        await using var service = await HostsService.ForAsync(session);
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
        service.Node.Put(session with { Policies = [] });
        Assert.Equal(299, RetCode(await service.CallAsync(session)));
        service.Node.Put(session);
        service.Node.Revoked[session.AccessKeyId] = "The session was revoked.";
        Assert.Equal(174, RetCode(await service.CallAsync(session)));
        Assert.Equal(1, service.Done);
    }

    [Fact]
    public async Task A_refusal_says_who_may_not_do_what()
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        var answer = await service.CallAsync(alice, Shape.Form, ("Action", "TerminateUHostInstance"), ("UHostId", "uhost-a"), ("Region", "cn-bj2"));
        Assert.Equal(299, RetCode(answer));
        Assert.Equal("TerminateUHostInstanceResponse", answer["Action"]!.GetValue<string>());
        Assert.Contains("uhost:TerminateUHostInstance", answer["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Encoded authorization failure message: ", answer["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, service.Done);
    }

    [Fact]
    public async Task A_refusal_names_things_as_its_reader_knows_them()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node, protect: options => options.HasPlainDenials = true);
        var alice = Known.Alice("""{"Version":"1","Statement":[{"Effect":"Deny","Action":["uhost:Terminate*"],"Resource":["*"]}]}""");
        node.Put(alice);
        (string, string)[] terminate = [("Action", "TerminateUHostInstance"), ("UHostId", "uhost-a"), ("Region", "cn-bj2")];
        const string Nobody = "User: ucs:iam::111122223333:user/alice is not authorized to perform: uhost:TerminateUHostInstance on resource: ucs:uhost:cn-bj2:111122223333:instance/uhost-a ";
        Assert.StartsWith(Nobody + "with an explicit deny in an identity-based policy", Message(await service.CallAsync(alice, Shape.Form, terminate)), StringComparison.Ordinal);
        node.Put(alice with { Policies = [Reader] });
        Assert.Equal(Nobody + "because no identity-based policy allows the uhost:TerminateUHostInstance action", Message(await service.CallAsync(alice, Shape.Form, terminate)));

        var session = Known.Session();
        node.Put(session);
        Assert.StartsWith("User: ucs:sts::111122223333:assumed-role/Reader/bob is not", Message(await service.CallAsync(session, Shape.Form, terminate)), StringComparison.Ordinal);

        await using var acme = await HostsService.StartAsync(node, options => options.UrnPrefix = "acme");
        Assert.StartsWith("User: acme:sts::111122223333:assumed-role/Reader/bob is not", Message(await acme.CallAsync(session, Shape.Form, terminate)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_a_lease_and_may_not_reads_URNs_too()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node, protect: options => options.HasPlainDenials = true);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        using var request = SignV4(service, alice, "Action=TerminateUHostInstance&UHostId=uhost-a&Region=cn-bj2");
        var answer = await service.SendAsync(request);
        Assert.Equal(299, RetCode(answer));
        Assert.StartsWith("User: ucs:iam::111122223333:user/alice is not authorized to perform: uhost:TerminateUHostInstance on resource: ucs:uhost:cn-bj2:111122223333:instance/uhost-a ", Message(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_request_again_is_the_same_request_until_its_key_is_gone()
    {
        var session = Known.Session(Known.Everything);
        await using var service = await HostsService.ForAsync(session);
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
        service.Node.Callers.TryRemove(session.AccessKeyId, out _);
        Assert.Equal(174, RetCode(await service.CallAsync(session)));
    }

    [Theory]
    [InlineData("org-a", null, 0)]
    [InlineData("org-b", null, 299)]
    [InlineData(null, "org-a", 0)]
    [InlineData(null, "org-b", 299)]
    [InlineData("org-b", "org-a", 299)]
    public async Task A_policy_bound_to_a_project_holds_for_calls_in_it_and_else_for_the_account_s_default(string? said, string? standard, int retCode)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice("""{"Version":"1","Statement":[{"Effect":"Allow","Action":["uhost:*"],"Resource":["*"],"Condition":{"StringEquals":{"ucs:ProjectId":"org-a"}}}]}""");
        if (standard is not null)
            alice.Keys["ucs:ProjectId"] = standard;
        node.Put(alice);
        (string, string)[] parameters = [("Action", HostsService.Describe), .. said is null ? Array.Empty<(string, string)>() : [("ProjectId", said)]];
        Assert.Equal(retCode, RetCode(await service.CallAsync(alice, Shape.Form, parameters)));
        if (retCode == 0)
            Assert.Equal("org-a", service.LastProject);
    }

    [Fact]
    public async Task Calls_are_reported_marked_with_the_dialect_and_with_what_became_of_them_and_no_body()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node, protect: options => options.Events.BatchInterval = TimeSpan.FromMilliseconds(20));
        var alice = Known.Alice(Reader);
        node.Put(alice);
        await service.CallAsync(alice);
        service.Time.Advance(TimeSpan.FromMilliseconds(1));
        await service.CallAsync(alice, Shape.Form, ("Action", "TerminateUHostInstance"), ("UHostId", "uhost-a"));
        service.Time.Advance(TimeSpan.FromMilliseconds(1));
        service.Work = _ => throw new UprojectException(8039, "No such host");
        await service.CallAsync(alice);
        while (node.Reports.Events.Count < 3)
            await Task.Delay(10);
        var told = node.Reports.Events.OrderBy(each => each.Time).ToArray();
        Assert.All(told, each => Assert.Equal(("uproject", 200, "111122223333"), (each.Dialect, each.Status, each.Owner)));
        Assert.Equal([("DescribeUHostInstance", null), ("TerminateUHostInstance", "AccessDenied"), ("DescribeUHostInstance", "RetCode8039")], told.Select(each => (each.Name, each.ErrorCode)));
        Assert.Equal("arn:aws:uhost::111122223333:instance/uhost-a", told[1].Resource);
    }

    [Fact]
    public async Task Plain_http_from_elsewhere_is_refused_unless_it_is_allowed()
    {
        await using var node = await FakeNode.StartAsync();
        var alice = Known.Alice(Reader);
        node.Put(alice);
        void FromElsewhere(IApplicationBuilder app) => app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse("192.0.2.7");
            return next(context);
        });
        await using var strict = await HostsService.StartAsync(node, before: FromElsewhere);
        Assert.Contains("https", (await strict.CallAsync(alice))["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (strict.Done, node.Proofs));
        await using var open = await HostsService.StartAsync(node, options => options.AllowPlainHttp = true, before: FromElsewhere);
        Assert.Equal(0, RetCode(await open.CallAsync(alice)));
    }

    [Fact]
    public async Task Who_is_known_may_have_any_number_of_requests_under_way()
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        Assert.Equal(0, RetCode(await service.CallAsync(alice)));
        var gate = new TaskCompletionSource();
        service.Node.Delay = () => gate.Task;
        var all = Enumerable.Range(0, 300).Select(_ => service.CallAsync(alice)).ToArray();
        // The second call has come; how many more there are depends on how many requests each takes along.
        while (service.Node.Calls.Count < 2)
            await Task.Delay(10);
        gate.SetResult();
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(0, RetCode(answer)));
    }

    [Fact]
    public async Task Without_a_verdict_nobody_is_let_in_however_well_known()
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        Assert.Equal(0, RetCode(await service.CallAsync(alice)));
        service.Node.Status = 503;
        Assert.Equal(150, RetCode(await service.CallAsync(alice)));
        Assert.Equal(1, service.Done);
    }

    [Fact]
    public async Task A_lease_that_came_with_a_verdict_is_no_key_to_sign_with()
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        service.Node.Damage = lease => lease with { Date = "20261122", SigningKey = new byte[32] };
        Assert.Equal(150, RetCode(await service.CallAsync(alice)));
    }

    [Fact]
    public async Task Signature_V4_is_taken_beside_it_over_the_same_API()
    {
        var alice = Known.Alice(Reader);
        await using var service = await HostsService.ForAsync(alice);
        using var request = SignV4(service, alice, "Action=DescribeUHostInstance&Region=cn-bj2");
        Assert.Equal(0, RetCode(await service.SendAsync(request)));
    }

    [Fact]
    public async Task A_handler_s_own_failure_is_told_by_its_code_and_never_by_a_status()
    {
        var alice = Known.Alice(Known.Everything);
        await using var service = await HostsService.ForAsync(alice);
        service.Work = _ => throw new UprojectException(8039, "No such host");
        var told = await service.CallAsync(alice);
        Assert.Equal((8039, "No such host"), (RetCode(told), told["Message"]!.GetValue<string>()));
        service.Work = _ => throw new InvalidOperationException("of no interest to callers");
        var failed = await service.CallAsync(alice);
        Assert.Equal(130, RetCode(failed));
        Assert.DoesNotContain("interest", failed["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(220, RetCode(await service.CallAsync(alice, Shape.Form, ("Action", "TerminateUHostInstance"))));
    }

    private static HttpRequestMessage SignV4(HostsService service, KnownCaller caller, string form)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(form);
        var request = new HttpRequestMessage(HttpMethod.Post, service.Endpoint) { Content = new ByteArrayContent(body) };
        KeyValuePair<string, string>[] headers = [new("Content-Type", "application/x-www-form-urlencoded")];
        foreach (var (name, value) in headers.Concat(SigV4Signer.SignHeaders("POST", service.Endpoint, headers, SigV4.PayloadHash(body), caller.AccessKeyId, caller.Secret, null, "us-east-1", "uhost", service.Time.GetUtcNow())))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private static string Message(JsonNode answer) => answer["Message"]!.GetValue<string>();

    [Fact]
    public async Task An_answer_is_written_as_that_cloud_writes_it()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        service.Work = _ => Task.FromResult<object?>(new Dictionary<string, string> { ["Se'c+ret"] = "a+b/c='<&>`\"\\\n各组" });
        await service.CallAsync(alice);
        Assert.Equal("{\"RetCode\":0,\"Action\":\"DescribeUHostInstanceResponse\",\"Message\":\"\",\"Se'c+ret\":\"a+b/c='<&>`\\\"\\\\\\n各组\"}", service.LastBody);
        service.Work = _ => throw new UprojectException(8039, "It's <b>\"a+b\"</b>");
        await service.CallAsync(alice);
        Assert.Equal("{\"RetCode\":8039,\"Action\":\"DescribeUHostInstanceResponse\",\"Message\":\"It's <b>\\\"a+b\\\"</b>\"}", service.LastBody);
    }

    internal static int RetCode(JsonNode answer) => answer["RetCode"]!.GetValue<int>();
}
