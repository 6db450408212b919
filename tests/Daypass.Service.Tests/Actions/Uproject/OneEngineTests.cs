using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>
/// Two APIs, one engine: what one makes the other uses, and a Deny in either syntax, under the name of either API, holds in both for every operation
/// that both have.
/// </summary>
public sealed class OneEngineTests
{
    private readonly UcsWorld _world = new();

    /// <summary>Every operation that both APIs have: how each is called, and under which names a policy may forbid it.</summary>
    private static readonly Pair[] Pairs =
    [
        new("CreateUser", "CreateUser", [("UserName", "new")], [("UserName", "new"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Inactive")]),
        new("GetUser", "GetUser", [("UserName", "alice")]),
        new("ListUsers", "ListUsers", []),
        new("UpdateUser", "UpdateUser", [("UserName", "alice"), ("NewUserName", "eve")]),
        new("DeleteUser", "DeleteUser", [("UserName", "alice")]),
        new("ListMFADevices", "GetUserMFAInfo", [("UserName", "alice")]),
        new("GetLoginProfile", "GetLoginProfile", [("UserName", "alice")]) { IsAbsentInAws = true },
        new("CreateAccessKey", "CreateAccessKey", [("UserName", "alice")]),
        new("ListAccessKeys", "ListAccessKeys", [("UserName", "alice")]),
        new("UpdateAccessKey", "UpdateAccessKey", [("UserName", "keeper"), ("AccessKeyId", "AKIAQEXAMPLEEXAMPLE7"), ("Status", "Inactive")], [("AccessKeyID", "AKIAQEXAMPLEEXAMPLE7"), ("Status", "Inactive")]),
        new("DeleteAccessKey", "DeleteAccessKey", [("UserName", "keeper"), ("AccessKeyId", "AKIAQEXAMPLEEXAMPLE7")], [("AccessKeyID", "AKIAQEXAMPLEEXAMPLE7")]),
        new("CreateGroup", "CreateGroup", [("GroupName", "new")]),
        new("UpdateGroup", "UpdateGroup", [("GroupName", "team")]),
        new("GetGroup", "GetGroup", [("GroupName", "team")]),
        new("GetGroup", "ListUsersForGroup", [("GroupName", "team")]),
        new("ListGroups", "ListGroups", []),
        new("DeleteGroup", "DeleteGroup", [("GroupName", "team")]),
        new("AddUserToGroup", "AddUserToGroup", [("GroupName", "team"), ("UserName", "alice")]),
        new("RemoveUserFromGroup", "RemoveUserFromGroup", [("GroupName", "crew"), ("UserName", "keeper")]),
        new("CreateRole", "CreateRole", [("RoleName", "new"), ("AssumeRolePolicyDocument", Iam.Texts.TrustsAccount)], [("RoleName", "new"), ("RolePolicyDocument", UcsWorld.Trusting)]),
        new("GetRole", "GetRole", [("RoleName", "plain")]),
        new("ListRoles", "ListRoles", []),
        new("DeleteRole", "DeleteRole", [("RoleName", "plain")]),
        new("UpdateRole", "UpdateRole", [("RoleName", "plain"), ("Description", "d")]),
        new("UpdateAssumeRolePolicy", "UpdateRole", [("RoleName", "plain"), ("PolicyDocument", Iam.Texts.TrustsAccount)], [("RoleName", "plain"), ("RolePolicyDocument", UcsWorld.Trusting)]) { TheirNames = [] },
        new("CreatePolicy", "CreateIAMPolicy", [("PolicyName", "new"), ("PolicyDocument", Iam.Texts.AllowsAll)], [("PolicyName", "new"), ("Document", UcsWorld.UHost)]),
        new("GetPolicy", "GetIAMPolicy", [("PolicyArn", UcsWorld.PolicyArn)], [("PolicyURN", UcsWorld.PolicyUrn)]),
        new("GetPolicyVersion", "GetIAMPolicy", [("PolicyArn", UcsWorld.PolicyArn), ("VersionId", "v1")], [("PolicyURN", UcsWorld.PolicyUrn)]),
        new("GetPolicyVersion", "ListPolicies", [("PolicyArn", UcsWorld.PolicyArn), ("VersionId", "v1")], [("Owner", "User")]) { TheirNames = [] },
        new("ListPolicies", "ListPolicies", [], [("Owner", "UCS")]),
        new("CreatePolicyVersion", "UpdateIAMPolicy", [("PolicyArn", UcsWorld.PolicyArn), ("PolicyDocument", Iam.Texts.AllowsAll)], [("PolicyURN", UcsWorld.PolicyUrn), ("Document", UcsWorld.UHost)]),
        new("DeletePolicy", "DeleteIAMPolicy", [("PolicyArn", "arn:aws:iam::123456789012:policy/spare")], [("PolicyURN", "ucs:iam::123456789012:policy/spare")]),
        new("ListEntitiesForPolicy", "ListEntitiesForPolicy", [("PolicyArn", UcsWorld.PolicyArn)], [("PolicyURN", UcsWorld.PolicyUrn)]),
        .. BindingPairs("User", "UserName", "alice", "keeper"),
        .. BindingPairs("Group", "GroupName", "team", "crew"),
        .. BindingPairs("Role", "RoleName", "plain", "bound"),
        new("AssumeRole", "AssumeRole", [("RoleArn", "arn:aws:iam::123456789012:role/plain"), ("RoleSessionName", "s1")], [("RoleUrn", "ucs:iam::123456789012:role/plain"), ("RoleSessionName", "s1")]) { Service = "sts" },
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Pairs.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void A_Deny_holds_in_both_under_either_name_in_either_syntax(int number)
    {
        var pair = Pairs[number];
        Furnish();
        foreach (var (name, isUcs) in pair.Forbidding)
        {
            Deny(name, isUcs);
            Assert.Equal("AccessDenied", Attempt(() => _world.Bench.Call(pair.Aws, pair.AwsParameters)));
            Assert.Equal("AccessDenied", Attempt(() => _world.Call(pair.Ucs, pair.UcsParameters)));
        }
        Deny("iam:NothingOfTheKind", isUcs: true);
        if (!pair.IsAbsentInAws)
            Assert.NotEqual("AccessDenied", Attempt(() => _world.Bench.Begin(pair.Aws, pair.AwsParameters)));
        Assert.Null(Attempt(() => _world.Call(pair.Ucs, pair.UcsParameters)));
    }

    [Theory]
    [InlineData("UpdateRole", "RolePolicyDocument", UcsWorld.Trusting)]
    [InlineData("UpdateRole", "Description", "d")]
    [InlineData("UpdateLoginProfile", "Status", "Active")]
    [InlineData("CreateLoginProfile", "Status", "Active")]
    public void What_an_action_does_by_another_parameter_is_forbidden_with_it(string name, string parameter, string value)
    {
        Furnish();
        foreach (var isUcs in (bool[])[true, false])
        {
            Deny("iam:" + name, isUcs);
            (string, string)[] parameters = [(parameter == "Status" ? "UserName" : "RoleName", parameter == "Status" ? "alice" : "plain"), (parameter, value)];
            Assert.Equal("AccessDenied", Attempt(() => _world.Call(parameter == "Status" ? "UpdateLoginProfile" : "UpdateRole", parameters)));
        }
    }

    [Theory]
    [InlineData("iam:DeletePolicy")]
    [InlineData("iam:CreatePolicy")]
    [InlineData("iam:UpdateIAMPolicyName")]
    public void Another_name_for_a_policy_is_its_end_there_and_a_new_one_elsewhere(string denied)
    {
        Furnish();
        foreach (var isUcs in (bool[])[true, false])
        {
            Deny(denied, isUcs);
            Assert.Equal("AccessDenied", Attempt(() => _world.Call("UpdateIAMPolicyName", ("PolicyURN", "ucs:iam::123456789012:policy/spare"), ("PolicyName", "other"))));
            Assert.NotNull(_world.Bench.Home.FindPolicy("arn:aws:iam::123456789012:policy/spare"));
        }
        Deny("iam:NothingOfTheKind", isUcs: true);
        Assert.Null(Attempt(() => _world.Call("UpdateIAMPolicyName", ("PolicyURN", "ucs:iam::123456789012:policy/spare"), ("PolicyName", "other"))));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void An_Allow_of_the_operation_is_enough_in_both(int number)
    {
        var pair = Pairs[number];
        Furnish();
        Put("holder", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{string.Join(',', pair.Needed.Select(name => $"\"{name}\""))}}],"Resource":"*"}]}""", null);
        _world.Bench.As("holder");
        Assert.Null(Attempt(() => _world.Call(pair.Ucs, pair.UcsParameters)));
    }

    [Fact]
    public void Every_action_of_the_dialect_is_in_the_table_or_known_not_to_have_a_pair()
    {
        string[] own = [.. Own.Select(each => each.Action), "GetProjectList", "GetRegion", "GetUserInfo"];
        Assert.Equal(new ActionCatalog().Uproject.All.Select(action => action.Name).Order(), Pairs.Select(pair => pair.Ucs).Concat(own).Distinct().Order());
    }

    /// <summary>
    /// Over both catalogues: a call of the dialect asks for nothing that has another name in AWS's API, so that a Deny written for the one cannot be passed by through the
    /// other; and where AWS has an operation of the call's own name, for that.
    /// </summary>
    [Fact]
    public void Every_call_asks_by_the_names_that_AWS_s_API_asks_by_or_by_one_that_only_this_dialect_has()
    {
        Furnish();
        var catalog = new ActionCatalog();
        var aws = catalog.All.Select(action => $"{action.Service.Name}:{action.Name}").ToHashSet();
        // AWS's IAM has these; here they are done through the dialect only.
        string[] logins = ["iam:CreateLoginProfile", "iam:DeleteLoginProfile", "iam:GetLoginProfile", "iam:UpdateLoginProfile"];
        foreach (var (action, parameters) in Pairs.Select(pair => (pair.Ucs, pair.UcsParameters)).Concat(Own).Append(("CreateUser", [("UserName", "other"), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Active")])))
        {
            _world.Bench.As(action == "AssumeRole" ? "keeper" : "admin");
            Attempt(() => _world.Bench.Begin(catalog.Uproject.Find(action)!, parameters));
            var asked = _world.Bench.Asked.Select(permission => permission.Action).ToArray();
            Assert.NotEmpty(asked);
            var own = $"{catalog.Uproject.Find(action)!.Service.Name}:{action}";
            Assert.All(asked, name => Assert.True(aws.Contains(name) || logins.Contains(name) || (name == own && Own.Any(each => each.Action == action)), $"{action} asks for {name}"));
            Assert.True(!aws.Contains(own) || asked.Contains(own), $"{action} does not ask for what AWS calls by its name");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_role_of_either_API_is_assumed_through_the_other_and_the_session_calls_both(bool isMadeInAws)
    {
        if (isMadeInAws)
            _world.Bench.Call("CreateRole", ("RoleName", "made"), ("AssumeRolePolicyDocument", Iam.Texts.TrustsAccount));
        else
            _world.Call("CreateRole", ("RoleName", "made"), ("RolePolicyDocument", UcsWorld.Trusting));
        _world.Call("AttachPoliciesToRole", [("RoleName", "made"), ("PolicyURNs.member.1", "ucs:iam::ucs:policy/IAMReadOnlyAccess"), .. UcsWorld.ScopeOf(null)]);
        Furnish();
        var aws = _world.Bench.As("keeper").Call("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/made"), ("RoleSessionName", "s1"))["Credentials"]!;
        var ucs = _world.Call("AssumeRole", ("RoleUrn", "ucs:iam::123456789012:role/made"), ("RoleSessionName", "s1"))["Credentials"]!;
        foreach (var (id, token) in new[] { (aws["AccessKeyId"]!.GetValue<string>(), aws["SessionToken"]!.GetValue<string>()), (ucs["AccessKeyId"]!.GetValue<string>(), ucs["SecurityToken"]!.GetValue<string>()) })
        {
            _world.Bench.As(home => Pipeline.Authentication.Callers.OfSession(home, id, _world.Bench.Vault.OpenSession(token, id)!)!);
            _world.Bench.Call("ListUsers");
            _world.Call("ListUsers");
            Assert.Equal("AccessDenied", _world.Bench.Refusal("CreateUser", ("UserName", "x")).Code);
            Assert.Equal("AccessDenied", _world.Refusal("CreateGroup", ("GroupName", "x")).Code);
        }
        _world.Bench.As("admin");
    }

    /// <summary>What this dialect alone has.</summary>
    private static readonly (string Action, (string, string)[] Parameters)[] Own =
    [
        ("CreateProject", [("ProjectName", "new")]),
        ("DeleteProject", [("ProjectID", "org-any")]),
        ("ListEntitiesForProject", [("ProjectID", "org-any")]),
        ("ListProjects", []),
        ("ModifyProject", [("ProjectId", "org-any"), ("ProjectName", "other")]),
        ("RemoveUserFromProject", [("UserName", "alice"), ("ProjectID", "org-any")]),
        ("UpdateIAMPolicyName", [("PolicyURN", UcsWorld.PolicyUrn), ("PolicyName", "other")]),
        ("UpdateLoginProfile", [("UserName", "alice"), ("Status", "Active")]),
    ];

    [Fact]
    public void Who_has_no_permission_is_refused_by_every_action_before_anything_else_is_told_and_changes_nothing()
    {
        Furnish();
        Put("nobody", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["s3:*"]}]}""", "uproject");
        _world.Bench.As("nobody");
        var before = _world.Bench.Home.Documents.Position;
        foreach (var (action, parameters) in Pairs.Select(pair => (pair.Ucs, pair.UcsParameters)).Concat(Own))
            Assert.Equal((action, "AccessDenied"), (action, _world.Refusal(action, parameters).Code));
        // Whether something exists is nobody's business either.
        foreach (var action in (string[])["GetUser", "DeleteUser", "GetLoginProfile", "ListAccessKeys"])
            Assert.Equal("AccessDenied", _world.Refusal(action, ("UserName", "gone")).Code);
        Assert.Equal(before, _world.Bench.Home.Documents.Position);
    }

