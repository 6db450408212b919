using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.InlinePolicies;

/// <summary>Each promise is kept for users, groups and roles alike.</summary>
public sealed class InlinePolicyTests
{
    private const string Deny = """{ "Version": "2012-10-17", "Statement": [ {"Effect":"Deny","Action":"*","Resource":"*"} ] }""";
    private readonly ActionBench _bench = new();

    public InlinePolicyTests()
    {
        _bench.Call("CreateUser", ("UserName", "x"));
        _bench.Call("CreateGroup", ("GroupName", "x"));
        _bench.Put(DocumentKinds.Role, new Role
        {
            Name = "x", Path = "/", Id = "AROAEXAMPLE", Created = _bench.Now,
            Trust = new TrustPolicy("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""", new Dictionary<string, string>()),
        });
    }

    public static TheoryData<string> Holders => new() { "User", "Group", "Role" };

    public static TheoryData<string, int> Sizes => new() { { "User", 2048 }, { "Group", 5120 }, { "Role", 10240 } };

    [Theory, MemberData(nameof(Holders))]
    public void A_policy_is_stored_byte_for_byte(string holder)
    {
        Put(holder, "p", Deny);
        var read = _bench.Call($"Get{holder}Policy", (holder + "Name", "x"), ("PolicyName", "p"));
        Assert.Equal(["x", "p", Deny], read.AsObject().Select(member => member.Value!.GetValue<string>()));
        Assert.Equal(holder + "Name", read.AsObject().First().Key);
    }

    [Theory, MemberData(nameof(Holders))]
    public void Writing_again_replaces_and_deleting_ends_it(string holder)
    {
        Put(holder, "b", Deny);
        Put(holder, "a", Deny);
        Put(holder, "b", OfSize(1000));
        Assert.Equal(["a", "b"], _bench.Call($"List{holder}Policies", (holder + "Name", "x"))["PolicyNames"].Texts());
        _bench.Call($"Delete{holder}Policy", (holder + "Name", "x"), ("PolicyName", "b"));
        Assert.Equal(["a"], _bench.Call($"List{holder}Policies", (holder + "Name", "x"))["PolicyNames"].Texts());
        Assert.Equal($"The {holder.ToLowerInvariant()} policy with name b cannot be found.", Refusal(holder, "Get", "b").Message);
        Assert.Equal($"The {holder.ToLowerInvariant()} policy with name b cannot be found.", Refusal(holder, "Delete", "b").Message);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void All_of_a_holders_policies_together_have_a_limit_that_does_not_count_white_space(string holder, int size)
    {
        Put(holder, "full", OfSize(size).Replace(",", " , \n", StringComparison.Ordinal));
        var refusal = new ApiError("LimitExceeded", 409, $"Maximum policy size of {size} bytes exceeded for {holder.ToLowerInvariant()} x");
        Assert.Equal(refusal, Refusal(holder, "Put", "more", Deny));
        Assert.Equal(refusal, Refusal(holder, "Put", "full", OfSize(size + 1)));
        Put(holder, "full", OfSize(size - 1));
    }

    [Theory, MemberData(nameof(Holders))]
    public void A_holder_that_does_not_exist_is_refused(string holder)
    {
        var refusal = _bench.Refusal($"Put{holder}Policy", (holder + "Name", "none"), ("PolicyName", "p"), ("PolicyDocument", Deny));
        Assert.Equal(new ApiError("NoSuchEntity", 404, $"The {holder.ToLowerInvariant()} with name none cannot be found."), refusal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}}""")]
    public void A_document_that_is_no_identity_policy_is_refused_and_nothing_is_stored(string document)
    {
        Assert.Equal("MalformedPolicyDocument", Refusal("User", "Put", "p", document).Code);
        Assert.Empty(_bench.Home.FindUser("x")!.Inline);
    }

    [Theory]
    [InlineData("PutUserPolicy")]
    [InlineData("DeleteUserPolicy")]
    public void Editing_tells_the_boundary_of_the_one_who_is_edited(string action)
    {
        Put("User", "p", Deny);
        _bench.AsHolderOf("iam:" + action, condition: """{"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}""");
        (string, string)[] call = [("UserName", "x"), ("PolicyName", "p"), ("PolicyDocument", Deny)];
        Assert.Equal("AccessDenied", _bench.Refusal(action, call).Code);
        _bench.Put(DocumentKinds.User, _bench.Home.FindUser("x")! with { Boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess" });
        _bench.Call(action, call);
    }

    private static string OfSize(int size)
    {
        const string Frame = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":["*","arn:aws:s3:::"]}]}""";
        return Frame.Replace(":::", ":::" + new string('x', size - Frame.Length), StringComparison.Ordinal);
    }

    private void Put(string holder, string policy, string document) =>
        _bench.Call($"Put{holder}Policy", (holder + "Name", "x"), ("PolicyName", policy), ("PolicyDocument", document));

    private ApiError Refusal(string holder, string verb, string policy, string document = Deny) =>
        _bench.Refusal($"{verb}{holder}Policy", (holder + "Name", "x"), ("PolicyName", policy), ("PolicyDocument", document));
}
