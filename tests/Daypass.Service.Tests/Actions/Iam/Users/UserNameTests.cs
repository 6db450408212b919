using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Users;

/// <summary>No name and no path can make an ARN that says something else than the user it was made for.</summary>
public sealed class UserNameTests
{
    private const string AllowedInNames = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-";
    private readonly ActionBench _bench = new();

    [Fact]
    public void Of_all_characters_only_those_of_the_model_are_in_names()
    {
        var taken = Enumerable.Range(0, 0x3000).Select(code => (char)code).Where(character => IsTaken(("UserName", $"a{character}b")));
        Assert.Equal(AllowedInNames.Order(), taken.Order());
    }

    [Fact]
    public void Paths_hold_visible_ascii_only_and_their_ARNs_parse_back()
    {
        for (var code = 0; code < 0x300; code++)
        {
            var path = $"/a{(char)code}b/";
            var call = new[] { ("UserName", "alice"), ("Path", path) };
            Assert.Equal(code is >= '!' and <= '~', IsTaken(call));
            if (!IsTaken(call))
                continue;
            Assert.True(Arn.TryParse(_bench.Begin("CreateUser", call).Response["User"]!["Arn"]!.GetValue<string>(), out var arn));
            Assert.Equal((ActionBench.HomeAccount, $"user{path}alice"), (arn.AccountId!.Value, arn.Resource));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/")]
    [InlineData("/a")]
    [InlineData("//")]
    public void A_path_begins_and_ends_with_a_slash(string path) => Assert.False(IsTaken(("UserName", "alice"), ("Path", path)));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_new_name_has_at_most_64_characters(int length, bool isTaken) => Assert.Equal(isTaken, IsTaken(("UserName", new string('a', length))));

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void A_path_has_at_most_512_characters(int length, bool isTaken) =>
        Assert.Equal(isTaken, IsTaken(("UserName", "alice"), ("Path", $"/{new string('a', length - 2)}/")));

    [Fact]
    public void There_are_5000_users_at_most()
    {
        for (var i = 1; i < 5000; i++)
            _bench.Put(DocumentKinds.User, new User { Name = $"u{i}", Path = "/", Id = $"AIDA{i}", Created = _bench.Now });
        Assert.Equal(new ApiError("LimitExceeded", 409, "Cannot exceed quota for UsersPerAccount: 5000"), _bench.Refusal("CreateUser", ("UserName", "alice")));
        _bench.Call("DeleteUser", ("UserName", "u7"));
        _bench.Call("CreateUser", ("UserName", "alice"));
    }

    private bool IsTaken(params (string Name, string Value)[] call)
    {
        try
        {
            _bench.Begin("CreateUser", call);
            return true;
        }
        catch (ApiException refusal) when (refusal.Error.Code == "ValidationError")
        {
            return false;
        }
    }
}
