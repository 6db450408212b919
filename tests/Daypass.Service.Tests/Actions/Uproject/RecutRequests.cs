using System.Text;
using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Audit.Records;
using Daypass.Service.Tests.Support;
using Daypass.Signing;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>
/// The signed text of the dialect has no delimiters. Here somebody has read a request of the administrator, and sends the same text with the same
/// signature, cut up in another way or in another shape.
/// </summary>
public sealed class RecutRequests
{
    private const string Rest = "&PublicKey=ADMINKEYEXAMPLE1&RoleSessionName=s&RoleUrn=ucs:iam::123456789012:role/ops/deployer";

    /// <summary>What the administrator sent, and what is sent in its place: a query, or JSON.</summary>
    public static TheoryData<string, string, string> Cuts => new()
    {
        { "the session policy under a name that nobody knows", "Action=AssumeRole&Policy=" + UprojectWorld.Narrow + Rest, "Action=AssumeRole&P=olicy" + UprojectWorld.Narrow + Rest },
        { "the session policy in the name of the action", "Action=AssumeRole&Policy=" + UprojectWorld.Narrow + Rest, "Action=AssumeRolePolicy" + UprojectWorld.Narrow + Rest },
        { "the session policy behind the seconds", "Action=AssumeRole&DurationSeconds=900&Policy=" + UprojectWorld.Narrow + Rest, "Action=AssumeRole&DurationSeconds=900Policy" + UprojectWorld.Narrow + Rest },
        { "the seconds as a name with an empty value", "Action=AssumeRole&DurationSeconds=900" + Rest, "Action=AssumeRole&DurationSeconds900=" + Rest },
        { "the seconds as a name of one letter", "Action=AssumeRole&DurationSeconds=900" + Rest, "Action=AssumeRole&D=urationSeconds900" + Rest },
        { "the session's name inside the project", "Action=AssumeRole&ProjectId=p" + Rest, "Action=AssumeRole&ProjectId=pPublicKeyADMINKEYEXAMPLE1RoleSessionNames&RoleUrn=ucs:iam::123456789012:role/ops/deployer" },
        { "the zone inside the role", "Action=AssumeRole" + Rest + "&Zone=z", "Action=AssumeRole" + Rest + "Zonez" },
        { "the region inside the key", "Action=AssumeRole&PublicKey=ADMINKEYEXAMPLE1&Region=r&RoleSessionName=s&RoleUrn=ucs:iam::123456789012:role/ops/deployer",
            "Action=AssumeRole&PublicKey=ADMINKEYEXAMPLE1Regionr&RoleSessionName=s&RoleUrn=ucs:iam::123456789012:role/ops/deployer" },
        { "the seconds in a list", "Action=AssumeRole&DurationSeconds=900" + Rest, """{"Action":"AssumeRole","DurationSeconds":["900"],"PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":"s","RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
        { "the session's name in pieces", "Action=AssumeRole&PublicKey=ADMINKEYEXAMPLE1&RoleSessionName=ab&RoleUrn=ucs:iam::123456789012:role/ops/deployer",
            """{"Action":"AssumeRole","PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":["a","b"],"RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
        { "the zone in an object", "Action=AssumeRole" + Rest + "&Zone=z", """{"Action":"AssumeRole","PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":"s","RoleUrn":"ucs:iam::123456789012:role/ops/deployer","Zone":{"z":null}}""" },
        { "the seconds as an empty list", "Action=AssumeRole&DurationSeconds=900" + Rest, """{"Action":"AssumeRole","DurationSeconds900":[],"PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":"s","RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
        { "the seconds as an empty object", "Action=AssumeRole&DurationSeconds=900" + Rest, """{"Action":"AssumeRole","DurationSeconds900":{},"PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":"s","RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
        { "the seconds as an empty list in an object", "Action=AssumeRole&DurationSeconds=900" + Rest, """{"Action":"AssumeRole","DurationSeconds":{"900":[]},"PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":"s","RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
        { "the seconds as an empty object in an object", "Action=AssumeRole&DurationSeconds=900" + Rest, """{"Action":"AssumeRole","D":{"urationSeconds900":{}},"PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":"s","RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
        { "the session's name in an object", "Action=AssumeRole&PublicKey=ADMINKEYEXAMPLE1&RoleSessionName=ab&RoleUrn=ucs:iam::123456789012:role/ops/deployer",
            """{"Action":"AssumeRole","PublicKey":"ADMINKEYEXAMPLE1","RoleSessionName":{"a":"b"},"RoleUrn":"ucs:iam::123456789012:role/ops/deployer"}""" },
    };

    [Theory, MemberData(nameof(Cuts))]
    public async Task A_signature_carries_out_one_request_and_no_other(string what, string sent, string replayed)
    {
        await using var bench = await UprojectWorld.StartAsync();
        var signature = UprojectSignature.Sign(Read(sent, null).CanonicalText, bench.Admin.Secret);
        await AssertRefusedAsync(bench, what, Read(sent, signature), Read(replayed, signature));
        Assert.Null((await bench.SendUprojectAsync(Read(sent, signature))).Error);
        Assert.Single(await bench.TrailAsync(), record => record["responseElements"] is not null);
    }

    // Refused as what it is and before anything is done, and not without a trace: by name if the key is known, else counted.
    private static async Task AssertRefusedAsync(PipelineBench bench, string what, UprojectRequest sent, UprojectRequest other)
    {
        Assert.Equal(sent.CanonicalText, other.CanonicalText);
        if (new UprojectCatalog().Find(other.Action!) is null)
            return;
        var answer = await bench.SendUprojectAsync(other);
        Assert.True(answer is { Response: null, Error: not null }, what);
        Assert.Contains(answer.Error.Code, other.PublicKey == sent.PublicKey ? ["ValidationError", "InvalidInput", "MalformedInput"] : (string[])["InvalidClientTokenId", "MissingAuthenticationToken"]);
        if (other.PublicKey != sent.PublicKey)
        {
            var counted = Assert.Single(bench.Refusals.Take(PipelineBench.Account, DateTimeOffset.UnixEpoch, new SeededEntropy()));
            Assert.Equal("uproject", JsonNode.Parse(counted.Record.Span)!["additionalEventData"].Text("dialect"));
            return;
        }
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal((other.Action, "uproject"), (record.Text("eventName"), record["additionalEventData"].Text("dialect")));
        Assert.NotNull(record.Text("errorCode"));
        Assert.Null(record["responseElements"]);
    }

    [Theory]
    [InlineData("Action=ListUsers&Limit=1&Offset=50", "Action=ListUsers&Limit=1Offset50")]
    [InlineData("Action=ListUsers&Limit=1&Offset=50", "Action=ListUsers&L=imit1&Offset=50")]
    [InlineData("Action=ListUsers&Limit=1&Offset=50", """{"Action":"ListUsers","Limit1":[],"Offset":"50"}""")]
    [InlineData("Action=ListPoliciesForRole&ProjectID=p&RoleName=ops/deployer&Scope=Specified", "Action=ListPoliciesForRole&ProjectIDp=&RoleName=ops/deployer&Scope=Specified")]
    [InlineData("Action=ListPoliciesForRole&ProjectID=p&RoleName=ops/deployer&Scope=Specified", "Action=ListPoliciesForRole&ProjectID=p&RoleName=ops/deployer&S=copeSpecified")]
    [InlineData("Action=GetProjectList&IsFinance=No&ProjectId=p", "Action=GetProjectList&IsFinance=NoProjectIdp")]
    public async Task What_reads_is_held_to_one_reading_too(string sent, string replayed)
    {
        await using var bench = await UprojectWorld.StartAsync();
        sent += "&PublicKey=ADMINKEYEXAMPLE1";
        replayed = replayed[0] == '{' ? replayed[..^1] + ",\"PublicKey\":\"ADMINKEYEXAMPLE1\"}" : replayed + "&PublicKey=ADMINKEYEXAMPLE1";
        var signature = UprojectSignature.Sign(Read(sent, null).CanonicalText, bench.Admin.Secret);
        Assert.Equal(Read(sent, null).CanonicalText, Read(replayed, null).CanonicalText);
        Assert.Null((await bench.SendUprojectAsync(Read(sent, signature))).Error);
        var error = (await bench.SendUprojectAsync(Read(replayed, signature))).Error;
        Assert.NotEmpty(error!.Fields);
    }

    [Theory]
    [InlineData("Region=cn-bj2&Zone=cn-bj2-04&ProjectId=org-x")]
    [InlineData("Region=&Zone=&ProjectId=&Policy=&DurationSeconds=")]
    [InlineData("Region=Region&Zone=Zone&ProjectId=Zone")]
    [InlineData("""Policy={"Version":"1","Statement":[{"Effect":"Allow","Action":["iam:*"],"Resource":["*"],"Condition":{"StringEquals":{"aws:RequestedRegion":"Zone RoleUrn Region"}}}]}""")]
    [InlineData("DurationSeconds=900&SecurityToken=")]
    public async Task What_real_clients_put_beside_a_call_is_no_obstacle(string more)
    {
        await using var bench = await UprojectWorld.StartAsync();
        var request = "Action=AssumeRole&" + more + Rest;
        var answer = await bench.SendUprojectAsync(Read(request, UprojectSignature.Sign(Read(request, null).CanonicalText, bench.Admin.Secret)));
        Assert.Null(answer.Error);
    }

    [Fact]
    public async Task What_is_inside_a_document_is_no_parameter()
    {
        await using var bench = await UprojectWorld.StartAsync();
        var request = """Action=CreateRole&PublicKey=ADMINKEYEXAMPLE1&RoleName=r&RolePolicyDocument={"Version":"1","Statement":[{"Sid":"ZoneAdmins","Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["ucs:iam::123456789012:root"]}}]}""";
        var answer = await bench.SendUprojectAsync(Read(request, UprojectSignature.Sign(Read(request, null).CanonicalText, bench.Admin.Secret)));
        Assert.Null(answer.Error);
    }

    [Theory]
    [InlineData("""{"PolicyURNs":["ucs:iam::ucs:policy/A","ucs:iam::1:policy/B"]}""", true)]
    [InlineData("""{"PolicyURNs":["ucs:iam::1:policy/A"]}""", true)]
    [InlineData("""{"PolicyURNs":[]}""", true)]
    [InlineData("""{"PolicyURNs.0":"ucs:iam::1:policy/A","PolicyURNs.1":"ucs:iam::1:policy/B"}""", true)]
    [InlineData("""{"PolicyURNs":["ucs:iam::1:policy/Aucs:iam::1:policy/B"]}""", false)]
    [InlineData("""{"PolicyURNs":["ucs:iam::1:policy/","A"]}""", false)]
    [InlineData("""{"PolicyURNs":["","ucs:iam::1:policy/A"]}""", false)]
    [InlineData("""{"PolicyURNs":[".0ucs:iam::1:policy/A"]}""", false)]
    [InlineData("""{"PolicyURNs":{"0":"ucs:iam::1:policy/A","12":"ucs:iam::1:policy/B"}}""", false)]
    [InlineData("""{"PolicyURNs":["ucs:iam::1:policy/A",[]]}""", false)]
    [InlineData("""{"PolicyURNsucs":[]}""", false)]
    [InlineData("""{"PolicyURNs.0x":[]}""", false)]
    [InlineData("""{"PolicyURNs":[["ucs:iam::1:policy/A"]]}""", false)]
    [InlineData("""{"PolicyURNs":[{"a":"ucs:iam::1:policy/A"}]}""", false)]
    [InlineData("""{"PolicyURNs.0":"ucs:iam::1:policy/APolicyURNs.1ucs:iam::1:policy/B"}""", false)]
    [InlineData("""{"PolicyURNs.0":["ucs:iam::1:policy/A"]}""", false)]
    public void The_members_of_a_list_can_be_told_apart_or_are_refused(string list, bool isTaken)
    {
        var request = Toy.Request(Read("""{"Action":"Toy","PublicKey":"k","UserName":"u",""" + list[1..], "s"));
        Assert.Equal(isTaken, Toy.Takes(request));
    }

    private static UprojectRequest Read(string request, string? signature)
    {
        var isJson = request[0] == '{';
        var query = (isJson ? "" : string.Join('&', request.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => $"{pair[0]}={Uri.EscapeDataString(pair[1])}")))
            + (signature is null ? "" : $"{(isJson ? "" : "&")}Signature={signature}");
        return UprojectRequest.TryRead(query, "application/json", isJson ? Encoding.UTF8.GetBytes(request) : [], out var error) ?? throw new InvalidOperationException(error!.Message);
    }
}