    private static Pair[] BindingPairs(string kind, string parameter, string free, string bound)
    {
        (string, string)[] aws = [("PolicyArn", UcsWorld.PolicyArn)], ucs = [("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Unspecified")];
        return
        [
            new($"Attach{kind}Policy", $"AttachPoliciesTo{kind}", [(parameter, free), .. aws], [(parameter, free), .. ucs]),
            new($"Detach{kind}Policy", $"DetachPoliciesFrom{kind}", [(parameter, bound), .. aws], [(parameter, bound), .. ucs]),
            new($"ListAttached{kind}Policies", $"ListPoliciesFor{kind}", [(parameter, bound)]),
        ];
    }

    // What the operations work on, and who tries them: keeper, with a key, in a group that has a policy.
    private void Furnish()
    {
        var bench = _world.Bench;
        _world.Call("CreateIAMPolicy", ("PolicyName", "spare"), ("Document", UcsWorld.UHost));
        bench.Call("CreateUser", ("UserName", "keeper"));
        bench.Call("CreateGroup", ("GroupName", "crew"));
        bench.Call("AddUserToGroup", ("UserName", "keeper"), ("GroupName", "crew"));
        bench.Call("CreateRole", ("RoleName", "plain"), ("AssumeRolePolicyDocument", Iam.Texts.TrustsAccount));
        bench.Call("CreateRole", ("RoleName", "bound"), ("AssumeRolePolicyDocument", Iam.Texts.TrustsAccount));
        var keeper = bench.Home.FindUser("keeper")!;
        bench.Put(DocumentKinds.AccessKey, new AccessKey { Id = "AKIAQEXAMPLEEXAMPLE7", UserId = keeper.Id, Created = bench.Now, SealedSecret = [] });
        bench.Put(DocumentKinds.User, keeper with { Attached = [UcsWorld.PolicyArn, "arn:aws:iam::aws:policy/AdministratorAccess"] });
        bench.Put(DocumentKinds.Group, bench.Home.FindGroup("crew")! with { Attached = [UcsWorld.PolicyArn] });
        bench.Put(DocumentKinds.Role, bench.Home.FindRole("bound")! with { Attached = [UcsWorld.PolicyArn] });
    }

