using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>
/// The records that docs/reference/audit-records.md shows, one of each shape, reviewed by hand against AWS's: these are what the server writes, member
/// for member and in that order. Session tokens stand there as EXAMPLE.
/// </summary>
public sealed class DocumentedRecordTests
{
    private static readonly AccountId Home = ActionBench.HomeAccount;
    private static readonly AccountId Other = AccountId.Of(210987654321);
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, Func<AuditEvent>> Shapes = new(StringComparer.Ordinal)
    {
        ["IAMUser"] = () => Assume(User(), Other)[0],
        ["AWSAccount"] = () => Assume(User(), Other)[1],
        ["IAMUser, a session"] = () => Refused(User() with { AccessKeyId = "ASIAQEXAMPLEEXAMPLE2", Session = Session(SessionKind.User) with { MfaAt = Now } }, "ListUsers"),
        ["AssumedRole"] = () => Assume(Role(), Home)[0],
        ["AssumedRole, given to a web identity"] = () => Refused(
            Role() with { WebIdentity = new WebIdFederationData("arn:aws:iam::123456789012:oidc-provider/idp.example.com", [KeyValuePair.Create("sub", "user-7")]) }, "LookupEvents"),
        ["FederatedUser"] = () => Refused(Federated(), "ListUsers"),
        ["Root"] = () => Refused(Root(), "ListUsers"),
        ["WebIdentityUser"] = () => Refused(Outside(FederatedIdentity.OfWebIdentity("arn:aws:iam::123456789012:oidc-provider/idp.example.com", "app-1", "user-7") with
        {
            PrincipalTags = [KeyValuePair.Create("Team", "blue")], TransitiveTagKeys = ["Team"], VerificationMethod = "IAMTrustStore",
        }), "AssumeRoleWithWebIdentity", ("RoleArn", "arn:aws:iam::123456789012:role/deploy"), ("RoleSessionName", "ci-42"), ("WebIdentityToken", "token")),
        ["AWSService"] = () => new ServiceEvent
        {
            Trail = Home, At = Now, Name = "CreateAccountResult", Source = "organizations.amazonaws.com", InvokedBy = "organizations.amazonaws.com",
            Details = json => json.WriteString("createAccountRequestId", "car-example"),
        }.Make(new SeededEntropy()),
        ["Unknown"] = Unknown,
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_documented_record_is_what_the_server_writes(string shape)
    {
        var record = JsonNode.Parse(Shapes[shape]().Record.Span)!;
        if (record["responseElements"]?["credentials"] is { } credentials)
            credentials["sessionToken"] = "EXAMPLE";
        Assert.Equal(record.ToJsonString(Indented), JsonNode.Parse(Documented(shape))!.ToJsonString(Indented));
    }

    [Fact]
    public async Task The_documented_record_of_a_SAML_user_is_that_of_a_login()
    {
        await using var world = await SamlWorld.StartAsync();
        world.Bench.Sent = request => Sent(request);
        await world.GetAsync(TestSaml.Good(world.Draft.With("PrincipalTag:Team", "blue").With("TransitiveTagKeys", "Team").With("SourceIdentity", "alice")), more: ("DurationSeconds", "900"));
        var record = (await world.Bench.TrailAsync())[^1];
        // What is another at every call.
        foreach (var name in (string[])["requestID", "eventID"])
            record[name] = "EXAMPLE";
        foreach (var name in (string[])["accessKeyId", "sessionToken"])
            record["responseElements"]!["credentials"]![name] = "EXAMPLE";
        Assert.Equal(record.ToJsonString(Indented), JsonNode.Parse(Documented("SAMLUser"))!.ToJsonString(Indented));
    }

    [Fact]
    public void Every_documented_record_is_one_of_these() => Assert.Equal(
        Shapes.Keys.Append("SAMLUser").Order(StringComparer.Ordinal),
        Page().Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..].Trim()).Order(StringComparer.Ordinal));

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Documented(string shape)
    {
        var section = Page().Split($"### {shape}\n")[1];
        return section.Split("```json\n")[1].Split("\n```")[0];
    }

    private static string Page()
    {
        using var stream = typeof(DocumentedRecordTests).Assembly.GetManifestResourceStream("audit-records.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static IReadOnlyList<AuditEvent> Assume(Caller caller, AccountId owner)
    {
        (string, string)[] parameters =
        [
            ("RoleArn", $"arn:aws:iam::{owner}:role/deploy"), ("RoleSessionName", "ci-42"), ("DurationSeconds", "900"), ("Tags.member.1.Key", "Project"), ("Tags.member.1.Value", "web"),
            ("TransitiveTagKeys.member.1", "Project"), ("SerialNumber", "arn:aws:iam::123456789012:mfa/phone"), ("TokenCode", "123456"),
        ];
        var scene = new ActionBench { Now = Now }.Look("AssumeRole", parameters) with { Caller = caller };
        scene = scene with { Request = Sent(scene.Request) };
        var credentials = new Credentials("ASIAQEXAMPLEEXAMPLE7", "secretEXAMPLE", "token", Now.AddMinutes(15));
        var response = new AssumeRole.Response(credentials, "AROAEXAMPLEDEPLOY:ci-42", $"arn:aws:sts::{owner}:assumed-role/deploy/ci-42", 1, "alice");
        return AuditRecords.Of(scene.Request, scene, response, [new AuditResource("AWS::IAM::Role", $"arn:aws:iam::{owner}:role/deploy")], new SeededEntropy());
    }

    private static AuditEvent Refused(Caller caller, string action, params (string, string)[] parameters) => AuditRecords.OfRefusal(
        Sent(AuditCalls.Request(action, parameters)), caller, Errors.AccessDenied("Not authorized.").Error, null, Now, new SeededEntropy());

    private static ApiRequest Sent(ApiRequest request) => request with { UserAgent = "aws-cli/2", Host = "daypass.example.com", Tls = ("TLSv1.3", "TLS_AES_128_GCM_SHA256") };

    private static AuditEvent Unknown()
    {
        var summary = new RefusalSummary();
        summary.Count(AuditCalls.Request("GetCallerIdentity"), Errors.SignatureDoesNotMatch().Error);
        return summary.Take(Home, Now, new SeededEntropy()).Single();
    }

    private static Caller User()
    {
        var bench = new ActionBench { Now = Now };
        return bench.Caller with { User = bench.Caller.User! with { Name = "alice", Id = "AIDAEXAMPLE" }, UserId = "AIDAEXAMPLE", Principal = Principal.User(Home, $"arn:aws:iam::{Home}:user/alice", "AIDAEXAMPLE") };
    }

    private static Caller Role()
    {
        var role = new Role { Name = "first", Path = "/", Id = "AROAEXAMPLEFIRST", Created = Now, Trust = new TrustPolicy("{}", new Dictionary<string, string>()) };
        return User() with
        {
            Principal = Principal.RoleSession(Home, $"arn:aws:sts::{Home}:assumed-role/first/alice", $"arn:aws:iam::{Home}:role/first", role.Id),
            UserId = "AROAEXAMPLEFIRST:alice",
            AccessKeyId = "ASIAQEXAMPLEEXAMPLE2",
            User = null,
            Role = role,
            Session = Session(SessionKind.AssumedRole) with { SessionName = "alice", SourceIdentity = "alice", Tags = [KeyValuePair.Create("Team", "blue")], TransitiveTagKeys = ["Team"] },
        };
    }

    private static Caller Federated() => User() with
    {
        Principal = Principal.FederatedUser(Home, $"arn:aws:sts::{Home}:federated-user/bob", $"arn:aws:iam::{Home}:user/alice", "AIDAEXAMPLE"),
        UserId = $"{Home}:bob",
        AccessKeyId = "ASIAQEXAMPLEEXAMPLE2",
        Session = Session(SessionKind.FederatedUser) with { SessionName = "bob" },
    };

    private static Caller Root() => User() with
    {
        Principal = Principal.Root(Home), UserId = $"{Home}", AccessKeyId = "ASIAQEXAMPLEEXAMPLE2", User = null, Session = Session(SessionKind.AssumedRoot),
    };

    private static Caller Outside(FederatedIdentity identity) => User() with { Federated = identity, User = null, AccessKeyId = "" };

    private static SessionClaims Session(SessionKind kind) => AuditCalls.Session(new ActionBench { Now = Now }) with { Kind = kind, IssuedAt = Now.AddMinutes(-5) };
}
