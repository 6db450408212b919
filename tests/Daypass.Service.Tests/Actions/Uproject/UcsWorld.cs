using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>An account whose administrator speaks the dialect, with a user, a group, a role, a policy and a project, each made by it.</summary>
internal sealed class UcsWorld
{
    public const string Listing = """{"Version":"1", "Statement":[{"Effect":"Allow","Action":["iam:ListUsers"]}]}""";
    public const string UHost = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["uhost:*"],"Resource":["*"]}]}""";
    public const string Trusting = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["ucs:iam::123456789012:root"]}}]}""";
    public const string PolicyUrn = "ucs:iam::123456789012:policy/hosts";
    public const string PolicyArn = "arn:aws:iam::123456789012:policy/hosts";
    public const string Administrator = "ucs:iam::ucs:policy/AdministratorAccess";

    public UcsWorld()
    {
        Call("CreateUser", ("UserName", "alice"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Inactive"));
        Call("CreateGroup", ("GroupName", "team"), ("Description", "各组"));
        Call("CreateRole", ("RoleName", "ops/runner"), ("RolePolicyDocument", Trusting));
        Call("CreateIAMPolicy", ("PolicyName", "hosts"), ("Document", UHost), ("ScopeType", "ScopeRequired"));
        Project = Call("CreateProject", ("ProjectName", "web"))["ProjectId"]!.GetValue<string>();
    }

    public ActionBench Bench { get; } = new();

    /// <summary>The id of the project "web".</summary>
    public string Project { get; }

    public string DefaultProject => Service.Directories.Project.DefaultOf(ActionBench.HomeAccount);

    public User Alice => Bench.Home.FindUser("alice")!;

    public JsonNode Call(string action, params ReadOnlySpan<(string Name, string Value)> parameters) => Bench.CallUcs(action, parameters);

    public ApiError Refusal(string action, params ReadOnlySpan<(string Name, string Value)> parameters) => Bench.RefusalUcs(action, parameters);

    /// <summary>Attaches the policy "hosts" to alice in a project, or (null) for all.</summary>
    public void Bind(string? project, string policy = PolicyUrn) => Call("AttachPoliciesToUser", [("UserName", "alice"), ("PolicyURNs.member.1", policy), .. ScopeOf(project)]);

    public static (string, string)[] ScopeOf(string? project) => project is null ? [("Scope", "Unspecified")] : [("Scope", "Specified"), ("ProjectID", project)];

    /// <summary>Whether alice may do something in a project, or where none is named.</summary>
    public bool May(string action, string? project)
    {
        var context = new RequestContext();
        if (project is not null)
            context.Set(PolicyDocument.ProjectKey, project);
        context = ProjectKeys.WithDefault(context, action, ActionBench.HomeAccount);
        var policies = Bench.Home.PoliciesOf(Alice);
        var principal = Principal.User(ActionBench.HomeAccount, Alice.ArnIn(ActionBench.HomeAccount).ToString(), Alice.Id);
        return PolicyEvaluator.Evaluate(new AccessRequest(principal, action, "*", ActionBench.HomeAccount, context), new PolicySet { Identity = policies.Identity }).IsAllowed;
    }
}
