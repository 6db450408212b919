using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Boundaries;

public sealed class BoundaryTests
{
    private readonly ActionBench _bench = new();

    public BoundaryTests()
    {
        _bench.Call("CreateUser", ("UserName", "one"));
        _bench.Call("CreateRole", ("RoleName", "one"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsListing));
    }

    public static TheoryData<string> Kinds => ["User", "Role"];

    [Theory, MemberData(nameof(Kinds))]
    public void A_boundary_is_shown_until_it_is_deleted(string kind)
    {
        Put(kind, Texts.Limits);
        Assert.Equal($$"""{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"{{Texts.Limits}}"}""", Shown(kind)!.ToJsonString());
        Put(kind, Texts.Administrator);
        Assert.Equal(Texts.Administrator, Shown(kind)!["PermissionsBoundaryArn"]!.GetValue<string>());
        Delete(kind);
        Assert.Null(Shown(kind));
        Delete(kind);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_boundary_limits_from_the_next_call_on(string kind)
    {
        _bench.Call($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Administrator));
        AsOne(kind).Call("ListUsers");
        _bench.As(ActionBench.Admin);
        Put(kind, Texts.Limits);
        Assert.EndsWith("because no permissions boundary allows the iam:ListUsers action", AsOne(kind).Refusal("ListUsers").Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Who_is_limited_cannot_free_itself(string kind)
    {
        const string Fence = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:*PermissionsBoundary","Resource":"*"}]}""";
        _bench.Call("CreatePolicy", ("PolicyName", "fence"), ("PolicyDocument", Fence));
        _bench.Call($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Administrator));
        Put(kind, "arn:aws:iam::123456789012:policy/fence");
        AsOne(kind);
        Assert.Equal("AccessDenied", _bench.Refusal($"Delete{kind}PermissionsBoundary", (kind + "Name", "one")).Code);
        Assert.Equal("AccessDenied", _bench.Refusal($"Put{kind}PermissionsBoundary", (kind + "Name", "one"), ("PermissionsBoundary", Texts.Administrator)).Code);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Refusals_have_the_codes_and_texts_of_AWS(string kind)
    {
        var notFound = $"The {kind.ToLowerInvariant()} with name nobody cannot be found.";
        Refused("nobody", Texts.Limits, "NoSuchEntity", notFound);
        Refused("one", "arn:aws:iam::123456789012:policy/no", "NoSuchEntity", "Scope ARN: arn:aws:iam::123456789012:policy/no does not exist or is not attachable.");
        Refused("one", "arn:aws:iam::999999999999:policy/limits", "NoSuchEntity", "Scope ARN: arn:aws:iam::999999999999:policy/limits does not exist or is not attachable.");
        Refused("one", "arn:aws:iam::123456789012:user/one", "InvalidInput", "ARN arn:aws:iam::123456789012:user/one is not valid.");
        Assert.Equal(notFound, _bench.Refusal($"Delete{kind}PermissionsBoundary", (kind + "Name", "nobody")).Message);

        void Refused(string name, string arn, string code, string message)
        {
            var error = _bench.Refusal($"Put{kind}PermissionsBoundary", (kind + "Name", name), ("PermissionsBoundary", arn));
            Assert.Equal((code, message), (error.Code, error.Message));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Who_may_set_only_one_boundary_can_set_no_other(string kind)
    {
        _bench.AsHolderOf($"iam:Put{kind}PermissionsBoundary", "*", Texts.IfBoundaryIsLimits);
        Assert.Equal("AccessDenied", _bench.Refusal($"Put{kind}PermissionsBoundary", (kind + "Name", "one"), ("PermissionsBoundary", Texts.Administrator)).Code);
        Put(kind, Texts.Limits);
        Assert.Equal("AccessDenied", _bench.Refusal($"Delete{kind}PermissionsBoundary", (kind + "Name", "one")).Code);
    }

    [Theory]
    [InlineData("CreateUser", "UserName", "new")]
    [InlineData("CreateRole", "RoleName", "new", "AssumeRolePolicyDocument", Texts.TrustsAccount)]
    public void Who_may_create_only_under_a_boundary_creates_nobody_without_it(string action, params string[] parameters)
    {
        _bench.AsHolderOf("iam:" + action, "*", Texts.IfBoundaryIsLimits);
        Assert.Equal("AccessDenied", _bench.Refusal(action, parameters.AsPairs()).Code);
        Assert.Equal("AccessDenied", _bench.Refusal(action, [.. parameters.AsPairs(), ("PermissionsBoundary", Texts.Administrator)]).Code);
        _bench.Call(action, [.. parameters.AsPairs(), ("PermissionsBoundary", Texts.Limits)]);
    }

    private ActionBench AsOne(string kind) => kind == "User" ? _bench.As("one") : _bench.AsRole("one");

    private void Put(string kind, string arn) => _bench.Call($"Put{kind}PermissionsBoundary", (kind + "Name", "one"), ("PermissionsBoundary", arn));

    private void Delete(string kind) => _bench.Call($"Delete{kind}PermissionsBoundary", (kind + "Name", "one"));

    private JsonNode? Shown(string kind) => _bench.Call("Get" + kind, (kind + "Name", "one"))[kind]!["PermissionsBoundary"];
}
