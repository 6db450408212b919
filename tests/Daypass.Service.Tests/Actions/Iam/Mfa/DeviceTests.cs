using System.Text;
using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Mfa;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Mfa;

/// <summary>Virtual MFA devices from their making to their end.</summary>
public sealed class DeviceTests
{
    private readonly MfaWorld _world = new();

    private ActionBench Bench => _world.Bench;

    [Fact]
    public void The_picture_and_the_seed_are_the_same_secret_and_say_whose_it_is()
    {
        var device = Bench.Call("CreateVirtualMFADevice", ("VirtualMFADeviceName", "phone+1=a@b"), ("Path", "/staff/"))["VirtualMFADevice"]!;
        Assert.Equal(MfaWorld.SerialOf("staff/phone+1=a@b"), device["SerialNumber"]!.GetValue<string>());
        var seed = Encoding.ASCII.GetString(Convert.FromBase64String(device["Base32StringSeed"]!.GetValue<string>()));
        Assert.Equal(32, seed.Length);
        var square = QrReader.FromPng(Convert.FromBase64String(device["QRCodePNG"]!.GetValue<string>()), 5, 4);
        Assert.Equal(
            $"otpauth://totp/Daypass:phone%2B1%3Da%40b%40{ActionBench.HomeAccount}?secret={seed}&issuer=Daypass",
            Encoding.ASCII.GetString(QrReader.Read(square)));
    }

