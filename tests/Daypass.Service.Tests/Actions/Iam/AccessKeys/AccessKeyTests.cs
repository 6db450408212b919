using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.AccessKeys;

public sealed class AccessKeyTests
{
    private readonly ActionBench _bench = new();

    public AccessKeyTests() => _bench.Call("CreateUser", ("UserName", "alice"));

    [Fact]
    public void The_secret_is_shown_once_and_stored_sealed()
    {
        var made = Make("alice");
        var secret = made["SecretAccessKey"]!.GetValue<string>();
        Assert.Matches("^[A-Za-z0-9/+]{40}$", secret);
        Assert.Equal("Active", made["Status"]!.GetValue<string>());
        var stored = _bench.Home.FindAccessKey(made["AccessKeyId"]!.GetValue<string>())!;
        Assert.Equal(secret, _bench.Vault.OpenSecret(stored, ActionBench.HomeAccount));
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString(DocumentKinds.AccessKey.Write(stored)), StringComparison.Ordinal);
        Assert.DoesNotContain("SecretAccessKey", _bench.Call("ListAccessKeys", ("UserName", "alice")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_secret_moved_to_another_key_does_not_open()
    {
        var one = Stored(Make("alice"));
        var other = Stored(Make("alice"));
        Assert.Throws<InvalidDataException>(() => _bench.Vault.OpenSecret(one with { SealedSecret = other.SealedSecret }, ActionBench.HomeAccount));
    }

    [Fact]
    public void A_key_id_tells_its_account()
    {
        Assert.True(AccessKeyId.TryGetAccount(Make("alice")["AccessKeyId"]!.GetValue<string>(), out var account));
        Assert.Equal(ActionBench.HomeAccount, account);
    }

    [Fact]
    public void A_user_has_two_keys_at_most()
    {
        Make("alice");
        var second = Make("alice");
        Assert.Equal(new ApiError("LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2"), _bench.Refusal("CreateAccessKey", ("UserName", "alice")));
        _bench.Call("DeleteAccessKey", ("UserName", "alice"), Id(second));
        Make("alice");
    }

    [Fact]
    public void Of_two_second_keys_made_at_once_one_is_made()
    {
        Make("alice");
        var one = _bench.Begin("CreateAccessKey", ("UserName", "alice"));
        var other = _bench.Begin("CreateAccessKey", ("UserName", "alice"));
        Assert.True(one.TryCommit());
        Assert.False(other.TryCommit());
    }

    [Fact]
    public void A_key_is_turned_off_and_on_again()
    {
        var key = Make("alice");
        _bench.Call("UpdateAccessKey", ("UserName", "alice"), Id(key), ("Status", "Inactive"));
        Assert.False(Stored(key).IsActive);
        Assert.Equal("Inactive", _bench.Call("ListAccessKeys", ("UserName", "alice"))["AccessKeyMetadata"]![0]!["Status"]!.GetValue<string>());
        _bench.Call("UpdateAccessKey", ("UserName", "alice"), Id(key), ("Status", "Active"));
        Assert.True(Stored(key).IsActive);
    }

    [Fact]
    public void Without_a_name_the_callers_own_keys_are_meant()
    {
        var key = _bench.Call("CreateAccessKey")["AccessKey"]!;
        Assert.Equal("admin", key["UserName"]!.GetValue<string>());
        Assert.Equal([Id(key).Value], _bench.Call("ListAccessKeys")["AccessKeyMetadata"].Each("AccessKeyId"));
        _bench.Call("DeleteAccessKey", Id(key));
        Assert.Empty(_bench.Call("ListAccessKeys")["AccessKeyMetadata"]!.AsArray());
    }

    [Theory]
    [InlineData("UpdateAccessKey")]
    [InlineData("DeleteAccessKey")]
    public void A_key_of_somebody_else_is_not_found_under_ones_own_name(string action)
    {
        var key = Make("admin");
        Assert.Equal(
            new ApiError("NoSuchEntity", 404, $"The Access Key with id {Id(key).Value} cannot be found."),
            _bench.Refusal(action, ("UserName", "alice"), Id(key), ("Status", "Inactive")));
        Assert.True(Stored(key).IsActive);
    }

    [Theory]
    [InlineData("Expired")]
    [InlineData("active")]
    public void A_status_is_active_or_inactive(string status) => Assert.Equal("ValidationError", _bench.Refusal("UpdateAccessKey", Id(Make("alice")), ("Status", status)).Code);

    private System.Text.Json.Nodes.JsonNode Make(string user) => _bench.Call("CreateAccessKey", ("UserName", user))["AccessKey"]!;

    private AccessKey Stored(System.Text.Json.Nodes.JsonNode key) => _bench.Home.FindAccessKey(Id(key).Value)!;

    private static (string Name, string Value) Id(System.Text.Json.Nodes.JsonNode key) => ("AccessKeyId", key["AccessKeyId"]!.GetValue<string>());
}
