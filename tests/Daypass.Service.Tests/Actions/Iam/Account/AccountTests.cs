using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Account;

public sealed class AccountTests
{
    private readonly ActionBench _bench = new();

    [Fact]
    public void An_account_has_one_alias_and_a_new_one_takes_its_place()
    {
        _bench.Call("CreateAccountAlias", ("AccountAlias", "my-company"));
        _bench.Call("CreateAccountAlias", ("AccountAlias", "our-company"));
        Assert.Equal(["our-company"], _bench.Call("ListAccountAliases")["AccountAliases"].Texts());
        _bench.Call("DeleteAccountAlias", ("AccountAlias", "our-company"));
        Assert.Empty(_bench.Call("ListAccountAliases")["AccountAliases"]!.AsArray());
    }

    [Theory]
    [InlineData("ab", "ValidationError")]
    [InlineData("-abc", "ValidationError")]
    [InlineData("abc-", "ValidationError")]
    [InlineData("a--b", "ValidationError")]
    [InlineData("Abc", "ValidationError")]
    [InlineData("a_c", "ValidationError")]
    [InlineData("123456789012", "InvalidInput")]
    [InlineData("taken", "EntityAlreadyExists")]
    public void An_alias_that_is_none_is_refused(string alias, string code)
    {
        _bench.Call("CreateAccountAlias", ("AccountAlias", "taken"));
        Assert.Equal(code, _bench.Refusal("CreateAccountAlias", ("AccountAlias", alias)).Code);
    }

    [Fact]
    public void An_alias_that_the_account_does_not_have_cannot_be_deleted() => Assert.Equal(
        new ApiError("NoSuchEntity", 404, "The account alias none cannot be found."), _bench.Refusal("DeleteAccountAlias", ("AccountAlias", "none")));

    [Fact]
    public void The_summary_counts_what_there_is()
    {
        Assert.Equal(1, Summary("Users"));
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateGroup", ("GroupName", "crew"));
        Assert.Equal((2, 5000, 1, 300, 0), (Summary("Users"), Summary("UsersQuota"), Summary("Groups"), Summary("GroupsQuota"), Summary("Roles")));
    }

    [Fact]
    public void The_summary_has_every_number_of_the_model() => Assert.Equal(34, _bench.Call("GetAccountSummary")["SummaryMap"]!.AsObject().Count);

    private int Summary(string key) => _bench.Call("GetAccountSummary")["SummaryMap"]![key]!.GetValue<int>();
}
