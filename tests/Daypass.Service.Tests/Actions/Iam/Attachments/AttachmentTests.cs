using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Attachments;

/// <summary>One promise for users, groups and roles alike.</summary>
public sealed class AttachmentTests
{
    private readonly ActionBench _bench = new();

    public AttachmentTests()
    {
        _bench.Call("CreateUser", ("UserName", "one"));
        _bench.Call("CreateGroup", ("GroupName", "one"));
        _bench.Call("CreateRole", ("RoleName", "one"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsListing));
    }

    public static TheoryData<string> Kinds => ["User", "Group", "Role"];

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_attached_is_listed_until_it_is_detached(string kind)
    {
        Attach(kind, Texts.Limits);
        Attach(kind, Texts.Administrator);
        Assert.Equal(
            $$"""{"AttachedPolicies":[{"PolicyName":"AdministratorAccess","PolicyArn":"{{Texts.Administrator}}"},{"PolicyName":"limits","PolicyArn":"{{Texts.Limits}}"}],"IsTruncated":false}""",
            List(kind).ToJsonString());
        _bench.Call($"Detach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Administrator));
        Assert.Equal(["limits"], List(kind)["AttachedPolicies"].Each("PolicyName"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Attaching_twice_is_attaching_once(string kind)
    {
        Attach(kind, Texts.Limits);
        Assert.Null(_bench.Begin($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Limits)).Changes);
        Assert.Single(List(kind)["AttachedPolicies"]!.AsArray());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_list_is_filtered_by_the_policy_s_path_and_paged(string kind)
    {
        _bench.Call("CreatePolicy", ("PolicyName", "deep"), ("Path", "/team/"), ("PolicyDocument", Texts.AllowsListing));
        Attach(kind, "arn:aws:iam::123456789012:policy/team/deep");
        Attach(kind, Texts.Limits);
        Assert.Equal(["deep"], List(kind, ("PathPrefix", "/team/"))["AttachedPolicies"].Each("PolicyName"));
        var page = List(kind, ("MaxItems", "1"));
        Assert.Equal(["deep"], page["AttachedPolicies"].Each("PolicyName"));
        Assert.Equal(["limits"], List(kind, ("Marker", page["Marker"]!.GetValue<string>()))["AttachedPolicies"].Each("PolicyName"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void No_more_than_ten_policies_are_attached(string kind)
    {
        for (var i = 0; i < 10; i++)
        {
            _bench.Call("CreatePolicy", ("PolicyName", "p" + i), ("PolicyDocument", Texts.AllowsListing));
            Attach(kind, "arn:aws:iam::123456789012:policy/p" + i);
        }
        var error = _bench.Refusal($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Limits));
        Assert.Equal(("LimitExceeded", 409, $"Cannot exceed quota for PoliciesPer{kind}: 10"), (error.Code, error.Status, error.Message));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Refusals_have_the_codes_and_texts_of_AWS(string kind)
    {
        var noun = kind.ToLowerInvariant();
        Refused("Attach", "nobody", Texts.Limits, "NoSuchEntity", $"The {noun} with name nobody cannot be found.");
        Refused("Detach", "nobody", Texts.Limits, "NoSuchEntity", $"The {noun} with name nobody cannot be found.");
        Refused("Attach", "one", "arn:aws:iam::123456789012:policy/no", "NoSuchEntity", "Policy arn:aws:iam::123456789012:policy/no does not exist or is not attachable.");
        Refused("Attach", "one", "arn:aws:iam::aws:policy/NoAccess", "NoSuchEntity", "Policy arn:aws:iam::aws:policy/NoAccess does not exist or is not attachable.");
        Refused("Attach", "one", "arn:aws:iam::999999999999:policy/limits", "NoSuchEntity", "Policy arn:aws:iam::999999999999:policy/limits does not exist or is not attachable.");
        Refused("Detach", "one", Texts.Limits, "NoSuchEntity", $"Policy {Texts.Limits} was not found.");
        Refused("Attach", "one", "policy/AdministratorAccess", "ValidationError", "Invalid ARN:  Could not be parsed!");
        Refused("Detach", "one", "arn:aws:iam::123456789012:user/one", "InvalidInput", "ARN arn:aws:iam::123456789012:user/one is not valid.");
        Assert.Equal($"The {noun} with name nobody cannot be found.", _bench.Refusal($"ListAttached{kind}Policies", (kind + "Name", "nobody")).Message);

        void Refused(string verb, string name, string arn, string code, string message)
        {
            var error = _bench.Refusal($"{verb}{kind}Policy", (kind + "Name", name), ("PolicyArn", arn));
            Assert.Equal((code, message), (error.Code, error.Message));
        }
    }

    [Theory]
    [InlineData("User", "user/one")]
    [InlineData("Group", "group/one")]
    [InlineData("Role", "role/one")]
    public void Who_may_only_attach_one_policy_to_one_entity_can_do_only_that(string kind, string resource)
    {
        _bench.AsHolderOf($"iam:Attach{kind}Policy", "arn:aws:iam::123456789012:" + resource, Texts.IfPolicyIsLimits);
        Attach(kind, Texts.Limits);
        Denied($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Administrator));
        Denied($"Attach{kind}Policy", (kind + "Name", "other"), ("PolicyArn", Texts.Limits));
        Denied($"Detach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Limits));
        Denied("CreatePolicyVersion", ("PolicyArn", Texts.Limits), ("PolicyDocument", Texts.AllowsAll), ("SetAsDefault", "true"));
        Denied("AttachUserPolicy", ("UserName", "holder"), ("PolicyArn", Texts.Administrator));
    }

    [Theory]
    [InlineData("User")]
    [InlineData("Role")]
    public void A_condition_on_the_boundary_allows_edits_only_of_those_who_have_it(string kind)
    {
        _bench.AsHolderOf($"iam:*{kind}Policy", "*", Texts.IfBoundaryIsLimits);
        Denied($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Administrator));
        _bench.As(ActionBench.Admin).Call($"Put{kind}PermissionsBoundary", (kind + "Name", "one"), ("PermissionsBoundary", Texts.Limits));
        _bench.As("holder");
        Attach(kind, Texts.Administrator);
        _bench.Call($"Detach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", Texts.Administrator));
    }

    [Fact]
    public void The_trail_names_the_holder_and_the_policy() =>
        Assert.Equal(
            ["AWS::IAM::User arn:aws:iam::123456789012:user/one", $"AWS::IAM::Policy {Texts.Limits}"],
            _bench.Begin("AttachUserPolicy", ("UserName", "one"), ("PolicyArn", Texts.Limits)).Resources.Select(resource => $"{resource.Type} {resource.Name}"));

    [Fact]
    public void Permission_is_asked_on_the_stored_path_not_on_the_name_in_the_request()
    {
        _bench.Call("CreateUser", ("UserName", "boss"), ("Path", "/admins/"));
        _bench.AsHolderOf("iam:AttachUserPolicy", "arn:aws:iam::123456789012:user/boss");
        Denied("AttachUserPolicy", ("UserName", "boss"), ("PolicyArn", Texts.Limits));
    }

    private void Attach(string kind, string arn) => _bench.Call($"Attach{kind}Policy", (kind + "Name", "one"), ("PolicyArn", arn));

    private JsonNode List(string kind, params (string, string)[] more) => _bench.Call($"ListAttached{kind}Policies", [(kind + "Name", "one"), .. more]);

    private void Denied(string action, params (string, string)[] parameters) => Assert.Equal("AccessDenied", _bench.Refusal(action, parameters).Code);
}
