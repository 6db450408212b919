using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>An account whose user alice may do everything in STS, and roles that she can go through.</summary>
internal sealed class StsWorld
{
    public const string Everything = """["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity","sts:SetContext"]""";

    public StsWorld()
    {
        Bench.Call("CreateUser", ("UserName", "alice"));
        Bench.Put(DocumentKinds.User, Alice with { Inline = [new InlinePolicy("sts", Allow("sts:*"))] });
        // What the bench signs with: sessions of hers live as long as it does.
        Bench.Put(DocumentKinds.AccessKey, Key);
        Bench.As("alice");
    }

    public ActionBench Bench { get; } = new();

    public AccessKey Key => new() { Id = "AKIAQEXAMPLEEXAMPLE2", UserId = Alice.Id, Created = Bench.Now, SealedSecret = [] };

    public User Alice => Bench.Home.FindUser("alice")!;

    public static string ArnOf(string role) => $"arn:aws:iam::{ActionBench.HomeAccount}:role/{role}";

    public static string Allow(string action, string condition = "{}") =>
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"*","Condition":{{condition}} } }""";

    public static string Trust(string actions = Everything, string condition = "{}") => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{ActionBench.HomeAccount}}"},"Action":{{actions}},"Condition":{{condition}} } }
        """;

    /// <summary>A role that its account may assume, and that may assume others.</summary>
    public StsWorld AddRole(string name, string? trust = null, string? identity = null, params Tag[] tags)
    {
        Bench.Put(DocumentKinds.Role, new Role
        {
            Name = name,
            Path = "/",
            Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
            Created = Bench.Now,
            Trust = new TrustPolicy(trust ?? Trust(), new Dictionary<string, string>()),
            MaxSessionDuration = 43200,
            Tags = tags,
            Inline = [new InlinePolicy("rights", identity ?? Allow("sts:*"))],
        });
        return this;
    }

    public JsonNode Assume(string role, params (string, string)[] more) => Bench.Call("AssumeRole", [.. Parameters(role), .. more]);

    /// <summary>Assumes a role, and calls with its session from here on.</summary>
    public StsWorld Go(string role, params (string, string)[] more)
    {
        Bench.AsSession(Assume(role, more)["Credentials"]!);
        return this;
    }

    public ApiError Refusal(string role, params (string, string)[] more) => Bench.Refusal("AssumeRole", [.. Parameters(role), .. more]);

    /// <summary>The condition keys that a session of these credentials brings to every call.</summary>
    public Dictionary<string, string?> KeysOf(JsonNode response) =>
        RequestKeys.OfCaller(Bench.CallerOf(response["Credentials"]!), Bench.Now).All.ToDictionary(key => key.Key, key => key.Value.Single, StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, string?> TagsOf(JsonNode response) =>
        KeysOf(response).Where(key => key.Key.StartsWith("aws:PrincipalTag/", StringComparison.Ordinal)).ToDictionary(key => key.Key["aws:PrincipalTag/".Length..], key => key.Value);

    public static (string, string)[] Tags(params (string Key, string Value)[] tags) =>
        [.. tags.SelectMany((tag, i) => new[] { ($"Tags.member.{i + 1}.Key", tag.Key), ($"Tags.member.{i + 1}.Value", tag.Value) })];

    public static (string, string)[] Transitive(params string[] keys) => [.. keys.Select((key, i) => ($"TransitiveTagKeys.member.{i + 1}", key))];

    private static (string, string)[] Parameters(string role) => [("RoleArn", ArnOf(role)), ("RoleSessionName", "session")];
}
