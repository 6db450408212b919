using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Organizations;

public sealed class OrganizationTests
{
    private const string Management = "123456789012";
    private static readonly AccountId Member = AccountId.Of(210987654321);
    private static readonly AccountId Other = AccountId.Of(333333333333);
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData(null, "ALL")]
    [InlineData("ALL", "ALL")]
    [InlineData("CONSOLIDATED_BILLING", "CONSOLIDATED_BILLING")]
    public void An_organization_is_made_with_the_feature_set_that_was_asked_for(string? asked, string expected)
    {
        var made = (asked is null ? _bench.Call("CreateOrganization") : _bench.Call("CreateOrganization", ("FeatureSet", asked)))["Organization"]!;
        var id = made.Text("Id");
        Assert.StartsWith("o-", id);
        Assert.Equal(12, id.Length);
        Assert.Equal($"arn:aws:organizations::{Management}:organization/{id}", made.Text("Arn"));
        Assert.Equal($"arn:aws:organizations::{Management}:account/{id}/{Management}", made.Text("MasterAccountArn"));
        Assert.Equal(Management, made.Text("MasterAccountId"));
        Assert.Equal("test@example.com", made.Text("MasterAccountEmail"));
        Assert.Equal(expected, made.Text("FeatureSet"));
        Assert.Equal(made.ToJsonString(), _bench.Call("DescribeOrganization")["Organization"]!.ToJsonString());
    }

    [Fact]
    public void The_management_account_is_the_first_account_of_its_organization()
    {
        var id = Organize();
        var account = Assert.Single(_bench.Call("ListAccounts")["Accounts"]!.AsArray())!;
        Assert.Equal(Management, account.Text("Id"));
        Assert.Equal("INVITED", account.Text("JoinedMethod"));
        Assert.Equal("ACTIVE", account.Text("Status"));
        Assert.Equal($"{id}/{_bench.Home.Organization!.RootId}/{Management}/", account["Paths"]![0]!.GetValue<string>());
        Assert.Equal(_bench.Now.ToUnixTimeSeconds(), account["JoinedTimestamp"]!.GetValue<long>());
        Assert.Equal(account.ToJsonString(), _bench.Call("DescribeAccount", ("AccountId", Management))["Account"]!.ToJsonString());
    }

    [Fact]
    public void A_member_is_told_the_organization_that_it_is_in()
    {
        var organization = Organize();
        Join(Member, organization);
        var own = _bench.Call("DescribeOrganization").ToJsonString();
        Assert.Equal(own, _bench.As(ActionBench.Admin, Member).Call("DescribeOrganization").ToJsonString());
    }

    [Fact]
    public void Nobody_is_in_two_organizations()
    {
        var organization = Organize();
        Assert.Equal("AlreadyInOrganizationException", _bench.Refusal("CreateOrganization").Code);
        Join(Member, organization);
        Assert.Equal("AlreadyInOrganizationException", _bench.As(ActionBench.Admin, Member).Refusal("CreateOrganization").Code);
    }

    [Fact]
    public void Of_two_organizations_made_at_once_one_is_asked_again()
    {
        var second = _bench.Begin("CreateOrganization");
        _bench.Call("CreateOrganization");
        Assert.False(second.TryCommit());
    }

    [Fact]
    public void An_account_that_joins_meanwhile_makes_no_organization()
    {
        var making = _bench.Begin("CreateOrganization");
        _bench.Put(DocumentKinds.Settings, _bench.Home.Settings! with { OrganizationId = "o-elsewhere00", ManagementAccount = Other.ToString() });
        Assert.False(making.TryCommit());
    }

    public static TheoryData<string, string[]> ManagementOnly => new()
    {
        { "CreateAccount", ["Email", "a@example.com", "AccountName", "a"] },
        { "DescribeCreateAccountStatus", ["CreateAccountRequestId", "car-00000000000000000000000000000000"] },
        { "ListCreateAccountStatus", [] },
        { "ListAccounts", [] },
        { "DescribeAccount", ["AccountId", Management] },
    };

    [Theory, MemberData(nameof(ManagementOnly))]
    public void A_member_may_not_do_what_the_management_account_does(string action, string[] parameters)
    {
        Join(Member, Organize());
        var refusal = _bench.As(ActionBench.Admin, Member).Refusal(action, Pairs(parameters));
        Assert.Equal(("AccessDenied", "You don't have permissions to access this resource."), (refusal.Code, refusal.Message));
    }

    [Theory, MemberData(nameof(ManagementOnly))]
    public void Outside_of_an_organization_there_is_nothing_to_ask(string action, string[] parameters)
    {
        Organize();
        _bench.AddAccount(Other);
        Assert.Equal("AWSOrganizationsNotInUseException", _bench.As(ActionBench.Admin, Other).Refusal(action, Pairs(parameters)).Code);
        Assert.Equal("AWSOrganizationsNotInUseException", _bench.Refusal("DescribeOrganization").Code);
    }

    [Fact]
    public void An_account_of_another_organization_does_not_exist()
    {
        Organize();
        _bench.AddAccount(Other);
        Assert.Equal("AccountNotFoundException", _bench.Refusal("DescribeAccount", ("AccountId", Other.ToString())).Code);
    }

    [Fact]
    public void Accounts_are_listed_in_pages_that_show_each_that_stays_exactly_once()
    {
        Organize();
        for (var number = 0; number < 45; number++)
            Add(500_000_000_000 + number);
        List<string> shown = [];
        string? token = null;
        do
        {
            var page = token is null ? _bench.Call("ListAccounts") : _bench.Call("ListAccounts", ("NextToken", token));
            Assert.InRange(page["Accounts"]!.AsArray().Count, 1, 20);
            shown.AddRange(page["Accounts"].Each("Id"));
            token = page["NextToken"]?.GetValue<string>();
            // One that comes before the place where the next page starts must not move it.
            if (shown.Count == 20)
                Add(499_999_999_999);
        }
        while (token is not null);
        Assert.Equal([Management, .. Enumerable.Range(0, 45).Select(number => $"{500_000_000_000 + number}")], shown);
    }

    [Fact]
    public void A_last_page_that_is_full_has_no_token()
    {
        Organize();
        Add(500_000_000_000);
        Assert.Null(_bench.Call("ListAccounts", ("MaxResults", "2"))["NextToken"]);
        Assert.NotNull(_bench.Call("ListAccounts", ("MaxResults", "1"))["NextToken"]);
    }

    [Theory]
    [InlineData("ListAccounts", "MaxResults", "0", "MIN_VALUE_EXCEEDED")]
    [InlineData("ListAccounts", "MaxResults", "21", "MAX_VALUE_EXCEEDED")]
    [InlineData("ListAccounts", "NextToken", "", "INVALID_NEXT_TOKEN")]
    [InlineData("ListAccounts", "NextToken", "not a token!", "INVALID_NEXT_TOKEN")]
    [InlineData("ListCreateAccountStatus", "MaxResults", "21", "MAX_VALUE_EXCEEDED")]
    [InlineData("ListCreateAccountStatus", "States.member.1", "DONE", "INVALID_ENUM")]
    [InlineData("CreateOrganization", "FeatureSet", "SOME", "INVALID_ENUM")]
    [InlineData("DescribeAccount", "AccountId", "12345678901", "INVALID_PATTERN")]
    [InlineData("DescribeAccount", "AccountId", "12345678901x", "INVALID_PATTERN")]
    [InlineData("DescribeAccount", "AccountId", "1234567890123", "MAX_LENGTH_EXCEEDED")]
    [InlineData("DescribeAccount", "Unknown", "1", "INPUT_REQUIRED")]
    [InlineData("DescribeCreateAccountStatus", "CreateAccountRequestId", "car-0000000", "INVALID_PATTERN")]
    [InlineData("DescribeCreateAccountStatus", "CreateAccountRequestId", "bar-00000000", "INVALID_PATTERN")]
    [InlineData("DescribeCreateAccountStatus", "CreateAccountRequestId", "car-0000000A", "INVALID_PATTERN")]
    [InlineData("DescribeCreateAccountStatus", "Unknown", "1", "INPUT_REQUIRED")]
    public void A_violation_of_form_says_of_which_kind_it_is(string action, string name, string value, string reason)
    {
        var refusal = _bench.Refusal(action, (name, value));
        Assert.Equal(("InvalidInputException", reason), (refusal.Code, refusal.Reason));
    }

    [Theory]
    [InlineData("ListAccounts", "MaxResults")]
    public void A_number_that_is_none_is_a_fault_of_the_wire(string action, string name) =>
        Assert.Equal("MalformedInput", _bench.Refusal(action, (name, "ten")).Code);

    [Theory]
    [InlineData("CreateOrganization")]
    [InlineData("DescribeOrganization")]
    [InlineData("ListAccounts")]
    [InlineData("ListCreateAccountStatus")]
    public void Each_action_needs_its_own_permission_and_no_other(string action)
    {
        if (action != "CreateOrganization")
            Organize();
        Assert.Equal("AccessDenied", _bench.AsHolderOf("iam:*").Refusal(action).Code);
        _bench.AsHolderOf("organizations:" + action).Begin(action);
        Assert.Equal("AccessDenied", _bench.Refusal("CreateAccount", ("Email", "a@example.com"), ("AccountName", "a")).Code);
    }

    [Fact]
    public void The_right_to_see_one_account_is_not_the_right_to_see_another()
    {
        var organization = Organize();
        Add(500_000_000_000);
        _bench.AsHolderOf("organizations:DescribeAccount", $"arn:aws:organizations::{Management}:account/{organization}/500000000000");
        Assert.Equal("500000000000", _bench.Call("DescribeAccount", ("AccountId", "500000000000"))["Account"].Text("Id"));
        Assert.Equal("AccessDenied", _bench.Refusal("DescribeAccount", ("AccountId", Management)).Code);
    }

    [Fact]
    public void The_tags_of_an_account_decide_who_may_see_it()
    {
        Organize();
        Add(500_000_000_000, new Tag("team", "blue"));
        Add(500_000_000_001, new Tag("team", "red"));
        _bench.AsHolderOf("organizations:DescribeAccount", "*", """{"StringEquals":{"aws:ResourceTag/team":"blue"}}""");
        Assert.Equal("500000000000", _bench.Call("DescribeAccount", ("AccountId", "500000000000"))["Account"].Text("Id"));
        Assert.Equal("AccessDenied", _bench.Refusal("DescribeAccount", ("AccountId", "500000000001")).Code);
        Assert.Equal("AccessDenied", _bench.Refusal("DescribeAccount", ("AccountId", "500000000002")).Code);
    }

    private static ReadOnlySpan<(string Name, string Value)> Pairs(string[] parameters) => parameters.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();

    private string Organize() => _bench.Call("CreateOrganization")["Organization"].Text("Id");

    private void Join(AccountId account, string organization)
    {
        _bench.AddAccount(account);
        _bench.Put(DocumentKinds.Settings, new AccountSettings { Created = _bench.Now, OrganizationId = organization, ManagementAccount = Management }, account);
    }

    private void Add(long number, params Tag[] tags) => _bench.Put(DocumentKinds.OrganizationAccount, new OrganizationAccount
    {
        Id = $"{number}", Name = "a", Email = $"{number}@example.com", JoinedMethod = "CREATED", Joined = _bench.Now, Tags = tags,
    });
}

internal static class JsonTexts
{
    public static string Text(this JsonNode? node, string name) => node![name]!.GetValue<string>();
}
