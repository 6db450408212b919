using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>
/// What is done to a good request of the uproject dialect on its way to the built server. It asks for a group; each attack is answered with its RetCode and makes none, and
/// then the request itself makes it: so nothing else was wrong with it.
/// </summary>
public sealed class UprojectAttacks(UprojectFixture fixture) : IClassFixture<UprojectFixture>
{
    private static int _names;

    private delegate HttpRequestMessage Attack(UprojectTarget target);

    private static readonly Dictionary<string, (Attack Make, int RetCode)> Attacks = new()
    {
        ["another value"] = (target => target.Changed("Description", "other"), 171),
        ["another action"] = (target => target.Changed("Action", "DeleteGroup"), 171),
        ["another signature"] = (target => target.Changed("Signature", new string('0', 40)), 171),
        ["the signature in capitals"] = (target => target.Changed("Signature", target.Of("Signature").ToUpperInvariant()), 171),
        ["half of the signature"] = (target => target.Changed("Signature", target.Of("Signature")[..20]), 171),
        ["no signature"] = (target => target.Without("Signature"), 170),
        ["an empty signature"] = (target => target.Changed("Signature", ""), 170),
        ["no key"] = (target => target.Without("PublicKey"), 170),
        ["no action"] = (target => target.Without("Action"), 160),
        ["another secret"] = (target => target.Sign(target.Key with { PrivateKey = "EXAMPLE-of-another" }), 171),
        ["an unknown key"] = (target => target.Sign(target.Key with { PublicKey = "nobody@example.com1296235120854146120", SecurityToken = null }), 172),
        ["an unknown session"] = (target => target.Sign(target.Key with { PublicKey = "STS.NOBODYEXAMPLEAAA" }), 174),
        ["the token left out"] = (target => target.Without("SecurityToken"), 174),
        ["the token left out and signed again"] = (target => target.Sign(target.Key with { SecurityToken = null }), 174),
        ["an empty token"] = (target => target.Sign(target.Key with { SecurityToken = "" }), 174),
        ["a token cut short"] = (target => target.Sign(target.Key with { SecurityToken = target.Key.SecurityToken![..^4] }), 174),
        ["a token beside a key that has none"] = (target => target.Sign(UprojectFixture.Administrator with { SecurityToken = target.Key.SecurityToken }), 174),
        ["the token twice"] = (target => target.With("SecurityToken", target.Key.SecurityToken!), 230),
        ["another token in the query"] = (target => target.InQuery("SecurityToken=x"), 230),
        ["the token under a name in small letters"] = (target => target.Renamed("SecurityToken", "securityToken"), 174),
        ["the token in a list"] = (target => target.Json(json => json["SecurityToken"] = new JsonArray(target.Key.SecurityToken!)), 230),
        ["a parameter more"] = (target => target.With("Zone", "a"), 171),
        ["a parameter less"] = (target => target.Without("Description"), 171),
        ["a parameter twice"] = (target => target.With("Description", "d"), 230),
        ["another value in the query"] = (target => target.InQuery("Description=e"), 230),
        ["a parameter more in the query"] = (target => target.InQuery("Zone=a"), 171),
        ["a parameter that the action has not, well signed"] = (target => target.Sign(target.Key, ("Extra", "1")), 230),
        ["a name in another letter case, well signed"] = (target => target.Sign(target.Key, ("description", "x")), 230),
        ["a name with a blank, well signed"] = (target => target.Sign(target.Key, ("Description ", "x")), 230),
        ["the description under a name that nobody knows"] = (target => target.Renamed("Description", "D", "escriptiond"), 230),
        ["the description in the name of the action"] = (target => UprojectSigner.Of(target.Endpoint, Shape.Form, [.. target.Parameters.Where(pair => pair.Name != "Description").Select(pair => pair.Name == "Action" ? ("Action", "CreateGroupDescriptiond") : pair)]), 161),
        ["the description as a name"] = (target => target.Renamed("Description", "Descriptiond", ""), 230),
        ["the group's name inside the description"] = (target => UprojectSigner.Of(target.Endpoint, Shape.Form, [.. target.Parameters.Where(pair => pair.Name != "GroupName").Select(pair => pair.Name == "Description" ? (pair.Name, "dGroupName" + target.Of("GroupName")) : pair)]), 220),
        ["the zone inside the token"] = (target => target.Swallowed(), 174),
        ["a body that is no JSON"] = (target => UprojectSigner.Json(target.Endpoint, "{\"Action\":"), 230),
        ["a body of two objects"] = (target => UprojectSigner.Json(target.Endpoint, target.ToJson().ToJsonString() + "{}"), 230),
        ["a name twice in JSON"] = (target => UprojectSigner.Json(target.Endpoint, target.ToJson().ToJsonString()[..^1] + ",\"Descriptio\\u006e\":\"e\"}"), 230),
        ["a list for a text"] = (target => target.Json(json => json["Description"] = new JsonArray("d")), 230),
        ["an object for a text"] = (target => target.Json(json => json["Description"] = new JsonObject { ["d"] = null }), 230),
        ["nesting without end"] = (target => target.Json(json => json["Description"] = JsonNode.Parse(new string('[', 40) + new string(']', 40), documentOptions: new JsonDocumentOptions { MaxDepth = 64 })), 230),
        ["more parameters than a request may have"] = (target => target.Sign(target.Key, [.. Enumerable.Range(0, 2001).Select(i => ($"L.{i}", "x"))]), 230),
        ["half an escape"] = (target => target.Raw(form => form + "&Zone=%4"), 230),
        ["half a character"] = (target => target.Raw(form => form + "&Zone=%C3"), 230),
        ["another type"] = (target => target.Typed("text/plain"), 230),
        ["a form that says that it is JSON"] = (target => target.Typed("application/json"), 230),
        ["a packed body"] = (target => target.Packed(), 230),
    };

