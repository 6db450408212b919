using System.Collections.Frozen;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// The types of context values. Whether a value fits is asked of the engine itself: for a value that it can read one of an operator and its
/// opposite is true, for any other value neither is. So no value passes here that conditions could not read.
/// </summary>
internal static class ContextTypes
{
    private const string Key = "probe:value";

    /// <summary>The words of the API's enumeration.</summary>
    public static readonly string[] Names =
        ["string", "stringList", "numeric", "numericList", "boolean", "booleanList", "ip", "ipList", "binary", "binaryList", "date", "dateList"];

    private static readonly FrozenDictionary<string, (string Format, PolicySet? Probe)> Types = new Dictionary<string, (string, PolicySet?)>
    {
        ["string"] = ("text", null),
        ["numeric"] = ("numeric format", Probe(("NumericEquals", "0"), ("NumericNotEquals", "0"))),
        ["boolean"] = ("true or false", Probe(("Bool", "true"), ("Bool", "false"))),
        ["ip"] = ("IP address", Probe(("IpAddress", "0.0.0.0/0"), ("NotIpAddress", "0.0.0.0/0"))),
        ["binary"] = ("base-64 encoded binary format", null),
        ["date"] = ("DateTime format", Probe(("DateEquals", "2026-01-01T00:00:00Z"), ("DateNotEquals", "2026-01-01T00:00:00Z"))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether conditions can read a value of this type.</summary>
    public static bool IsReadable(string type, string value) => (Single(type), Types[Single(type)].Probe) switch
    {
        ("binary", _) => IsBase64(value),
        (_, { } probe) => IsAllowed(probe, value),
        _ => true,
    };

    /// <summary>What AWS's refusals call the type.</summary>
    public static string FormatOf(string type) => Types[Single(type)].Format;

    private static string Single(string type) => type.EndsWith("List", StringComparison.Ordinal) ? type[..^4] : type;

    private static bool IsAllowed(PolicySet probe, string value)
    {
        var account = AccountId.Of(1);
        var context = new RequestContext();
        context.Set(Key, value);
        return PolicyEvaluator.Evaluate(new AccessRequest(Principal.User(account, "", ""), "probe:Read", "*", account, context), probe).IsAllowed;
    }

    // BinaryEquals has no opposite.
    private static bool IsBase64(string value) => Convert.TryFromBase64String(value, new byte[value.Length], out _);

    private static PolicySet Probe(params (string Operator, string Value)[] either)
    {
        var statements = either.Select(test =>
            $$$$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{{{test.Operator}}}}":{"{{{{Key}}}}":"{{{{test.Value}}}}"}}}""");
        return new PolicySet
        {
            Identity = [new Policy(PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', statements)}}]}""", PolicyType.Identity), "probe", null)],
        };
    }
}