    private void Deny(string name, bool isUcs)
    {
        var (version, mark) = isUcs ? ("1", "uproject") : ("2012-10-17", null);
        Put("denied", $$"""{"Version":"{{version}}","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":["{{name}}"],"Resource":"*"}]}""", mark);
        _world.Bench.As("denied");
    }

    private void Put(string name, string policy, string? mark) =>
        _world.Bench.Put(DocumentKinds.User, new User { Name = name, Path = "/", Id = "AIDA" + name.ToUpperInvariant(), Created = _world.Bench.Now, Inline = [new InlinePolicy("only", policy, mark)] });

    private static string? Attempt(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (ApiException refusal)
        {
            return refusal.Error.Code;
        }
    }

    private sealed record Pair(string Aws, string Ucs, (string, string)[] AwsParameters, (string, string)[]? Theirs = null)
    {
        public string Service { get; init; } = "iam";

        /// <summary>AWS's API has it, and never anything to show.</summary>
        public bool IsAbsentInAws { get; init; }

        /// <summary>Under which names of its own a policy in uproject's syntax forbids AWS's operation.</summary>
        public string[] TheirNames { get; init; } = [Ucs];

        public (string, string)[] UcsParameters => Theirs ?? AwsParameters;

        /// <summary>AWS's name in both syntaxes, and uproject's name in its own.</summary>
        public IEnumerable<(string Name, bool IsUcs)> Forbidding =>
            [($"{Service}:{Aws}", false), ($"{Service}:{Aws}", true), .. TheirNames.Select(name => ($"{Service}:{name}", true)), .. TheirNames.Select(name => ($"{Service}:{name[..^2]}*", true))];

        /// <summary>AWS's names of all that one call of uproject's does.</summary>
        public string[] Needed => Ucs switch
        {
            "GetIAMPolicy" => ["iam:GetPolicy", "iam:GetPolicyVersion"],
            "ListPolicies" => ["iam:ListPolicies", "iam:GetPolicyVersion"],
            "UpdateRole" => ["iam:UpdateRole", $"iam:{Aws}"],
            _ => [$"{Service}:{Aws}"],
        };
    }
}
