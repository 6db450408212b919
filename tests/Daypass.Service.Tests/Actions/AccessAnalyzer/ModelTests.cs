using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.AccessAnalyzer;

/// <summary>Names as AWS's model of Access Analyzer (version 2019-11-01) has them: where actions are, what they require, and what they answer.</summary>
public sealed class ModelTests
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":["s3:GetObject","s3:NoSuchThing"],"Resource":"*","Extra":1}]}""";
    private const string Sound = """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";

    public static TheoryData<string, string, string, string> Requests => new()
    {
        { "ValidatePolicy", "/policy/validation", "maxResults nextToken", "policyDocument policyType" },
        { "CheckNoNewAccess", "/policy/check-no-new-access", "", "existingPolicyDocument newPolicyDocument policyType" },
        { "CheckAccessNotGranted", "/policy/check-access-not-granted", "", "access policyDocument policyType" },
        { "CheckNoPublicAccess", "/policy/check-no-public-access", "", "policyDocument resourceType" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Requests_are_those_of_the_model(string action, string path, string query, string required)
    {
        var route = new ActionCatalog().All.Single(known => known.Name == action).Route!;
        Assert.Equal(("POST", path, query), (route.Method, route.Path, string.Join(' ', route.QueryMembers)));
        Assert.Equal(required.Split(' '), new ActionBench().Refusal(action).Fields.Select(field => field.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Answers_are_those_of_the_model()
    {
        var bench = new ActionBench();
        var (document, type) = (("policyDocument", Policy), ("policyType", "IDENTITY_POLICY"));
        string[] reasons = ["message", "reasons", "reasons.description", "reasons.statementId", "reasons.statementIndex", "result"];
        string[] example = ["counterExample", "counterExample.action", "counterExample.context", "counterExample.principal", "counterExample.resource"];
        Assert.Equal(
            [
                "findings", "findings.findingDetails", "findings.findingType", "findings.issueCode", "findings.learnMoreLink", "findings.locations",
                "findings.locations.path", "findings.locations.path.index", "findings.locations.path.key", "findings.locations.path.substring", "findings.locations.path.substring.length",
                "findings.locations.path.substring.start", "findings.locations.path.value", "findings.locations.span", "findings.locations.span.end",
                "findings.locations.span.end.column", "findings.locations.span.end.line", "findings.locations.span.end.offset", "findings.locations.span.start",
                "findings.locations.span.start.column", "findings.locations.span.start.line", "findings.locations.span.start.offset",
            ],
            NamesIn(bench.Call("ValidatePolicy", document, type)));
        document = ("policyDocument", Sound);
        Assert.Equal([.. example, .. reasons], NamesIn(bench.Call("CheckAccessNotGranted", document, type, ("access.member.1.actions.member.1", "s3:GetObject"))));
        Assert.Equal(
            [.. example, .. reasons],
            NamesIn(bench.Call("CheckNoNewAccess", ("newPolicyDocument", Sound), ("existingPolicyDocument", Sound.Replace("s3:GetObject", "s3:PutObject", StringComparison.Ordinal)), type)));
        var open = Sound.Replace("\"Sid\"", "\"Principal\":\"*\",\"Sid\"", StringComparison.Ordinal);
        Assert.Equal([.. example, .. reasons], NamesIn(bench.Call("CheckNoPublicAccess", ("policyDocument", open), ("resourceType", "AWS::S3::Bucket"))));
    }

    private static IEnumerable<string> NamesIn(JsonNode answer)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(answer, "", names);
        return names;
    }

    private static void Collect(JsonNode? node, string path, SortedSet<string> names)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Collect(item, path, names);
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                names.Add(path + name);
                Collect(value, path + name + ".", names);
            }
        }
    }
}
