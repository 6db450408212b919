using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Credentials;

public sealed class AbsentCredentialTests
{
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData("ListMFADevices", "MFADevices")]
    [InlineData("ListSSHPublicKeys", "SSHPublicKeys")]
    [InlineData("ListSigningCertificates", "Certificates")]
    [InlineData("ListServiceSpecificCredentials", "ServiceSpecificCredentials")]
    public void A_user_has_none_and_a_user_that_does_not_exist_is_not_found(string action, string member)
    {
        var answer = _bench.Call(action, ("UserName", "admin"));
        Assert.Empty(answer[member]!.AsArray());
        Assert.False(answer["IsTruncated"]!.GetValue<bool>());
        Assert.Equal("NoSuchEntity", _bench.Refusal(action, ("UserName", "none")).Code);
    }

    [Fact]
    public void There_are_no_virtual_devices() => Assert.Empty(_bench.Call("ListVirtualMFADevices", ("AssignmentStatus", "Assigned"))["VirtualMFADevices"]!.AsArray());

    [Theory]
    [InlineData("GetLoginProfile")]
    [InlineData("DeleteLoginProfile")]
    public void Nobody_has_a_console_password(string action) =>
        Assert.Equal(new ApiError("NoSuchEntity", 404, "Login Profile for User admin cannot be found."), _bench.Refusal(action, ("UserName", "admin")));
}
