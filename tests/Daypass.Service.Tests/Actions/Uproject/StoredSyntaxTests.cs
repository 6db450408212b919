using System.Text;
using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Pipeline.Authentication;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>Beside every stored document stands what it is written in, and everybody who reads it goes by that.</summary>
public sealed class StoredSyntaxTests
{
    private const string Mark = "uproject";
    private const string Listing = """{"Version":"1", "Statement":[{"Effect":"Allow","Action":["iam:ListUsers"]}]}""";
    private const string Trusting = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["ucs:iam::123456789012:root"]}}]}""";
    private const string ManagedArn = "arn:aws:iam::123456789012:policy/listing";
    private readonly StsWorld _world = new();

    private ActionBench Bench => _world.Bench;

    [Fact]
    public void A_document_in_AWSs_syntax_is_stored_as_it_always_was()
    {
        var role = new Role { Name = "r", Path = "/", Id = "AROAEXAMPLE", Created = DateTimeOffset.UnixEpoch, Trust = new TrustPolicy("t", new Dictionary<string, string>()), Inline = [new InlinePolicy("i", "d")] };
        var text = Encoding.UTF8.GetString(DocumentKinds.Role.Write(role));
        Assert.Contains("""  "trust":{"document":"t","bindings":{}}  """.Trim(), text, StringComparison.Ordinal);
        Assert.Contains("""  "inline":[{"name":"i","document":"d"}]  """.Trim(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attached_inline_and_boundary_are_read_in_their_own_syntax()
    {
        Holder(user => user with { Inline = [new InlinePolicy("own", Listing, Mark)] });
        AssertLists();
        Manage(Mark);
        Holder(user => user with { Attached = [ManagedArn] });
        AssertLists();
        Holder(user => user with { Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"], Boundary = ManagedArn });
        AssertLists();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("klingon")]
    [InlineData("uproject:arn")]
    [InlineData("uproject:")]
    public void A_document_beside_which_a_wrong_mark_stands_denies_everything(string? mark)
    {
        Holder(user => user with { Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"], Inline = [new InlinePolicy("own", Listing, mark)] });
        Assert.Equal("AccessDenied", Bench.As("holder").Refusal("ListUsers").Code);
        Assert.Equal("AccessDenied", Bench.Refusal("CreateUser", ("UserName", "x")).Code);
    }

    [Fact]
    public void One_text_in_two_syntaxes_is_two_documents()
    {
        var text = new string("""{"Statement":[{"Effect":"Allow","Action":"iam:ListUsers","Resource":"ucs:iam::123456789012:user/*"}]}""");
        var (aws, other, brand) = (CompiledPolicies.Get(text, PolicyType.Session, null), CompiledPolicies.Get(text, PolicyType.Session, Mark), CompiledPolicies.Get(text, PolicyType.Session, "uproject:acme"));
        Assert.NotNull(aws.Fault);
        Assert.Null(other.Fault);
        Assert.NotNull(brand.Fault);
        Assert.Same(other, CompiledPolicies.Get(text, PolicyType.Session, Mark));
    }

    [Fact]
    public void A_URN_prefix_stays_what_it_was_when_the_document_was_written()
    {
        Assert.Equal("acme", PolicySyntax.FromMark("uproject:acme")!.UrnPrefix);
        Assert.Equal("uproject:acme", PolicySyntax.FromMark("uproject:acme")!.Mark);
        Holder(user => user with { Inline = [new InlinePolicy("own", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["iam:ListUsers"],"Resource":["acme:iam::123456789012:user/*"]}]}""", "uproject:acme")] });
        AssertLists();
    }

    [Fact]
    public void AWSs_actions_show_the_document_byte_for_byte_and_replace_it_by_one_of_AWSs()
    {
        Manage(Mark);
        _world.AddRole("theirs");
        Bench.Put(DocumentKinds.Role, Bench.Home.FindRole("theirs")! with { Trust = new TrustPolicy(Trusting, new Dictionary<string, string>(), Mark), Inline = [new InlinePolicy("own", Listing, Mark)] });
        Bench.As("admin");
        Assert.Equal(Listing, Bench.Call("GetPolicyVersion", ("PolicyArn", ManagedArn), ("VersionId", "v1"))["PolicyVersion"]!["Document"]!.GetValue<string>());
        Assert.Equal(Listing, Bench.Call("GetRolePolicy", ("RoleName", "theirs"), ("PolicyName", "own"))["PolicyDocument"]!.GetValue<string>());
        Assert.Equal(Trusting, Bench.Call("GetRole", ("RoleName", "theirs"))["Role"]!["AssumeRolePolicyDocument"]!.GetValue<string>());
        _world.Go("theirs");

        Bench.As("admin").Call("UpdateAssumeRolePolicy", ("RoleName", "theirs"), ("PolicyDocument", StsWorld.Trust()));
        Bench.Call("PutRolePolicy", ("RoleName", "theirs"), ("PolicyName", "own"), ("PolicyDocument", StsWorld.Allow("iam:ListUsers")));
        Bench.Call("CreatePolicyVersion", ("PolicyArn", ManagedArn), ("PolicyDocument", StsWorld.Allow("iam:ListUsers")), ("SetAsDefault", "true"));
        var role = Bench.Home.FindRole("theirs")!;
        Assert.Equal((null, null), (role.Trust.Syntax, Assert.Single(role.Inline).Syntax));
        Assert.Equal([Mark, null], Bench.Home.FindOwnPolicy(ManagedArn)!.Versions.Select(version => version.Syntax));
        Bench.As("alice");
        _world.Go("theirs");
        Bench.Call("ListUsers");
    }

    [Fact]
    public void What_AWSs_actions_refuse_is_the_other_syntax()
    {
        _world.AddRole("mine");
        Bench.As("admin");
        Assert.Equal("MalformedPolicyDocument", Bench.Refusal("UpdateAssumeRolePolicy", ("RoleName", "mine"), ("PolicyDocument", Trusting)).Code);
        Assert.Equal("MalformedPolicyDocument", Bench.Refusal("PutRolePolicy", ("RoleName", "mine"), ("PolicyName", "p"), ("PolicyDocument", Listing)).Code);
        Assert.Equal("MalformedPolicyDocument", Bench.Refusal("CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Listing)).Code);
    }

    [Fact]
    public void A_renamed_principal_shows_as_a_URN_and_one_that_is_gone_as_its_id()
    {
        const string trust = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":["ucs:iam::123456789012:user/alice","arn:aws:iam::123456789012:user/admin"]}]}""";
        _world.AddRole("theirs");
        Bench.As("admin").Call("CreateUser", ("UserName", "gone"));
        var bindings = new Dictionary<string, string> { ["arn:aws:iam::123456789012:user/alice"] = _world.Alice.Id, ["arn:aws:iam::123456789012:user/admin"] = Bench.Home.FindUser("gone")!.Id };
        var id = bindings["arn:aws:iam::123456789012:user/admin"];
        Bench.Put(DocumentKinds.Role, Bench.Home.FindRole("theirs")! with { Trust = new TrustPolicy(trust, bindings, Mark) });
        Bench.Call("UpdateUser", ("UserName", "alice"), ("NewUserName", "eve"), ("NewPath", "/x/"));
        Bench.Call("DeleteUser", ("UserName", "gone"));
        var shown = Bench.Call("GetRole", ("RoleName", "theirs"))["Role"]!["AssumeRolePolicyDocument"]!.GetValue<string>();
        Assert.Equal(trust.Replace("user/alice", "user/x/eve", StringComparison.Ordinal).Replace("arn:aws:iam::123456789012:user/admin", id, StringComparison.Ordinal), shown);
    }

    [Fact]
    public void A_session_policy_keeps_its_syntax_in_the_token_and_narrows()
    {
        _world.AddRole("theirs", identity: StsWorld.Allow("*"));
        var role = Bench.Home.FindRole("theirs")!;
        Bench.As(home => Callers.OfSession(home, "ASIAQEXAMPLEEXAMPLE2", new SessionClaims
        {
            Kind = SessionKind.AssumedRole, Account = home.Account, PrincipalId = role.Id, SessionName = "s", SecretAccessKey = "EXAMPLE",
            IssuedAt = Bench.Now, ExpiresAt = Bench.Now.AddHours(1), Policy = Listing, PolicySyntax = Mark,
        })!);
        Bench.Call("ListUsers");
        Assert.Equal("AccessDenied", Bench.Refusal("ListRoles").Code);
    }

    [Fact]
    public void A_lease_says_what_its_slices_are_written_in()
    {
        var (policy, aws) = (new Policy(PolicyDocument.ReadStored(Listing, PolicyType.Identity, Mark), "p", null), new Policy(PolicyDocument.Parse(StsWorld.Allow("*"), PolicyType.Identity), "q", null));
        Assert.Equal((Mark, null), (LeaseBuilderOf(policy).Syntax, LeaseBuilderOf(aws).Syntax));
        Assert.Null(PolicyDocument.ReadStored(LeaseBuilderOf(policy).Document, PolicyType.Identity, LeaseBuilderOf(policy).Syntax).Fault);
    }

    private static LeasePolicy LeaseBuilderOf(Policy policy) => Service.Actions.Daypass.LeaseBuilder.Slice(policy, "iam");

    private void AssertLists()
    {
        Bench.As("holder").Call("ListUsers");
        Assert.Equal("AccessDenied", Bench.Refusal("ListRoles").Code);
    }

    private void Manage(string? syntax) => Bench.Put(DocumentKinds.Policy, new ManagedPolicy
    {
        Name = "listing", Path = "/", Id = "ANPAEXAMPLE", Created = Bench.Now, Updated = Bench.Now, DefaultVersion = "v1",
        Versions = [new PolicyVersion("v1", Bench.Now, Listing, syntax)],
    });

    private void Holder(Func<User, User> change) =>
        Bench.Put(DocumentKinds.User, change(new User { Name = "holder", Path = "/", Id = "AIDAEXAMPLE", Created = Bench.Now }));
}
