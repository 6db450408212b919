using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Attacks;

/// <summary>What the encoded messages of refusals tell, to whom, and what nobody can make them tell.</summary>
public sealed class EncodedDenials
{
    private const string Mark = " Encoded authorization failure message: ";
    private const string MayAssume = """{"Version":"2012-10-17","Statement":[{"Sid":"Own","Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""";
    private const string MayDecode = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:DecodeAuthorizationMessage","Resource":"*"}]}""";
    private static readonly AccountId Other = AccountId.Of(210987654321);
    private static readonly AccountId Third = AccountId.Of(310987654321);
    private static readonly string Role = $"arn:aws:iam::{Other}:role/Target";

    [Fact]
    public async Task A_refusal_is_AWSs_sentence_and_the_message_behind_it_says_why_in_full()
    {
        await using var bench = await StartAsync();
        var alice = await AddUserAsync(bench, PipelineBench.Account, "alice", """{"Version":"2012-10-17","Statement":[{"Sid":"Near","Effect":"Allow","Action":"iam:ListUsers","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}""");
        var (sentence, message) = Split(await bench.CallAsync(alice, "ListUsers"));
        Assert.Equal($"User: {Arn("alice")} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::{PipelineBench.Account}:user/ because no identity-based policy allows the iam:ListUsers action", sentence);
        var decoded = await DecodeAsync(bench, bench.Admin, message);
        Assert.Equal((false, false), (decoded["allowed"]!.GetValue<bool>(), decoded["explicitDeny"]!.GetValue<bool>()));
        Assert.Equal("daypass", decoded["reportedBy"]!["service"]!.GetValue<string>());
        Assert.Equal(Arn("alice"), decoded["context"]!["principal"]!["arn"]!.GetValue<string>());
        Assert.Equal("Near", decoded["trace"]!["nearest"]!["sid"]!.GetValue<string>());
        Assert.Equal("true", decoded["trace"]!["nearest"]!["lacks"]![0]!["found"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Whoever_may_not_decode_is_refused_with_a_message_of_its_own()
    {
        await using var bench = await StartAsync();
        var alice = await AddUserAsync(bench, PipelineBench.Account, "alice", MayAssume);
        var (_, message) = Split(await bench.CallAsync(alice, "ListUsers"));
        var (sentence, second) = Split(await bench.CallAsync(alice, "DecodeAuthorizationMessage", ("EncodedMessage", message)));
        Assert.Contains("is not authorized to perform: sts:DecodeAuthorizationMessage on resource: *", sentence, StringComparison.Ordinal);
        Assert.Equal("sts:DecodeAuthorizationMessage", (await DecodeAsync(bench, bench.Admin, second))["context"]!["action"]!.GetValue<string>());
        var decoder = await AddUserAsync(bench, PipelineBench.Account, "decoder", MayDecode);
        Assert.Equal("iam:ListUsers", (await DecodeAsync(bench, decoder, message))["context"]!["action"]!.GetValue<string>());
    }

    [Fact]
    public async Task For_other_accounts_it_is_no_message_as_garbage_is_none()
    {
        await using var bench = await StartAsync();
        var (stranger, third) = (await AddUserAsync(bench, Other, "stranger", MayDecode), await AddUserAsync(bench, Third, "third", MayDecode));
        var (_, home) = Split(await bench.CallAsync(await AddUserAsync(bench, PipelineBench.Account, "alice", MayAssume), "ListUsers"));
        var (_, between) = Split(await bench.CallAsync("AssumeRole", ("RoleArn", Role), ("RoleSessionName", "ada")));
        var other = new AuthorizationMessageCodec(new KeyRing(SessionTokenCodec.Purpose, [new SealingKey(1, [.. Enumerable.Repeat((byte)8, 32)], SealingKeyState.Active)]));
        var foreign = other.Seal(new AuthorizationMessage(new ExplainedDenial(Other, Other, "{}", null), DateTimeOffset.UtcNow), new byte[24]);
        foreach (var (key, text) in new[] { (stranger, home), (third, home), (third, between), (third, "garbage"), (stranger, foreign), (stranger, home[..^1] + "A"), (stranger, new string('x', 10240)) })
        {
            var error = (await bench.CallAsync(key, "DecodeAuthorizationMessage", ("EncodedMessage", text))).Error!;
            Assert.Equal(("InvalidAuthorizationMessageException", 400, "Message is not valid"), (error.Code, error.Status, error.Message));
        }
        Assert.Equal("ValidationError", (await bench.CallAsync("DecodeAuthorizationMessage", ("EncodedMessage", new string('x', 10241)))).Error!.Code);
        Assert.Equal("ValidationError", (await bench.CallAsync("DecodeAuthorizationMessage")).Error!.Code);
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task Across_accounts_each_side_reads_its_own_policies()
    {
        await using var bench = await StartAsync();
        await PutRoleAsync(bench, """{"Sid":"Hidden","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"EXAMPLE-wanted"}}}""");
        var (sentence, message) = Split(await bench.CallAsync("AssumeRole", ("RoleArn", Role), ("RoleSessionName", "ada"), ("ExternalId", "EXAMPLE-sent")));
        Assert.EndsWith(Role, sentence, StringComparison.Ordinal);
        var caller = (await DecodeAsync(bench, bench.Admin, message)).ToJsonString();
        var owner = (await DecodeAsync(bench, await AddUserAsync(bench, Other, "owner", MayDecode), message)).ToJsonString();
        Assert.Contains("AdministratorAccess", caller, StringComparison.Ordinal);
        Assert.All(["Hidden", "EXAMPLE-wanted", "EXAMPLE-tag"], text => Assert.DoesNotContain(text, caller, StringComparison.Ordinal));
        Assert.DoesNotContain("AdministratorAccess", owner, StringComparison.Ordinal);
        Assert.All(["Hidden", "EXAMPLE-wanted", "EXAMPLE-sent", "EXAMPLE-tag"], text => Assert.Contains(text, owner, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"sts:AssumeRole"}""")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"EXAMPLE-wanted"}}}""")]
    public async Task Whether_a_role_of_another_account_exists_shows_in_nothing(string statement)
    {
        var time = new StoppedTime();
        await using var bench = await PipelineBench.StartAsync(time: time);
        await AddAccountsAsync(bench);
        var (name, value) = ("RoleArn", Role);
        var before = Split(await bench.CallAsync("AssumeRole", (name, value), ("RoleSessionName", "ada")));
        await PutRoleAsync(bench, statement);
        var after = Split(await bench.CallAsync("AssumeRole", (name, value), ("RoleSessionName", "ada")));
        Assert.Equal((before.Sentence, before.Message.Length), (after.Sentence, after.Message.Length));
        Assert.Equal((await DecodeAsync(bench, bench.Admin, before.Message)).ToJsonString(), (await DecodeAsync(bench, bench.Admin, after.Message)).ToJsonString());
        // Nor, by length, to whoever may not decode in the role's own account.
        var insider = await AddUserAsync(bench, Other, "insider", MayAssume);
        var there = Split(await bench.CallAsync(insider, "AssumeRole", (name, value), ("RoleSessionName", "ada")));
        var nowhere = Split(await bench.CallAsync(insider, "AssumeRole", (name, value + "s"), ("RoleSessionName", "ada")));
        Assert.Equal(before.Message.Length, there.Message.Length);
        Assert.Equal(there.Message.Length, nowhere.Message.Length);
    }

    [Fact]
    public async Task Every_refusal_by_policies_carries_its_message()
    {
        await using var bench = await StartAsync();
        var nobody = await AddUserAsync(bench, PipelineBench.Account, "nobody", MayAssume.Replace("Allow", "Deny", StringComparison.Ordinal));
        var refused = 0;
        foreach (var action in new ActionCatalog().All)
        {
            (string, string)[] parameters = [("UserName", "x"), ("RoleName", "x"), ("GroupName", "x"), ("PolicyName", "x"), ("RoleArn", Role), ("RoleSessionName", "ada"), ("EncodedMessage", "x"),
                ("PolicyArn", $"arn:aws:iam::{PipelineBench.Account}:policy/x"), ("Name", "xx"), ("ServiceName", "xx"), ("Region", "us-east-1"), ("AccountId", $"{Other}"), ("Email", "c@example.com"), ("AccountName", "c")];
            if ((await bench.CallAsync(nobody, action.Name, parameters)).Error is not { Code: "AccessDenied" } error || !error.Message.StartsWith("User: ", StringComparison.Ordinal))
                continue;
            refused++;
            Assert.Equal(Arn("nobody"), (await DecodeAsync(bench, bench.Admin, error.Message[(error.Message.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]))["context"]!["principal"]!["arn"]!.GetValue<string>());
        }
        Assert.InRange(refused, 50, int.MaxValue);
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task The_trail_has_the_sentence_and_no_message()
    {
        await using var bench = await StartAsync();
        var (sentence, message) = Split(await bench.CallAsync(await AddUserAsync(bench, PipelineBench.Account, "alice", MayAssume), "ListUsers"));
        await DecodeAsync(bench, bench.Admin, message);
        var trail = await bench.TrailAsync();
        Assert.Equal(sentence, trail.Single(record => record["eventName"]!.GetValue<string>() == "ListUsers")["errorMessage"]!.GetValue<string>());
        Assert.Equal("""{"reason":"noIdentityPolicyAllows","policyType":"identity"}""", trail.Single(record => record["eventName"]!.GetValue<string>() == "ListUsers")["additionalEventData"]!["denial"]!.ToJsonString());
        Assert.DoesNotContain(trail, record => record.ToJsonString().Contains(message, StringComparison.Ordinal));
        Assert.True(trail.Single(record => record["eventName"]!.GetValue<string>() == "DecodeAuthorizationMessage")["readOnly"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_trail_names_the_statement_that_denied_and_nothing_of_another_accounts()
    {
        await using var bench = await StartAsync();
        await PutRoleAsync(bench, """{"Sid":"Hidden","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}""");
        var alice = await AddUserAsync(bench, PipelineBench.Account, "alice", """{"Version":"2012-10-17","Statement":[{"Sid":"Never","Effect":"Deny","Action":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"sts:*","Resource":"*"}]}""");
        await bench.CallAsync(alice, "ListUsers");
        await bench.CallAsync(alice, "AssumeRole", ("RoleArn", Role), ("RoleSessionName", "ada"));
        var trail = await bench.TrailAsync();
        Assert.Equal(
            """{"reason":"explicitDeny","policyType":"identity","policy":"own","statementId":"Never","line":1,"column":37}""",
            trail.Single(record => record["eventName"]!.GetValue<string>() == "ListUsers")["additionalEventData"]!["denial"]!.ToJsonString());
        Assert.Null(trail.Single(record => record["eventName"]!.GetValue<string>() == "AssumeRole")["additionalEventData"]);
    }

    [Fact]
    public async Task An_operator_can_leave_the_messages_out()
    {
        await using var bench = await PipelineBench.StartAsync(settings: new ServiceSettings { HasPlainDenials = true });
        var error = (await bench.CallAsync(await AddUserAsync(bench, PipelineBench.Account, "alice", MayAssume), "ListUsers")).Error!;
        Assert.EndsWith("because no identity-based policy allows the iam:ListUsers action", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_ends_after_a_day_of_policy_time()
    {
        var time = new StoppedTime();
        await using var bench = await PipelineBench.StartAsync(time: time);
        var (_, message) = Split(await bench.CallAsync(await AddUserAsync(bench, PipelineBench.Account, "alice", MayAssume), "ListUsers"));
        time.Now += AuthorizationMessage.Lifetime - TimeSpan.FromSeconds(1);
        await DecodeAsync(bench, bench.Admin, message);
        time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("InvalidAuthorizationMessageException", (await bench.CallAsync("DecodeAuthorizationMessage", ("EncodedMessage", message))).Error!.Code);
    }

    [Fact]
    public async Task A_services_words_stand_under_its_own_name_whatever_it_writes()
    {
        await using var bench = await StartAsync();
        var lease = Explanation(bench, PipelineBench.Account);
        const string forged = """{"allowed":true,"\u0072eportedBy":{"service":"daypass"},"ReportedBy":{"service":"sts"},"reason":"x"}""";
        var decoded = await DecodeAsync(bench, bench.Admin, Seal(lease, PipelineBench.Account, forged));
        Assert.Equal(["allowed", "reason", "reportedBy"], decoded.AsObject().Select(member => member.Key));
        Assert.Equal(("photos", "us-east-1", $"{Other}"), (decoded["reportedBy"]!["service"]!.GetValue<string>(), decoded["reportedBy"]!["region"]!.GetValue<string>(), decoded["reportedBy"]!["account"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"allowed\":true,\"allowed\":false}")]
    [InlineData("{\"reportedBy\":1,\"\\u0072eportedBy\":2}")]
    [InlineData("{\"half\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task A_services_text_that_is_no_object_is_no_message(string text)
    {
        await using var bench = await StartAsync();
        var message = Seal(Explanation(bench, PipelineBench.Account), PipelineBench.Account, text);
        Assert.Equal("InvalidAuthorizationMessageException", (await bench.CallAsync("DecodeAuthorizationMessage", ("EncodedMessage", message))).Error!.Code);
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task A_service_cannot_tell_an_account_of_callers_that_it_has_no_lease_of()
    {
        await using var bench = await StartAsync();
        var message = Seal(Explanation(bench, Third), PipelineBench.Account, "{}");
        Assert.Equal("InvalidAuthorizationMessageException", (await bench.CallAsync("DecodeAuthorizationMessage", ("EncodedMessage", message))).Error!.Code);
    }

    private static LeaseExplanation Explanation(PipelineBench bench, AccountId caller) =>
        bench.Vault.MakeExplanationKey(new MessageOrigin("photos", "us-east-1", Other), caller, DateTimeOffset.UtcNow, new SeededEntropy())!;

    private static string Seal(LeaseExplanation lease, AccountId caller, string text) =>
        lease.Seal(new AuthorizationMessage(new ExplainedDenial(caller, Other, text, text), DateTimeOffset.UtcNow), new byte[24]);

    private static string Arn(string user) => $"arn:aws:iam::{PipelineBench.Account}:user/{user}";

    private static (string Sentence, string Message) Split(ApiAnswer answer)
    {
        Assert.Equal("AccessDenied", answer.Error?.Code);
        var at = answer.Error!.Message.IndexOf(Mark, StringComparison.Ordinal);
        Assert.True(at > 0, answer.Error.Message);
        return (answer.Error.Message[..at], answer.Error.Message[(at + Mark.Length)..]);
    }

    private static async Task<JsonNode> DecodeAsync(PipelineBench bench, (string, string, string?) key, string message)
    {
        var answer = await bench.CallAsync(key, "DecodeAuthorizationMessage", ("EncodedMessage", message));
        Assert.Null(answer.Error);
        return JsonNode.Parse(Shown.Of(answer.Response!)["DecodedMessage"]!.GetValue<string>())!;
    }

    private static async Task<PipelineBench> StartAsync()
    {
        var bench = await PipelineBench.StartAsync();
        await AddAccountsAsync(bench);
        return bench;
    }

    private static async Task AddAccountsAsync(PipelineBench bench)
    {
        foreach (var account in new[] { Other, Third })
            await bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{account}", Name = "Other", Email = $"{account}@example.com", Created = DateTimeOffset.UnixEpoch });
    }

    private static async Task<(string, string, string?)> AddUserAsync(PipelineBench bench, AccountId account, string name, string policy)
    {
        var entropy = new SeededEntropy();
        var user = new User { Name = name, Path = "/", Id = "AIDAEXAMPLE" + name.ToUpperInvariant(), Created = DateTimeOffset.UnixEpoch, Inline = [new InlinePolicy("own", policy)] };
        var key = (Id: $"{name.ToUpperInvariant()}KEYEXAMPLE00001", Secret: name + "SecretEXAMPLE");
        await bench.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey(key.Id, $"{account}"));
        await bench.PutAsync(SetId.Of(account), DocumentKinds.User, user);
        await bench.PutAsync(SetId.Of(account), DocumentKinds.AccessKey, new AccessKey { Id = key.Id, UserId = user.Id, Created = user.Created, SealedSecret = bench.Vault.SealSecret(key.Secret, account, user.Id, key.Id, entropy) });
        return (key.Id, key.Secret, null);
    }

    private static Task PutRoleAsync(PipelineBench bench, string statement) => bench.PutAsync(SetId.Of(Other), DocumentKinds.Role, new Role
    {
        Name = "Target",
        Path = "/",
        Id = "AROAEXAMPLETARGET",
        Created = DateTimeOffset.UnixEpoch,
        MaxSessionDuration = 3600,
        Tags = [new Tag("secret", "EXAMPLE-tag")],
        Trust = new TrustPolicy($$"""{"Version":"2012-10-17","Statement":[{{statement}}]}""", new Dictionary<string, string>()),
    });

    private sealed class StoppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
