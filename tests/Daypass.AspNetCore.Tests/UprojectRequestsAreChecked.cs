using System.Text.Json.Nodes;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Leases;
using Daypass.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests;

/// <summary>A request of the uproject dialect is what was signed, by somebody who may, or no handler sees it.</summary>
public sealed class UprojectRequestsAreChecked
{
    private const string Reader = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["uhost:Describe*"],"Resource":["ucs:uhost:*:111122223333:instance/*"]}]}""";

    [Theory]
    [InlineData(Shape.Form)]
    [InlineData(Shape.FlatJson)]
    [InlineData(Shape.NestedJson)]
    [InlineData(Shape.Query)]
    public async Task A_good_request_is_answered_in_every_shape(Shape shape)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
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
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        for (var i = 0; i < 3; i++)
            Assert.Equal(0, RetCode(await service.CallAsync(alice)));
        Assert.Equal([LeaseProtocol.Granted, LeaseProtocol.Unchanged, LeaseProtocol.Unchanged], node.Answers);
    }

    [Fact]
    public async Task What_is_changed_or_revoked_at_Daypass_holds_for_the_next_request()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var session = Known.Session(Reader);
        node.Put(session);
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
        node.Put(session with { Policies = [] });
        Assert.Equal(299, RetCode(await service.CallAsync(session)));
        node.Put(session);
        node.Revoked[session.AccessKeyId] = "The session was revoked.";
        Assert.Equal(174, RetCode(await service.CallAsync(session)));
        Assert.Equal(1, service.Done);
    }

    [Fact]
    public async Task A_refusal_says_who_may_not_do_what()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
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

    /// <summary>What an attacker does to a request that was good, and the code that it gets.</summary>
    private static readonly Dictionary<string, (Func<HostsService, KnownCaller, HttpRequestMessage> Make, int RetCode)> Attacks = new()
    {
        ["another value"] = ((service, caller) => Changed(service, caller, parameters => Put(parameters, "UHostId", "uhost-b")), 171),
        ["another action"] = ((service, caller) => Changed(service, caller, parameters => Put(parameters, "Action", "TerminateUHostInstance")), 171),
        ["a parameter more"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters, ("Zone", "a")]), 171),
        ["a parameter less"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters.Where(pair => pair.Name != "UHostId")]), 171),
        ["two values for one name"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters, ("UHostId", "uhost-a")]), 230),
        ["another value in the query"] = ((service, caller) => InQuery(Changed(service, caller, parameters => parameters), "UHostId=uhost-b"), 230),
        ["a parameter more in the query"] = ((service, caller) => InQuery(Changed(service, caller, parameters => parameters), "Zone=a"), 171),
        ["another signature"] = ((service, caller) => Changed(service, caller, parameters => Put(parameters, "Signature", new string('0', 40))), 171),
        ["no signature"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters.Where(pair => pair.Name != "Signature")]), 170),
        ["no key"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters.Where(pair => pair.Name != "PublicKey")]), 220),
        ["no action"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters.Where(pair => pair.Name != "Action")]), 160),
        ["an unknown key"] = ((service, caller) => service.Sign(caller with { AccessKeyId = "nobody@example.com1296235120854146120", Token = null }), 172),
        ["an unknown session"] = ((service, caller) => service.Sign(caller with { AccessKeyId = "STS.NOBODYEXAMPLE" }), 174),
        ["another key's token"] = ((service, caller) => service.Sign(caller with { Token = "token-of-another-EXAMPLE" }), 174),
        ["the token left out"] = ((service, caller) => service.Sign(caller with { Token = null }), 174),
        ["the token left out and not signed again"] = ((service, caller) => Changed(service, caller, parameters => [.. parameters.Where(pair => pair.Name != "SecurityToken")]), 174),
        ["a parameter that the action has not, well signed"] = ((service, caller) => service.Sign(caller, Shape.Form, ("Action", HostsService.Describe), ("Extra", "1")), 230),
        ["another secret"] = ((service, caller) => service.Sign(caller with { Secret = "another-EXAMPLE" }), 171),
        ["an action that is none"] = ((service, caller) => service.Sign(caller, Shape.Form, ("Action", "DescribeNothing")), 161),
        ["the shape of a list changed"] = ((service, caller) => Reshaped(service, caller), 171),
        ["a body that is no JSON"] = ((service, caller) => new HttpRequestMessage(HttpMethod.Post, service.Endpoint) { Content = new StringContent("{\"Action\":", null, "application/json") }, 230),
        ["a body of another type"] = ((service, caller) => new HttpRequestMessage(HttpMethod.Post, service.Endpoint) { Content = new StringContent("Action=x", null, "text/plain") }, 230),
        ["a body too long"] = ((service, caller) => service.Sign(caller, Shape.Form, ("Action", HostsService.Describe), ("UserData", new string('a', VerdictProtocol.MaxTextBytes))), 230),
    };

    public static TheoryData<string> Ways => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_attack_is_refused_and_nothing_is_done(string way)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var session = Known.Session(Known.Everything);
        node.Put(session);
        var (make, retCode) = Attacks[way];
        using var request = make(service, session);
        Assert.Equal(retCode, RetCode(await service.SendAsync(request)));
        Assert.Equal(0, service.Done);
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
    }

    [Theory]
    [InlineData("Name=a&ProjectId=org-b", "Name=aProjectIdorg-b")]
    [InlineData("Name=a&Region=cn-bj2&Zone=z", "Name=a&Region=cn-bj2Zonez")]
    [InlineData("Limit=a&Name=b", "Limit=aNameb")]
    [InlineData("Name=&ProjectId=org-b", "Name=ProjectIdorg-b")]
    [InlineData("UHostIds.0=a&UHostIds.1=b", "UHostIds.0=aUHostIds.1b")]
    [InlineData("UHostIds.0=a&UHostIds.1=2b", "UHostIds.0=a&UHostIds.12=b")]
    [InlineData("UHostIds.0=7ab", "UHostIds.07=ab")]
    [InlineData("UHostIds.0=ab", "UHostIds=.0ab")]
    [InlineData("UHostIds=ab", "UHostId=sab")]
    public async Task Of_all_calls_that_one_signature_stands_for_one_is_done(string parameters, string cutUpAnew)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        using var good = service.Sign(alice, Shape.Form, [("Action", HostsService.Describe), .. Pairs(parameters)]);
        var signature = System.Web.HttpUtility.ParseQueryString(await good.Content!.ReadAsStringAsync(CancellationToken.None))["Signature"]!;
        using var other = UprojectClient.Of(service.Endpoint, Shape.Form, [("Action", HostsService.Describe), .. Pairs(cutUpAnew), ("PublicKey", alice.AccessKeyId), ("Signature", signature)]);
        Assert.Equal((230, 0), (RetCode(await service.SendAsync(other)), service.Done));
        Assert.Equal((0, 1), (RetCode(await service.SendAsync(good)), service.Done));
    }

    [Theory]
    [InlineData("ProjectId=org-b", """ "ProjectId":["org-b"] """)]
    [InlineData("ProjectId=org-b", """ "ProjectId":{"org-b":[]} """)]
    [InlineData("ProjectId=org-b", """ "ProjectIdorg-b":[] """)]
    [InlineData("Region=r", """ "Region":{"r":null} """)]
    [InlineData("UHostId=a", """ "UHostId":["a"] """)]
    [InlineData("UHostId=a", """ "UHostId":{"a":{}} """)]
    [InlineData("UHostId=a", """ "UHostIda":{} """)]
    public async Task A_list_or_an_object_hides_no_text(string parameters, string nested)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        using var good = service.Sign(alice, Shape.Form, [("Action", HostsService.Describe), .. Pairs(parameters)]);
        var signature = System.Web.HttpUtility.ParseQueryString(await good.Content!.ReadAsStringAsync(CancellationToken.None))["Signature"]!;
        using var other = new HttpRequestMessage(HttpMethod.Post, service.Endpoint)
        {
            Content = new StringContent($$"""{"Action":"{{HostsService.Describe}}",{{nested}},"PublicKey":"{{alice.AccessKeyId}}","Signature":"{{signature}}"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        Assert.Equal((230, 0), (RetCode(await service.SendAsync(other)), service.Done));
        Assert.Equal((0, 1), (RetCode(await service.SendAsync(good)), service.Done));
    }

    [Theory]
    [InlineData("Name=in the zone of my region&Limit=80")]
    [InlineData("UHostIds.0=80&UHostIds.1=80&UHostIds.2=443")]
    [InlineData("UHostIds.1=a&UHostIds.2=b")]
    [InlineData("UHostIds.0=0&UHostIds.1=1&UHostIds.2=2&UHostIds.3=3&UHostIds.4=4&UHostIds.5=5&UHostIds.6=6&UHostIds.7=7&UHostIds.8=8&UHostIds.9=9&UHostIds.10=10&UHostIds.11=11")]
    [InlineData("UHostIds.0.Size=20&UHostIds.0.Type=a&UHostIds.1.Size=200&UHostIds.1.Type=b&ProjectId=org-b&Region=cn-bj2&Zone=cn-bj2-02")]
        public async Task A_call_that_can_be_read_in_one_way_only_is_done(string parameters)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var session = Known.Session(Known.Everything);
        node.Put(session);
        foreach (var shape in new[] { Shape.Form, Shape.FlatJson, Shape.Query })
            Assert.Equal("", (await service.CallAsync(session, shape, [("Action", HostsService.Describe), .. Pairs(parameters)]))["Message"]!.GetValue<string>());
    }

    [Fact]
    public async Task As_many_parameters_as_a_request_may_have_are_read()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        (string, string)[] parameters = [("Action", HostsService.Describe), .. Enumerable.Range(0, UprojectRequest.MaxParameters - 3).Select(i => ($"UHostIds.{i}", $"uhost-{i}"))];
        Assert.Equal("", (await service.CallAsync(alice, Shape.Form, parameters))["Message"]!.GetValue<string>());
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string text) => text.Split('&').Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]));

    [Fact]
    public async Task The_same_request_again_is_the_same_request_until_its_key_is_gone()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var session = Known.Session(Known.Everything);
        node.Put(session);
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
        Assert.Equal(0, RetCode(await service.CallAsync(session)));
        node.Callers.TryRemove(session.AccessKeyId, out _);
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
        await service.CallAsync(alice, Shape.Form, ("Action", "TerminateUHostInstance"), ("UHostId", "uhost-a"));
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
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        Assert.Equal(0, RetCode(await service.CallAsync(alice)));
        var gate = new TaskCompletionSource();
        node.Delay = () => gate.Task;
        var all = Enumerable.Range(0, 300).Select(_ => service.CallAsync(alice)).ToArray();
        while (node.Calls.Count < 5)
            await Task.Delay(10);
        gate.SetResult();
        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(0, RetCode(answer)));
    }

    [Fact]
    public async Task Whoever_guesses_is_turned_away_before_Daypass_is_asked()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        for (var i = 0; i < 150; i++)
            await service.CallAsync(alice with { Secret = $"guess-{i}" });
        Assert.InRange(node.Proofs, 100, 149);
        Assert.Equal(153, RetCode(await service.CallAsync(alice with { Secret = "guess" })));
    }

    [Fact]
    public async Task Without_a_verdict_nobody_is_let_in_however_well_known()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        Assert.Equal(0, RetCode(await service.CallAsync(alice)));
        node.Status = 503;
        Assert.Equal(150, RetCode(await service.CallAsync(alice)));
        Assert.Equal(1, service.Done);
    }

    [Fact]
    public async Task A_lease_that_came_with_a_verdict_is_no_key_to_sign_with()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        node.Damage = lease => lease with { Date = "20261122", SigningKey = new byte[32] };
        Assert.Equal(150, RetCode(await service.CallAsync(alice)));
    }

    [Fact]
    public async Task Signature_V4_is_taken_beside_it_over_the_same_API()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Reader);
        node.Put(alice);
        using var request = SignV4(service, alice, "Action=DescribeUHostInstance&Region=cn-bj2");
        Assert.Equal(0, RetCode(await service.SendAsync(request)));
    }

    [Fact]
    public async Task A_handler_s_own_failure_is_told_by_its_code_and_never_by_a_status()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await HostsService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
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

    internal static int RetCode(JsonNode answer) => answer["RetCode"]!.GetValue<int>();

    /// <summary>A request that was good, until its parameters were changed after signing.</summary>
    private static HttpRequestMessage Changed(HostsService service, KnownCaller caller, Func<(string Name, string Value)[], (string, string)[]> change)
    {
        using var good = service.Sign(caller, Shape.Form, ("Action", HostsService.Describe), ("UHostId", "uhost-a"));
        var form = System.Web.HttpUtility.ParseQueryString(good.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
        return UprojectClient.Of(service.Endpoint, Shape.Form, change([.. form.AllKeys.Select(name => (name!, form[name]!))]));
    }

    private static (string, string)[] Put((string Name, string Value)[] parameters, string name, string value) =>
        [.. parameters.Select(pair => pair.Name == name ? (name, value) : pair)];

    private static HttpRequestMessage InQuery(HttpRequestMessage request, string query)
    {
        request.RequestUri = new Uri(request.RequestUri!, "/?" + query);
        return request;
    }

    private static HttpRequestMessage Reshaped(HostsService service, KnownCaller caller)
    {
        using var good = service.Sign(caller, Shape.NestedJson, ("Action", HostsService.Describe), ("UHostIds.0", "a"), ("UHostIds.1", "b"));
        var json = JsonNode.Parse(good.Content!.ReadAsStringAsync().GetAwaiter().GetResult())!.AsObject();
        return UprojectClient.Of(service.Endpoint, Shape.Form,
            [.. json.Where(pair => pair.Key != "UHostIds").Select(pair => (pair.Key, pair.Value!.GetValue<string>())), ("UHostIds.0", "a"), ("UHostIds.1", "b")]);
    }
}