    [Fact]
    public void The_seed_is_stored_sealed_and_each_device_has_its_own()
    {
        var (one, other) = (_world.Create("one"), _world.Create("other"));
        Assert.NotEqual(_world.Code(one), _world.Code(other));
        var stored = Bench.Home.FindMfaDevice(one)!;
        Assert.Equal(_world.Code(one), Totp.CodeAt(Bench.Vault.OpenSeed(stored, ActionBench.HomeAccount), _world.Step));
        // Not as another device's, and not as an access key's secret.
        Assert.Throws<InvalidDataException>(() => Bench.Vault.OpenSeed(Bench.Home.FindMfaDevice(other)! with { SealedSeed = stored.SealedSeed }, ActionBench.HomeAccount));
        Assert.Throws<InvalidDataException>(() => Bench.Vault.OpenSeed(stored, Names.AccountId.Of(210987654321)));
        Assert.DoesNotContain("Seed", Bench.Call("ListVirtualMFADevices").ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_device_is_enabled_by_two_codes_in_a_row_and_shown_from_then_on()
    {
        var serial = _world.Enabled("phone");
        var device = Assert.Single(Bench.Call("ListMFADevices", ("UserName", "alice"))["MFADevices"]!.AsArray())!;
        Assert.Equal((serial, "alice"), (device["SerialNumber"]!.GetValue<string>(), device["UserName"]!.GetValue<string>()));
        Assert.Equal(Bench.Now.ToUnixTimeSeconds(), device["EnableDate"]!.GetValue<long>());
        var shown = Bench.Call("GetMFADevice", ("UserName", "alice"), ("SerialNumber", serial));
        Assert.Equal((serial, "alice"), (shown["SerialNumber"]!.GetValue<string>(), shown["UserName"]!.GetValue<string>()));
        var listed = Assert.Single(Bench.Call("ListVirtualMFADevices", ("AssignmentStatus", "Assigned"))["VirtualMFADevices"]!.AsArray())!;
        Assert.Equal("alice", listed["User"]!["UserName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(-40, -39)]
    [InlineData(20, 21)]
    public void Other_pairs_of_codes_enable_nothing(int first, int second)
    {
        var serial = _world.Create("phone");
        var refusal = _world.EnableRefusal(serial, first, second);
        Assert.Equal(("InvalidAuthenticationCode", 403, "Authentication code for device is not valid."), (refusal.Code, refusal.Status, refusal.Message));
        Assert.Null(Bench.Home.FindMfaDevice(serial)!.UserId);
    }

    [Fact]
    public void Codes_that_enabled_a_device_enable_it_no_second_time()
    {
        var serial = _world.Enabled("phone");
        Bench.Call("DeactivateMFADevice", ("UserName", "alice"), ("SerialNumber", serial));
        Assert.Equal("InvalidAuthenticationCode", _world.EnableRefusal(serial, -2, -1).Code);
        // Not even one of them again.
        Assert.Equal("InvalidAuthenticationCode", _world.EnableRefusal(serial, -1, 0).Code);
        _world.Wait(2);
        Bench.Call("EnableMFADevice", _world.Pair(serial, -1, 0));
    }

    [Fact]
    public void A_device_belongs_to_one_user_and_a_user_has_eight_at_most()
    {
        var first = _world.Enabled("phone 0".Replace(' ', '-'));
        Bench.Call("CreateUser", ("UserName", "bob"));
        _world.Wait(4);
        Assert.Equal(("EntityAlreadyExists", 409, "MFA Device is already in use."), Of(_world.EnableRefusal(first, -1, 0, "bob")));
        for (var i = 1; i < 8; i++)
            _world.Enabled($"phone-{i}");
        Assert.Equal(("LimitExceeded", 409, "Cannot exceed quota for MFADevicesPerUser: 8"), Of(_world.EnableRefusal(_world.Create("phone-8"), -2, -1)));
        Assert.Equal(8, Bench.Call("ListMFADevices", ("UserName", "alice"))["MFADevices"]!.AsArray().Count);
    }

    [Fact]
    public void What_does_not_exist_or_is_somebody_elses_is_said_with_AWSs_sentences()
    {
        var serial = _world.Create("phone");
        var none = MfaWorld.SerialOf("none");
        Bench.Call("CreateUser", ("UserName", "bob"));
        Assert.Equal(("EntityAlreadyExists", 409, "MFADevice entity at the same path and name already exists."), Of(Bench.Refusal("CreateVirtualMFADevice", ("VirtualMFADeviceName", "phone"))));
        Assert.Equal("NoSuchEntity", Bench.Refusal("EnableMFADevice", ("UserName", "nobody"), ("SerialNumber", serial), ("AuthenticationCode1", "000000"), ("AuthenticationCode2", "000001")).Code);
        Assert.Equal(
            ("NoSuchEntity", 404, $"VirtualMFADevice with serial number {none} does not exist."),
            Of(Bench.Refusal("EnableMFADevice", ("UserName", "bob"), ("SerialNumber", none), ("AuthenticationCode1", "000000"), ("AuthenticationCode2", "000001"))));
        Bench.Call("EnableMFADevice", _world.Pair(serial, -1, 0));
        foreach (var action in (string[])["DeactivateMFADevice", "GetMFADevice"])
            Assert.Equal(("NoSuchEntity", 404, "MFA Device invalid for user."), Of(Bench.Refusal(action, ("UserName", "bob"), ("SerialNumber", serial))));
        Assert.Equal(("NoSuchEntity", 404, "MFA Device invalid for user."), Of(Bench.Refusal("ResyncMFADevice", _world.Pair(serial, 1, 2, "bob"))));
        foreach (var action in (string[])["DeleteVirtualMFADevice", "ListMFADeviceTags"])
            Assert.Equal("NoSuchEntity", Bench.Refusal(action, ("SerialNumber", none)).Code);
        Assert.Equal(("DeleteConflict", 409, "MFA VirtualDevice in use. Must deactivate first."), Of(Bench.Refusal("DeleteVirtualMFADevice", ("SerialNumber", serial))));
    }

    [Fact]
    public void A_user_with_a_device_stays_and_goes_when_it_is_deactivated()
    {
        var serial = _world.Enabled("phone");
        Assert.Equal(("DeleteConflict", 409, "Cannot delete entity, must delete MFA device first."), Of(Bench.Refusal("DeleteUser", ("UserName", "alice"))));
        Bench.Call("DeactivateMFADevice", ("UserName", "alice"), ("SerialNumber", serial));
        Bench.Call("DeleteUser", ("UserName", "alice"));
        Bench.Call("DeleteVirtualMFADevice", ("SerialNumber", serial));
        Assert.Empty(Bench.Call("ListVirtualMFADevices")["VirtualMFADevices"]!.AsArray());
    }

    [Fact]
    public void A_device_enabled_while_its_user_is_being_deleted_makes_one_of_the_two_fail()
    {
        var serial = _world.Create("phone");
        var (deleting, enabling) = (Bench.Begin("DeleteUser", ("UserName", "alice")), Bench.Begin("EnableMFADevice", _world.Pair(serial, -1, 0)));
        Assert.True(enabling.TryCommit());
        Assert.False(deleting.TryCommit());
    }

    [Fact]
    public void Two_enabled_at_once_are_not_nine()
    {
        for (var i = 0; i < 7; i++)
            _world.Enabled($"phone-{i}");
        var (one, other) = (_world.Create("one"), _world.Create("other"));
        var (first, second) = (Bench.Begin("EnableMFADevice", _world.Pair(one, -1, 0)), Bench.Begin("EnableMFADevice", _world.Pair(other, -1, 0)));
        Assert.Equal((true, false), (first.TryCommit(), second.TryCommit()));
    }

    [Fact]
    public void A_clock_that_is_off_is_learned_and_learned_anew()
    {
        var serial = _world.Create("phone");
        Bench.Call("EnableMFADevice", _world.Pair(serial, 6, 7));
        Assert.Equal(7, Bench.Home.FindMfaDevice(serial)!.Drift);
        Bench.Call("ResyncMFADevice", _world.Pair(serial, -5, -4));
        Assert.Equal(-3, Bench.Home.FindMfaDevice(serial)!.Drift);
        Assert.Equal("InvalidAuthenticationCode", Bench.Refusal("ResyncMFADevice", _world.Pair(serial, -5, -4)).Code);
        Assert.Equal("InvalidAuthenticationCode", Bench.Refusal("ResyncMFADevice", _world.Pair(serial, -14, -13)).Code);
        _world.Wait(10);
        Bench.Call("ResyncMFADevice", _world.Pair(serial, 0, 1));
        Assert.Equal(0, Bench.Home.FindMfaDevice(serial)!.Drift);
    }

    [Fact]
    public void Lists_are_by_assignment_and_in_pages()
    {
        _world.Enabled("b");
        _world.Create("a");
        _world.Create("c", ("Path", "/z/"));
        string[] Names(params (string, string)[] parameters) =>
            [.. Bench.Call("ListVirtualMFADevices", parameters)["VirtualMFADevices"]!.Each("SerialNumber").Select(serial => serial[(serial.IndexOf(":mfa", StringComparison.Ordinal) + 4)..])];
        Assert.Equal(["/a", "/b", "/z/c"], Names());
        Assert.Equal(["/a", "/b", "/z/c"], Names(("AssignmentStatus", "Any")));
        Assert.Equal(["/b"], Names(("AssignmentStatus", "Assigned")));
        Assert.Equal(["/a", "/z/c"], Names(("AssignmentStatus", "Unassigned")));
        var page = Bench.Call("ListVirtualMFADevices", ("MaxItems", "2"));
        Assert.True(page["IsTruncated"]!.GetValue<bool>());
        Assert.Equal(["/z/c"], Names(("MaxItems", "2"), ("Marker", page["Marker"]!.GetValue<string>())));
    }

    [Fact]
    public void Tags_are_kept_and_their_keys_are_case_sensitive()
    {
        var serial = _world.Create("phone", ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "red"));
        Bench.Call("TagMFADevice", ("SerialNumber", serial), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue"));
        Assert.Equal(["Team", "team"], Bench.Call("ListMFADeviceTags", ("SerialNumber", serial))["Tags"]!.Each("Key"));
        Bench.Call("UntagMFADevice", ("SerialNumber", serial), ("TagKeys.member.1", "Team"));
        Assert.Equal(["blue"], Bench.Call("ListMFADeviceTags", ("SerialNumber", serial))["Tags"]!.Each("Value"));
    }

    [Fact]
    public void The_summary_counts_devices()
    {
        _world.Enabled("one");
        _world.Create("other");
        var map = Bench.Call("GetAccountSummary")["SummaryMap"]!;
        Assert.Equal((2, 1), (map["MFADevices"]!.GetValue<int>(), map["MFADevicesInUse"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("CreateVirtualMFADevice", "arn:aws:iam::123456789012:mfa/phone")]
    [InlineData("DeleteVirtualMFADevice", "arn:aws:iam::123456789012:mfa/phone")]
    [InlineData("TagMFADevice", "arn:aws:iam::123456789012:mfa/phone")]
    [InlineData("UntagMFADevice", "arn:aws:iam::123456789012:mfa/phone")]
    [InlineData("ListMFADeviceTags", "arn:aws:iam::123456789012:mfa/phone")]
    [InlineData("EnableMFADevice", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("ResyncMFADevice", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("DeactivateMFADevice", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("ListMFADevices", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("GetMFADevice", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("ListVirtualMFADevices", "arn:aws:iam::123456789012:mfa/")]
    public void Each_action_asks_for_itself_on_its_own_resource(string action, string resource)
    {
        (string, string)[] parameters =
        [
            ("VirtualMFADeviceName", "phone"), ("UserName", "alice"), ("SerialNumber", MfaWorld.SerialOf("phone")), ("AuthenticationCode1", "000000"), ("AuthenticationCode2", "000001"),
            ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v"), ("TagKeys.member.1", "k"),
        ];
        // Making one with tags asks for tagging, too.
        var needed = action == "CreateVirtualMFADevice" ? parameters[..1] : parameters;
        var refusal = Bench.AsHolderOf("iam:None").Refusal(action, needed);
        Assert.Contains($"is not authorized to perform: iam:{action} on resource: {resource} because", refusal.Message, StringComparison.Ordinal);
        var other = resource.EndsWith("mfa/", StringComparison.Ordinal) ? resource + "phone" : resource + "2";
        Assert.Equal("AccessDenied", Bench.AsHolderOf("iam:" + action, other).Refusal(action, needed).Code);
        if (action is not ("CreateVirtualMFADevice" or "ListMFADevices" or "ListVirtualMFADevices"))
            Assert.NotEqual("AccessDenied", Bench.AsHolderOf("iam:" + action, resource).Refusal(action, needed).Code);
        else
            Bench.AsHolderOf("iam:" + action, resource).Call(action, needed);
    }

    [Fact]
    public void Making_a_device_with_tags_asks_for_tagging()
    {
        var refusal = Bench.AsHolderOf("iam:CreateVirtualMFADevice").Refusal("CreateVirtualMFADevice", ("VirtualMFADeviceName", "phone"), ("Tags.member.1.Key", "k"), ("Tags.member.1.Value", "v"));
        Assert.Contains("iam:TagMFADevice", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_of_a_device_are_keys_of_its_policies()
    {
        var serial = _world.Create("phone", ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "red"));
        const string Red = """{"StringEquals":{"aws:ResourceTag/Team":"red"}}""";
        Assert.Equal("AccessDenied", Bench.AsHolderOf("iam:DeleteVirtualMFADevice", condition: Red.Replace("red", "blue", StringComparison.Ordinal)).Refusal("DeleteVirtualMFADevice", ("SerialNumber", serial)).Code);
        Bench.AsHolderOf("iam:DeleteVirtualMFADevice", condition: Red).Call("DeleteVirtualMFADevice", ("SerialNumber", serial));
    }

    [Theory]
    [InlineData("arn:aws:iam::210987654321:mfa/phone", "AccessDenied")]
    [InlineData("arn:aws:iam::123456789012:user/phone", "ValidationError")]
    [InlineData("GAHT12345678", "ValidationError")]
    public void Only_devices_of_the_own_account_can_be_named(string serial, string code) =>
        Assert.Equal(code, Bench.As(ActionBench.Admin).Refusal("DeleteVirtualMFADevice", ("SerialNumber", serial)).Code);

    [Fact]
    public void A_serial_number_stays_within_what_other_calls_can_name()
    {
        Assert.Equal("ValidationError", Bench.Refusal("CreateVirtualMFADevice", ("VirtualMFADeviceName", new string('a', 227))).Code);
        Assert.Equal(256, _world.Create(new string('a', 226)).Length);
        Assert.Equal("InvalidInput", Bench.Refusal("CreateVirtualMFADevice", ("VirtualMFADeviceName", new string('b', 226)), ("Path", "/a/")).Code);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("١٢٣٤٥٦")]
    public void A_malformed_code_is_refused_and_not_repeated(string code)
    {
        var refusal = Bench.Refusal("EnableMFADevice", ("UserName", "alice"), ("SerialNumber", MfaWorld.SerialOf("phone")), ("AuthenticationCode1", code), ("AuthenticationCode2", "000000"));
        Assert.Equal("ValidationError", refusal.Code);
        Assert.DoesNotContain(code, refusal.Message, StringComparison.Ordinal);
    }

    private static (string, int, string) Of(ApiError error) => (error.Code, error.Status, error.Message);
}
