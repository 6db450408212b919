using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Organizations;

public sealed class CreateAccountTests
{
    private readonly ActionBench _bench = new();

    public CreateAccountTests() => _bench.Call("CreateOrganization");

    [Fact]
    public void An_account_is_planned_and_not_yet_made()
    {
        var status = Create();
        Assert.StartsWith("car-", status.Text("Id"));
        Assert.Equal(36, status.Text("Id").Length);
        Assert.Equal(("IN_PROGRESS", "Second"), (status.Text("State"), status.Text("AccountName")));
        Assert.Equal(_bench.Now.ToUnixTimeSeconds(), status["RequestedTimestamp"]!.GetValue<long>());
        Assert.Null(status["AccountId"]);
        Assert.Null(status["CompletedTimestamp"]);
        Assert.Single(_bench.Call("ListAccounts")["Accounts"]!.AsArray());
        var described = _bench.Call("DescribeCreateAccountStatus", ("CreateAccountRequestId", status.Text("Id")))["CreateAccountStatus"]!;
        Assert.Equal(status.ToJsonString(), described.ToJsonString());
    }

    [Fact]
    public void The_plan_holds_all_that_carrying_it_out_takes()
    {
        _bench.Call("CreateAccount", ("Email", "b@example.com"), ("AccountName", "Second"), ("RoleName", "Admins"), ("IamUserAccessToBilling", "DENY"),
            ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue"));
        var plan = Assert.Single(_bench.Installation.Documents.All(DocumentKinds.CreateAccountRequest));
        Assert.Equal(("b@example.com", "Second", "Admins"), (plan.Email, plan.AccountName, plan.RoleName));
        Assert.Equal([new Tag("team", "blue")], plan.Tags);
        Assert.Matches("^[1-9][0-9]{11}$", plan.AccountId);
        Assert.Matches("^AROA[A-Z2-7]{17}$", plan.RoleId);
        Create();
        Assert.Equal("OrganizationAccountAccessRole", _bench.Installation.Documents.All(DocumentKinds.CreateAccountRequest).Single(other => other.Id != plan.Id).RoleName);
    }

    [Fact]
    public void Where_clients_of_uproject_are_served_its_number_is_one_that_they_have_room_for()
    {
        _bench.Settings = new ServiceSettings { HasCompanyAccounts = true };
        Create();
        var plan = Assert.Single(_bench.Installation.Documents.All(DocumentKinds.CreateAccountRequest));
        Assert.Matches("^[0-9]{12}$", plan.AccountId);
        Assert.InRange(long.Parse(plan.AccountId, System.Globalization.CultureInfo.InvariantCulture), 100_000_000, uint.MaxValue);
    }

    [Fact]
    public void Name_and_email_address_stay_out_of_the_trail() =>
        Assert.All(["Email", "AccountName"], name => Assert.Contains(name, new Service.Actions.Organizations.CreateAccount().SecretParameters));

    [Theory]
    [InlineData("Email", null, "INPUT_REQUIRED")]
    [InlineData("Email", "a@b.c", "MIN_LENGTH_EXCEEDED")]
    [InlineData("Email", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com", "MAX_LENGTH_EXCEEDED")]
    [InlineData("Email", "nobody", "INVALID_PATTERN")]
    [InlineData("Email", "a@b@example.com", "INVALID_PATTERN")]
    [InlineData("Email", "a b@example.com", "INVALID_PATTERN")]
    [InlineData("Email", "someone@host", "INVALID_PATTERN")]
    [InlineData("Email", "someone@.com", "INVALID_PATTERN")]
    [InlineData("Email", "someone@host.", "INVALID_PATTERN")]
    [InlineData("Email", "@example.com", "INVALID_PATTERN")]
    [InlineData("AccountName", null, "INPUT_REQUIRED")]
    [InlineData("AccountName", "", "MIN_LENGTH_EXCEEDED")]
    [InlineData("AccountName", "123456789012345678901234567890123456789012345678901", "MAX_LENGTH_EXCEEDED")]
    [InlineData("AccountName", "tab\there", "INVALID_PATTERN")]
    [InlineData("AccountName", "größer", "INVALID_PATTERN")]
    [InlineData("RoleName", "", "MIN_LENGTH_EXCEEDED")]
    [InlineData("RoleName", "a/b", "INVALID_PATTERN")]
    [InlineData("IamUserAccessToBilling", "MAYBE", "INVALID_ENUM")]
    public void A_violation_of_form_says_of_which_kind_it_is(string name, string? value, string reason)
    {
        Dictionary<string, string> parameters = new() { ["Email"] = "b@example.com", ["AccountName"] = "Second" };
        parameters.Remove(name);
        if (value is not null)
            parameters[name] = value;
        var refusal = _bench.Refusal("CreateAccount", parameters.Select(pair => (pair.Key, pair.Value)).ToArray());
        Assert.Equal(("InvalidInputException", reason), (refusal.Code, refusal.Reason));
    }

    [Theory]
    [InlineData("team", "aws:x", "INVALID_SYSTEM_TAGS_PARAMETER")]
    [InlineData("team", "team", "DUPLICATE_TAG_KEY")]
    [InlineData("team", "", "MIN_LENGTH_EXCEEDED")]
    [InlineData("team", "a<b", "INVALID_PATTERN")]
    public void Tags_that_cannot_be_are_refused(string first, string second, string reason) => Assert.Equal(reason, _bench.Refusal(
        "CreateAccount", ("Email", "b@example.com"), ("AccountName", "Second"),
        ("Tags.member.1.Key", first), ("Tags.member.1.Value", "1"), ("Tags.member.2.Key", second), ("Tags.member.2.Value", "2")).Reason);

    [Fact]
    public void A_tag_needs_a_value() => Assert.Equal("INPUT_REQUIRED", _bench.Refusal(
        "CreateAccount", ("Email", "b@example.com"), ("AccountName", "Second"), ("Tags.member.1.Key", "team")).Reason);

    [Fact]
    public void There_are_at_most_fifty_tags()
    {
        List<(string, string)> parameters = [("Email", "b@example.com"), ("AccountName", "Second")];
        parameters.AddRange(Enumerable.Range(1, 50).SelectMany(number => new[] { ($"Tags.member.{number}.Key", $"k{number}"), ($"Tags.member.{number}.Value", "") }));
        _bench.Begin("CreateAccount", parameters.ToArray());
        parameters.AddRange([("Tags.member.51.Key", "k51"), ("Tags.member.51.Value", "")]);
        Assert.Equal("MAX_LENGTH_EXCEEDED", _bench.Refusal("CreateAccount", parameters.ToArray()).Reason);
    }

    [Fact]
    public void Tagging_the_new_account_is_a_right_of_its_own()
    {
        (string, string)[] plain = [("Email", "b@example.com"), ("AccountName", "Second")];
        (string, string)[] tagged = [.. plain, ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue")];
        _bench.AsHolderOf("organizations:CreateAccount").Begin("CreateAccount", plain);
        Assert.Contains("organizations:TagResource", _bench.Refusal("CreateAccount", tagged).Message);
        _bench.AsHolderOf("organizations:*", "*", """{"StringEquals":{"aws:RequestTag/team":"red"}}""");
        Assert.Equal("AccessDenied", _bench.Refusal("CreateAccount", tagged).Code);
        _bench.AsHolderOf("organizations:*", "*", """{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]},"StringEquals":{"aws:RequestTag/team":"blue"}}""");
        _bench.Begin("CreateAccount", tagged);
    }

    [Fact]
    public void Requests_are_listed_by_state_and_in_pages()
    {
        for (var number = 0; number < 25; number++)
            Plan($"car-{number:d32}", number % 5 == 0 ? "FAILED" : number % 2 == 0 ? "SUCCEEDED" : "IN_PROGRESS");
        var first = _bench.Call("ListCreateAccountStatus");
        Assert.Equal(20, first["CreateAccountStatuses"]!.AsArray().Count);
        var second = _bench.Call("ListCreateAccountStatus", ("NextToken", first.Text("NextToken")));
        Assert.Equal(25, first["CreateAccountStatuses"].Each("Id").Concat(second["CreateAccountStatuses"].Each("Id")).Distinct().Count());
        Assert.Null(second["NextToken"]);
        var failed = _bench.Call("ListCreateAccountStatus", ("States.member.1", "FAILED"), ("States.member.2", "SUCCEEDED"), ("MaxResults", "3"));
        Assert.Equal(["FAILED", "SUCCEEDED", "SUCCEEDED"], failed["CreateAccountStatuses"].Each("State"));
        var rest = _bench.Call("ListCreateAccountStatus", ("States.member.1", "FAILED"), ("States.member.2", "SUCCEEDED"), ("NextToken", failed.Text("NextToken")));
        Assert.DoesNotContain("IN_PROGRESS", rest["CreateAccountStatuses"].Each("State"));
    }

    [Fact]
    public void What_became_of_a_request_is_told()
    {
        Plan("car-00000001", "SUCCEEDED");
        Plan("car-00000002", "FAILED");
        var succeeded = _bench.Call("DescribeCreateAccountStatus", ("CreateAccountRequestId", "car-00000001"))["CreateAccountStatus"];
        Assert.Equal("500000000000", succeeded.Text("AccountId"));
        Assert.Equal(_bench.Now.ToUnixTimeSeconds(), succeeded!["CompletedTimestamp"]!.GetValue<long>());
        var failed = _bench.Call("DescribeCreateAccountStatus", ("CreateAccountRequestId", "car-00000002"))["CreateAccountStatus"];
        Assert.Equal("EMAIL_ALREADY_EXISTS", failed.Text("FailureReason"));
        Assert.Null(failed!["AccountId"]);
        Assert.Equal("CreateAccountStatusNotFoundException", _bench.Refusal("DescribeCreateAccountStatus", ("CreateAccountRequestId", "car-00000003")).Code);
    }

    private System.Text.Json.Nodes.JsonNode Create() =>
        _bench.Call("CreateAccount", ("Email", "b@example.com"), ("AccountName", "Second"))["CreateAccountStatus"]!;

    private void Plan(string id, string state) => _bench.Put(DocumentKinds.CreateAccountRequest, new CreateAccountRequest
    {
        Id = id, AccountId = "500000000000", AccountName = "a", Email = "b@example.com", RoleName = "r", RoleId = "AROAEXAMPLE", State = state,
        Requested = _bench.Now, Completed = state == "IN_PROGRESS" ? null : _bench.Now, FailureReason = state == "FAILED" ? "EMAIL_ALREADY_EXISTS" : null,
    });
}
