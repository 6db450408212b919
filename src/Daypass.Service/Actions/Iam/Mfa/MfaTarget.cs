using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>The device that the <c>SerialNumber</c> of a request names.</summary>
internal static class MfaTarget
{
    public static string Read(Parameters wire) => wire.RequiredText("SerialNumber", TextRules.SerialNumber);

    /// <summary>Permission for an action on the device. Devices of other accounts belong to those, so they are refused, not missing.</summary>
    /// <exception cref="ApiException">ValidationError: the text is no serial number of a virtual device.</exception>
    public static Permission Ask(Scene scene, string action, string serialNumber)
    {
        var arn = Parse(serialNumber);
        return ResourceKeys.On(scene, "iam:" + action, arn, scene.Home.FindMfaDevice(serialNumber)?.Tags ?? []) with { Owner = arn.AccountId!.Value };
    }

    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public static MfaDevice Require(Scene scene, string serialNumber) =>
        scene.Home.FindMfaDevice(serialNumber) ?? throw Errors.NoSuchEntity($"VirtualMFADevice with serial number {serialNumber} does not exist.");

    /// <summary>A device that is enabled for this user.</summary>
    /// <exception cref="ApiException">NoSuchEntity: no such user, or the device is not enabled for it.</exception>
    public static MfaDevice RequireOf(Scene scene, string userName, string serialNumber)
    {
        var user = HolderKinds.User.Require(scene, userName);
        return scene.Home.FindMfaDevice(serialNumber) is { } device && device.UserId == user.Id ? device : throw Errors.NoSuchEntity("MFA Device invalid for user.");
    }

    public static AuditResource Resource(string serialNumber) => new("AWS::IAM::VirtualMFADevice", serialNumber);

    private static Arn Parse(string serialNumber) =>
        Arn.TryParse(serialNumber, out var arn) && arn is { Partition: "aws", Service: "iam", Region: "", AccountId: not null } && arn.Resource.StartsWith("mfa/", StringComparison.Ordinal)
            ? arn
            : throw Errors.ValidationError($"The serial number {Errors.Shorten(serialNumber)} is not one of a virtual MFA device: that would be arn:aws:iam::account:mfa/name.");
}
