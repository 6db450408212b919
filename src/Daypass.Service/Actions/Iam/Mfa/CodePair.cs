using System.Security.Cryptography;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Mfa;

/// <summary>Two codes that a device showed one after the other: they prove that it has the seed, and tell what its clock shows.</summary>
internal sealed record CodePair(string First, string Second)
{
    public static readonly IReadOnlyList<string> Secrets = ["AuthenticationCode1", "AuthenticationCode2"];

    public static CodePair Read(Parameters wire) => new(wire.RequiredText(Secrets[0], TextRules.AuthenticationCode), wire.RequiredText(Secrets[1], TextRules.AuthenticationCode));

    /// <summary>The device, counted by its own clock from here on, with both codes used up.</summary>
    /// <exception cref="ApiException">InvalidAuthenticationCode.</exception>
    public (MfaDevice Device, Changes Changes) Accept(MfaDevice device, Scene scene)
    {
        var first = Find(device, scene) ?? throw Errors.InvalidAuthenticationCode();
        var changes = scene.Change().UseCode(device, first, scene, Errors.InvalidAuthenticationCode()).UseCode(device, first + 1, scene, Errors.InvalidAuthenticationCode());
        return (device with { Drift = MfaCodes.DriftOf(first, scene.RealTime) }, changes);
    }

    private long? Find(MfaDevice device, Scene scene)
    {
        if (!scene.Vault.CanOpenSeed(device))
            return null;
        var seed = scene.Vault.OpenSeed(device, scene.Home.Account);
        try
        {
            return MfaCodes.FindPair(seed, First, Second, scene.RealTime, MfaCodes.FirstStep(scene.Installation));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
