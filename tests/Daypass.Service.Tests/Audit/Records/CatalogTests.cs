using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>What holds for the records of every action there is, allowed and refused.</summary>
public sealed class CatalogTests
{
    private const string Marked = "MARKEDsecretEXAMPLE";
    private const string Code = "738291";

    private static readonly string[] SecretWords =
        ["Password", "Secret", "TokenCode", "AuthenticationCode", "Assertion", "IdentityToken", "SessionToken", "Signature", "StringToSign", "TradeInToken", "PrivateKey", "Seed", "EncodedMessage"];

    // How a secret is used, and which one: no secrets.
    private static readonly string[] NoSecrets = ["AssertionEncryptionMode", "RemovePrivateKey"];

    private static readonly string[] Mandatory =
    [
        "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "requestParameters",
        "responseElements", "requestID", "eventID", "readOnly", "eventType", "managementEvent", "recipientAccountId", "eventCategory",
    ];

    private readonly ActionBench _bench = new();

    [Fact]
    public void A_parameter_whose_name_says_secret_is_secret()
    {
        var open = CatalogCalls.Actions.SelectMany(action => CatalogCalls.NamesOf(action)
            .Where(name => SecretWords.Any(word => name.Split('.')[^1].StartsWith(word, StringComparison.OrdinalIgnoreCase) || name.Split('.')[^1].EndsWith(word, StringComparison.OrdinalIgnoreCase)))
            .Where(name => !action.IsSecret(name) && !NoSecrets.Contains(name)).Select(name => $"{action.Name} {name}"));
        Assert.Empty(open);
    }

    public static TheoryData<string> Secrets => [Marked, Code, string.Concat(Enumerable.Repeat(Marked, 2_000)), Marked + "\u0001\"", ""];

    [Theory, MemberData(nameof(Secrets))]
    public void No_record_of_any_action_has_the_value_of_a_secret_parameter(string secret)
    {
        var shown = new List<string>();
        foreach (var action in CatalogCalls.Actions)
        {
            var (request, error) = Bound(action, CatalogCalls.Parameters(action, secret, isWhole: true));
            var record = AuditCalls.Refusal(request, _bench.Caller with { Federated = action.Proof == Proof.Signature ? null : FederatedIdentity.OfSaml("q", "s") }, error, _bench.Now);
            if (Said(record).Contains(secret.Length == 0 ? Marked : secret[..Math.Min(secret.Length, Marked.Length)], StringComparison.Ordinal))
                shown.Add($"{action.Name}: {Said(record)}");
        }
        Assert.Empty(shown);
    }

