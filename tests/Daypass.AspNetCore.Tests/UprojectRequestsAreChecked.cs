using System.Text.Json.Nodes;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Leases;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.AspNetCore.Tests;

/// <summary>A request of the uproject dialect is what was signed, or no handler sees it: what attackers do to requests that were good.</summary>
public sealed class UprojectRequestsAreChecked
{
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
        var session = Known.Session(Known.Everything);
        await using var service = await HostsService.ForAsync(session);
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
        var alice = Known.Alice(Known.Everything);
        await using var service = await HostsService.ForAsync(alice);
        using var good = service.Sign(alice, Shape.Form, [("Action", HostsService.Describe), .. Pairs(parameters)]);
        var signature = UprojectClient.ParametersOf(good).Single(pair => pair.Name == "Signature").Value;
        using var other = UprojectSigner.Of(service.Endpoint, Shape.Form, [("Action", HostsService.Describe), .. Pairs(cutUpAnew), ("PublicKey", alice.AccessKeyId), ("Signature", signature)]);
        Assert.Equal((230, 0), (RetCode(await service.SendAsync(other)), service.Done));
        Assert.Equal((0, 1), (RetCode(await service.SendAsync(good)), service.Done));
    }

    /// <summary>Services put these into URNs, as the guide does: a colon would move all that stands behind it, up to the company whose the resource is.</summary>
    [Theory]
    [InlineData("Region", "cn:444455556666:instance/x")]
    [InlineData("Region", "cn-bj2:")]
    [InlineData("Region", "*")]
    [InlineData("Region", "cn/bj2")]
    [InlineData("Zone", "cn-bj2-04:444455556666:x")]
    [InlineData("ProjectId", "org-a:444455556666:x")]
    [InlineData("ProjectId", "org-?")]
    public async Task What_every_call_may_have_is_one_field_of_a_name(string name, string value)
    {
        var stranger = Known.Stranger(Known.Everything);
        await using var service = await HostsService.ForAsync(stranger);
        foreach (var shape in Enum.GetValues<Shape>())
        {
            var answer = await service.CallAsync(stranger, shape, ("Action", "TerminateUHostInstance"), ("UHostId", "uhost-a"), (name, value));
            Assert.Equal((230, 0), (RetCode(answer), service.Done));
            Assert.Contains($"[{name}]", answer["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        }
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
        var alice = Known.Alice(Known.Everything);
        await using var service = await HostsService.ForAsync(alice);
        using var good = service.Sign(alice, Shape.Form, [("Action", HostsService.Describe), .. Pairs(parameters)]);
        var signature = UprojectClient.ParametersOf(good).Single(pair => pair.Name == "Signature").Value;
        using var other = UprojectSigner.Json(service.Endpoint, $$"""{"Action":"{{HostsService.Describe}}",{{nested}},"PublicKey":"{{alice.AccessKeyId}}","Signature":"{{signature}}"}""");
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
        var session = Known.Session(Known.Everything);
        await using var service = await HostsService.ForAsync(session);
        foreach (var shape in new[] { Shape.Form, Shape.FlatJson, Shape.Query })
            Assert.Equal("", (await service.CallAsync(session, shape, [("Action", HostsService.Describe), .. Pairs(parameters)]))["Message"]!.GetValue<string>());
    }

    [Fact]
    public async Task As_many_parameters_as_a_request_may_have_are_read()
    {
        var alice = Known.Alice(Known.Everything);
        await using var service = await HostsService.ForAsync(alice);
        (string, string)[] parameters = [("Action", HostsService.Describe), .. Enumerable.Range(0, UprojectRequest.MaxParameters - 3).Select(i => ($"UHostIds.{i}", $"uhost-{i}"))];
        Assert.Equal("", (await service.CallAsync(alice, Shape.Form, parameters))["Message"]!.GetValue<string>());
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string text) => text.Split('&').Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]));

    [Fact]
    public async Task Of_many_at_once_each_gets_the_verdict_on_itself()
    {
        var (alice, session) = (Known.Alice(Known.Everything), Known.Session(Known.Everything));
        await using var service = await HostsService.ForAsync(alice, session);
        var gate = new TaskCompletionSource();
        service.Node.Delay = () => gate.Task;
        (KnownCaller Caller, int RetCode)[] kinds =
            [(alice, 0), (session, 0), (alice with { Secret = "another-EXAMPLE" }, 171), (session with { Token = null }, 174), (alice with { AccessKeyId = "AKIANOBODYEXAMPLE000" }, 172), (session with { Secret = "another-EXAMPLE" }, 171)];
        var calls = Enumerable.Range(0, 60).Select(i => (kinds[i % kinds.Length], Answer: service.CallAsync(kinds[i % kinds.Length].Caller, Shape.Form, ("Action", HostsService.Describe), ("Name", $"call-{i}")))).ToArray();
        while (service.Node.Calls.IsEmpty)
            await Task.Delay(10);
        gate.SetResult();
        foreach (var ((caller, retCode), call) in calls)
        {
            var answer = await call;
            Assert.Equal((retCode, retCode == 0 ? caller.Principal.Arn : null), (RetCode(answer), answer["Arn"]?.GetValue<string>()));
        }
        Assert.Equal(20, service.Done);
    }

    [Fact]
    public async Task Whoever_guesses_is_turned_away_before_Daypass_is_asked()
    {
        var alice = Known.Alice(Known.Everything);
        await using var service = await HostsService.ForAsync(alice);
        for (var i = 0; i < 150; i++)
            await service.CallAsync(alice with { Secret = $"guess-{i}" });
        Assert.InRange(service.Node.Proofs, 100, 149);
        Assert.Equal(153, RetCode(await service.CallAsync(alice with { Secret = "guess" })));
    }

    private static int RetCode(JsonNode answer) => UprojectCallsAreAnswered.RetCode(answer);

    /// <summary>A request that was good, until its parameters were changed after signing.</summary>
    private static HttpRequestMessage Changed(HostsService service, KnownCaller caller, Func<(string Name, string Value)[], (string, string)[]> change)
    {
        using var good = service.Sign(caller, Shape.Form, ("Action", HostsService.Describe), ("UHostId", "uhost-a"));
        return UprojectSigner.Of(service.Endpoint, Shape.Form, change(UprojectClient.ParametersOf(good)));
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
        return UprojectSigner.Of(service.Endpoint, Shape.Form,
            [.. json.Where(pair => pair.Key != "UHostIds").Select(pair => (pair.Key, pair.Value!.GetValue<string>())), ("UHostIds.0", "a"), ("UHostIds.1", "b")]);
    }
}
