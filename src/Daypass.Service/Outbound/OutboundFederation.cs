using Daypass.Service.Keys;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Outbound;

/// <summary>Whether the caller's account issues web identity tokens, and as whom.</summary>
internal static class OutboundFederation
{
    private const string NoAddress =
        "This server does not know the address that others reach it by, so no token could name its issuer. Its operator sets it with --public-url https://HOST.";

    /// <summary>The keys that an account's tokens are signed with: both, so that its key set is whole from the first moment.</summary>
    public static readonly IReadOnlyList<string> Keys = [KeyPurposes.WebIdentityRs256, KeyPurposes.WebIdentityEs384];

    public static bool IsEnabled(Scene scene) => scene.Home.Settings is { IssuesWebIdentity: true };

    /// <summary>The issuer, for a token.</summary>
    /// <exception cref="ApiException">OutboundWebIdentityFederationDisabledException: the account is switched off, or the server has no address.</exception>
    public static string RequireIssuer(Scene scene)
    {
        if (!IsEnabled(scene))
            throw Errors.OutboundFederationDisabled($"Outbound web identity federation is not enabled for the account {scene.Caller.Account}. Enable it first with iam:EnableOutboundWebIdentityFederation.");
        return IssuerOf(scene) ?? throw Errors.OutboundFederationDisabled(NoAddress);
    }

    /// <summary>The issuer, for who switches it on or asks for it.</summary>
    /// <exception cref="ApiException">InvalidInput: the server has no address.</exception>
    public static string NameIssuer(Scene scene) => IssuerOf(scene) ?? throw Errors.InvalidInput(NoAddress);

    private static string? IssuerOf(Scene scene) => OutboundIssuer.Of(scene.Settings.PublicUrl(), scene.Caller.Account);
}