    [Fact]
    public async Task Every_action_leaves_whole_records_without_any_secret_of_what_it_was_sent_what_it_answered_or_who_called()
    {
        await using var bench = await StartAsync();
        var (answered, refused) = (new SecretsOf(), 0);
        var session = ChainWorld.KeyOf(Shown.Of((await bench.CallAsync("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/caller"), ("RoleSessionName", "caller"))).Response!));
        var nobody = ChainWorld.KeyOf(Shown.Of((await bench.CallAsync("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/nobody"), ("RoleSessionName", "nobody"))).Response!));
        foreach (var (key, isWhole) in new[] { (session, false), (session, true), (nobody, false) })
        {
            foreach (var action in CatalogCalls.Actions.Where(action => action.Proof == Proof.Signature).OrderBy(PlaceOf))
            {
                var answer = await bench.CallAsync(key, action.Name, CatalogCalls.Parameters(action, Marked, isWhole));
                refused += answer.Error is null ? 0 : 1;
                answer.Response?.Write(answered);
            }
        }
        // What the store in memory cannot do is a failure inside, which leaves its record as any other refusal does.
        Assert.DoesNotContain(bench.Failures, failure => failure is not NotSupportedException);
        var trail = await bench.TrailAsync();
        Assert.Equal(CatalogCalls.Actions.Where(action => action.Proof == Proof.Signature).Select(action => action.Name).Order(StringComparer.Ordinal), trail.Select(record => record.Text("eventName")).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(trail.Count(record => record["errorCode"] is null), 60, int.MaxValue);
        Assert.InRange(refused, CatalogCalls.Actions.Count - 40, int.MaxValue);
        Assert.Contains(answered.Found, secret => secret.Length == 40);

        foreach (var found in bench.Store.Trail)
            AssertWhole(found);
        var text = string.Join('\n', bench.Store.Trail.Select(found => Encoding.UTF8.GetString(found.Record.Span)));
        Assert.All([Marked, bench.Admin.Secret, session.Secret, nobody.Secret, .. answered.Found], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        // The token of the caller is in the record of the call that issued it, as CloudTrail has it, and in no record of a call that it was used for.
        Assert.Equal(1, text.Split(session.Token).Length - 1);
    }

    // So that there is something to read and to delete.
    private static int PlaceOf(ApiAction action) => action.Name switch
    {
        "CreateUser" or "CreateGroup" => 0,
        ['C', 'r', 'e', 'a', 't', 'e', ..] => 1,
        ['D', 'e', ..] or ['R', 'e', 'v', 'o', 'k', 'e', ..] => 3,
        _ => 2,
    };

    private static async Task<PipelineBench> StartAsync()
    {
        var bench = await PipelineBench.StartAsync(new ThrottleOptions { WritesPerAccount = 0, RefusalsPerSource = 0 });
        await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Settings, new AccountSettings { Created = default });
        foreach (var (name, rights) in new[] { ("caller", "*"), ("first", "*"), ("nobody", "none:Nothing") })
        {
            await bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
            {
                Name = name,
                Path = "/",
                Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
                Created = default,
                Trust = new TrustPolicy("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}""", new Dictionary<string, string>()),
                Inline = [new InlinePolicy("rights", $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{rights}}","Resource":"*"} }""")],
            });
        }
        return bench;
    }

    private static (ApiRequest Request, ApiError Error) Bound(ApiAction action, (string, string)[] parameters)
    {
        var request = AuditCalls.Unbound(action.Name, parameters);
        try
        {
            action.Bind(request.Parameters);
        }
        catch (ApiException refusal)
        {
            return (request, refusal.Error);
        }
        return (request, request.Parameters.Violations.Count > 0 ? Errors.Validation(request.Parameters.Violations).Error : Errors.AccessDenied("No.").Error);
    }

    // All but ids, which may hold any six digits.
    private static string Said(JsonNode record) => $"{record["errorMessage"]}{record["requestParameters"]?.ToJsonString()}{record["additionalEventData"]?.ToJsonString()}";

    private static void AssertWhole(AuditEvent found)
    {
        var record = JsonNode.Parse(found.Record.Span)!.AsObject();
        Assert.All(Mandatory, field => Assert.True(record.ContainsKey(field), $"{found.EventName} has no {field}"));
        Assert.Equal(
            (found.EventId, found.EventName, found.EventSource, found.Account.ToString(), found.IsReadOnly),
            (record.Text("eventID"), record.Text("eventName"), record.Text("eventSource"), record.Text("recipientAccountId"), record["readOnly"]!.GetValue<bool>()));
        Assert.Equal("AwsApiCall", record.Text("eventType"));
        Assert.True(Guid.TryParse(record.Text("eventID"), out _) && Guid.TryParse(record.Text("requestID"), out _));
        Assert.Equal(found.Time.ToUnixTimeSeconds(), DateTimeOffset.Parse(record.Text("eventTime"), CultureInfo.InvariantCulture).ToUnixTimeSeconds());
        Assert.Equal(record.ContainsKey("errorCode"), record.ContainsKey("errorMessage"));
        Assert.True(record["errorCode"] is null || record["responseElements"] is null);
        Assert.NotEqual("", record["userIdentity"].Text("type"));
        if (record["responseElements"]?["credentials"]?["accessKeyId"]?.GetValue<string>() is { } issued)
            Assert.Contains(found.Resources, resource => resource.Name == issued);
    }

    /// <summary>What responses call secret.</summary>
    private sealed class SecretsOf : ShapeWriter
    {
        public HashSet<string> Found { get; } = [];

        public override void Secret(string name, string? value)
        {
            // Names and addresses of accounts are called secret too, and may be words like any other.
            if (value is { Length: >= 30 })
                Found.Add(value);
        }

        public override void Text(string name, string? value) => Assert.False(name != "SessionToken" && SecretWords.Any(word => name.EndsWith(word, StringComparison.Ordinal)), name);

        public override void Number(string name, long? value)
        {
        }

        public override void Flag(string name, bool? value)
        {
        }

        public override void Time(string name, DateTimeOffset? value)
        {
        }

        public override void Structure(string name, IShape? value) => value?.Write(this);

        public override void List(string name, IEnumerable<IShape>? values)
        {
            foreach (var value in values ?? [])
                value.Write(this);
        }

        public override void TextList(string name, IEnumerable<string>? values)
        {
        }

        public override void NumberMap(string name, IEnumerable<KeyValuePair<string, long>> values)
        {
        }

        public override void TextMap(string name, IEnumerable<KeyValuePair<string, string>>? values)
        {
        }
    }
}