    public static TheoryData<string> Ways => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_attack_has_its_code_and_changes_nothing(string way)
    {
        var (make, retCode) = Attacks[way];
        var name = $"attacked-{Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture)}";
        var target = new UprojectTarget(fixture.Endpoint, fixture.Session, name);
        using var request = make(target);
        var answer = await UprojectFixture.SendAsync(request);
        Assert.True(retCode == UprojectFixture.RetCode(answer) && answer.Count == 3, $"{way}: {answer.ToJsonString()}");
        Assert.Equal(11162, UprojectFixture.RetCode(await fixture.CallAsync(UprojectFixture.Administrator, ("Action", "GetGroup"), ("GroupName", name))));
        using var good = UprojectSigner.Of(fixture.Endpoint, Shape.Form, target.Parameters);
        Assert.Equal(0, UprojectFixture.RetCode(await UprojectFixture.SendAsync(good)));
        // By name, and with its code, if the key was proven.
        var records = await RecordsAsync(name);
        Assert.Single(records, record => record.GetProperty("eventName").GetString() == "CreateGroup" && !record.TryGetProperty("errorCode", out _));
        Assert.All(records, record => Assert.Equal("uproject", record.GetProperty("additionalEventData").GetProperty("dialect").GetString()));
    }

    [Theory]
    [InlineData("900", 0)]
    [InlineData("900.0", 0)]
    [InlineData("9e2", 0)]
    [InlineData("\"900\"", 0)]
    [InlineData("null", 0)]
    [InlineData("\"\"", 0)]
    [InlineData("899", 230)]
    [InlineData("899.999", 230)]
    [InlineData("900.5", 230)]
    [InlineData("-900", 230)]
    [InlineData("3601", 230)]
    [InlineData("43201", 230)]
    [InlineData("4294968196", 230)]
    [InlineData("9223372036854775808", 230)]
    [InlineData("18446744073709552516", 230)]
    [InlineData("1e400", 230)]
    [InlineData("1e300", 230)]
    [InlineData("true", 230)]
    [InlineData("[900]", 230)]
    [InlineData("{\"a\":900}", 230)]
    [InlineData("\"9e2\"", 230)]
    [InlineData("\"900.0\"", 230)]
    [InlineData("\"0x384\"", 230)]
    [InlineData("\"\\u0669\\u0660\\u0660\"", 230)]
    [InlineData("\" 900\"", 230)]
    [InlineData("\"900 \"", 230)]
    [InlineData("\"9_00\"", 230)]
    public async Task Seconds_are_a_whole_number_in_their_range_or_nothing_is_issued(string json, int retCode)
    {
        var key = fixture.Caller;
        // What a number is signed as: 1e300 plainly.
        var text = json switch
        {
            "900.0" or "9e2" or "[900]" => "900",
            "{\"a\":900}" => "a900",
            "null" or "\"\"" => "",
            "1e300" => "1" + new string('0', 300),
            _ => JsonNode.Parse(json)!.ToString(),
        };
        (string Name, string Value)[] parameters = [("Action", "AssumeRole"), ("DurationSeconds", text), ("RoleSessionName", "s"), ("RoleUrn", UprojectFixture.RoleUrn)];
        var signature = UprojectSigner.Signed(key, Shape.FlatJson, parameters)[^1].Value;
        var answer = await UprojectFixture.SendAsync(UprojectSigner.Json(fixture.Endpoint, $$"""{"Action":"AssumeRole","DurationSeconds":{{json}},"PublicKey":"{{key.PublicKey}}","RoleSessionName":"s","RoleUrn":"{{UprojectFixture.RoleUrn}}","Signature":"{{signature}}"}"""));
        Assert.True(retCode == UprojectFixture.RetCode(answer), $"{json}: {answer.ToJsonString()}");
        Assert.Equal(retCode == 0, answer["Credentials"] is not null);
    }

    // What the trail has of calls that named the group, but for the administrator's own question.
    private async Task<List<JsonElement>> RecordsAsync(string group)
    {
        var reply = await fixture.Server.Administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
            """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"CreateGroup"}]}""");
        return [.. JsonDocument.Parse(reply.Body).RootElement.GetProperty("Events").EnumerateArray()
            .Select(found => JsonDocument.Parse(found.GetProperty("CloudTrailEvent").GetString()!).RootElement)
            .Where(record => record.GetProperty("requestParameters") is { ValueKind: JsonValueKind.Object } asked && asked.TryGetProperty("groupName", out var named) && named.GetString() == group)];
    }
}
