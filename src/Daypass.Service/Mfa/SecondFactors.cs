using System.Security.Cryptography;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Mfa;

/// <summary>
/// Proves second factors: that a code is one that the caller's own device shows now. Whether it was used before only the commit of the call
/// can tell. Called by: the pipeline, after the signature.
/// </summary>
internal sealed class SecondFactors(MfaAttempts attempts)
{
    /// <exception cref="ApiException">AccessDenied, with AWS's sentences.</exception>
    /// <exception cref="Stores.StoreUnavailableException">Tries of all nodes are needed, and the store is away.</exception>
    public async ValueTask<MfaProof> ProveAsync(SecondFactor shown, Scene scene)
    {
        if (shown is not { SerialNumber: { } serialNumber, TokenCode: { } code })
            throw Errors.HalfOfMfa();
        var device = DeviceOf(scene.Caller, serialNumber) ?? throw Errors.UnknownMfaDevice();
        if (!scene.Vault.CanOpenSeed(device))
            throw Errors.UnknownMfaDevice();
        return await attempts.CheckAsync(scene.Caller.Account, device.Id, (code, Totp.StepAt(scene.RealTime)), () => Find(device, code, scene)) ?? throw Errors.WrongMfaCode();
    }

    // Users have devices; sessions of roles and federated users have none, whoever began them.
    private static MfaDevice? DeviceOf(Caller caller, string serialNumber) =>
        caller is { Principal.Kind: PrincipalKind.User, User: { } user } && caller.Home.FindMfaDevice(serialNumber) is { } device && device.UserId == user.Id ? device : null;

    private static MfaProof? Find(MfaDevice device, string code, Scene scene)
    {
        var seed = scene.Vault.OpenSeed(device, scene.Caller.Account);
        try
        {
            return MfaCodes.FindStep(seed, device.Drift, code, scene.RealTime, MfaCodes.FirstStep(scene.Installation)) is { } step
                ? new MfaProof(device, step, scene.NowInSeconds)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}

/// <summary>That the caller showed a right code of its own device with this call. Made by <see cref="SecondFactors"/> and nobody else.</summary>
/// <param name="Device">The device.</param>
/// <param name="Step">The step that the code was of.</param>
/// <param name="At">When, in policy time.</param>
internal sealed record MfaProof(MfaDevice Device, long Step, DateTimeOffset At)
{
    /// <summary>The changes with the code used up, and resting on the device as it is: without them nothing that rests on the proof may leave.</summary>
    public Changes SpendIn(Changes? changes, Scene scene) => (changes ?? scene.Change())
        .RelyOn(DocumentKinds.MfaDevice, DocumentKinds.MfaDevice.KeyOf(Device).Name)
        .UseCode(Device, Step, scene, Errors.WrongMfaCode());
}

/// <summary>Uses up codes.</summary>
internal static class MfaClaims
{
    /// <summary>A code works once, at whichever node.</summary>
    public static Changes UseCode(this Changes changes, MfaDevice device, long step, Scene scene, ApiException whenUsed) =>
        changes.Claim($"mfa/{device.Id}/{step}", scene.RealTime + MfaCodes.Remembered, whenUsed);
}
