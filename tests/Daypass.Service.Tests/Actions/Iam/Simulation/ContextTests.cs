using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Condition keys in simulations: those that are given, and those that are missing.</summary>
public sealed class ContextTests
{
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData("StringEquals", "string", "ops", "ops", "dev")]
    [InlineData("NumericLessThan", "numeric", "5", "4.5", "6")]
    [InlineData("Bool", "boolean", "true", "TRUE", "false")]
    [InlineData("IpAddress", "ip", "10.0.0.0/8", "10.1.2.3", "192.0.2.1")]
    [InlineData("BinaryEquals", "binary", "QQ==", "QQ==", "Qg==")]
    [InlineData("DateLessThan", "date", "2026-06-01T00:00:00Z", "1767225600", "2026-12-24")]
    public void A_value_of_each_type_is_what_conditions_see(string @operator, string type, string wanted, string right, string wrong)
    {
        var policy = If($$$"""{"{{{@operator}}}":{"test:value":"{{{wanted}}}"}}""");
        Assert.Equal("allowed", _bench.Custom([policy], Key("test:value", type, [right])).Decision());
        Assert.Equal("implicitDeny", _bench.Custom([policy], Key("test:value", type, [wrong])).Decision());
        // The list of the same type is multivalued even with one member.
        Assert.Equal("implicitDeny", _bench.Custom([policy], Key("test:value", type + "List", [right])).Decision());
        var any = If($$$"""{"ForAnyValue:{{{@operator}}}":{"test:value":"{{{wanted}}}"}}""");
        Assert.Equal("allowed", _bench.Custom([any], Key("test:value", type + "List", [wrong, right])).Decision());
        Assert.Equal("implicitDeny", _bench.Custom([any], Key("test:value", type + "List", [wrong])).Decision());
    }

    [Theory]
    [InlineData("numeric", "abc", "numeric format")]
    [InlineData("numeric", "NaN", "numeric format")]
    [InlineData("numericList", "1x", "numeric format")]
    [InlineData("boolean", "yes", "true or false")]
    [InlineData("ip", "999.0.0.1", "IP address")]
    [InlineData("binary", "!base64", "base-64 encoded binary format")]
    [InlineData("date", "tomorrow", "DateTime format")]
    [InlineData("dateList", "", "DateTime format")]
    public void A_value_that_does_not_fit_its_type_is_refused(string type, string value, string expected) =>
        Refuses($"Invalid context value for key test:value: expected {expected}, not '{value}'.", Key("test:value", type, [value]));

    [Fact]
    public void Odd_entries_are_refused()
    {
        Refuses("Context key test:value expected a single value, but received 2.", Key("test:value", "string", ["a", "b"]));
        Refuses("Context values for context key test:value cannot be null or empty.", Key("test:value", "string", []));
        Refuses("Context values for context key test:value cannot be null or empty.", Key("test:value", "stringList", []));
        Refuses("Duplicate context key: TEST:value.", [.. Key("test:value", "string", ["a"]), .. Key("TEST:value", "string", ["b"], 2)]);
        Refuses("contextEntries.1.member.contextKeyName", Key("x:y", "string", ["a"]), "ValidationError");
        Refuses("contextEntries.1.member.contextKeyType", Key("test:value", "text", ["a"]), "ValidationError");
        Refuses("contextEntries.1.member.contextKeyType", [("ContextEntries.member.1.ContextKeyName", "test:value"), ("ContextEntries.member.1.ContextKeyValues.member.1", "x")], "ValidationError");
    }

    [Theory]
    [InlineData("""{"StringEquals":{"test:missing":"x"}}""", "Allow", "s3:GetObject", "implicitDeny", true)]
    [InlineData("""{"Null":{"test:missing":"false"}}""", "Allow", "s3:GetObject", "implicitDeny", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"test:missing":"x"}}""", "Allow", "s3:GetObject", "implicitDeny", true)]
    [InlineData("""{"StringEquals":{"test:missing":"x"}}""", "Allow", "s3:PutObject", "implicitDeny", true)]
    [InlineData("""{"StringEquals":{"test:missing":"x"}}""", "Deny", "s3:GetObject", "implicitDeny", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"test:missing":"x"}}""", "Allow", "s3:GetObject", "allowed", false)]
    [InlineData("""{"StringNotEquals":{"test:missing":"x"}}""", "Deny", "s3:GetObject", "explicitDeny", false)]
    public void Missing_keys_are_those_of_all_statements_while_nothing_is_decided(string condition, string effect, string action, string decision, bool isMissing)
    {
        var result = _bench.Custom([If(condition, effect, action)], Resources(First));
        Assert.Equal(decision, result.Decision());
        Assert.Equal(isMissing ? ["test:missing"] : [], result.Missing());
        Assert.Equal(isMissing ? ["test:missing"] : [], result["ResourceSpecificResults"]![0]!.Missing());
    }

    [Fact]
    public void Missing_keys_come_once_as_written_first_also_those_of_variables_and_of_boundaries()
    {
        var result = _bench.Custom(
            [If("""{"StringEquals":{"TEST:one":"x","test:given":"y"}}"""), If("""{"StringLike":{"test:one":"x"}}"""),
                """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${test:two}"}}"""],
            [("PermissionsBoundaryPolicyInputList.member.1", If("""{"Bool":{"test:three":"true"}}""")), .. Key("Test:Given", "string", ["x"])]);
        Assert.Equal(["TEST:one", "test:two", "test:three"], result.Missing());
    }

    [Fact]
    public void The_caller_brings_its_own_keys_unless_others_are_given()
    {
        const string Caller = "arn:aws:iam::123456789012:user/team/alice";
        var policy = If("""{"StringEquals":{"aws:username":"alice","aws:PrincipalArn":"arn:aws:iam::123456789012:user/team/alice","aws:PrincipalAccount":"123456789012"}}""");
        Assert.Equal("allowed", _bench.Custom([policy], ("CallerArn", Caller)).Decision());
        Assert.Equal("implicitDeny", _bench.Custom([policy]).Decision());
        Assert.Equal(["aws:username", "aws:PrincipalArn"], _bench.Custom([policy]).Missing());
        Assert.Equal("implicitDeny", _bench.Custom([policy], [("CallerArn", Caller), .. Key("aws:username", "string", ["bob"])]).Decision());
    }

    private void Refuses(string message, (string, string)[] entries, string code = "InvalidInput")
    {
        var error = _bench.Refusal("SimulateCustomPolicy", [.. Given([Allow]), ("ActionNames.member.1", "s3:GetObject"), .. entries]);
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
