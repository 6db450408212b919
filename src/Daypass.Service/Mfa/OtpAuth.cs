using Daypass.Names;

namespace Daypass.Service.Mfa;

/// <summary>The address that an authenticator reads from a QR code.</summary>
internal static class OtpAuth
{
    /// <summary>
    /// AWS's <c>otpauth://totp/name@account?secret=seed</c> with the issuer named before it, as authenticators that group by it want it. No
    /// parameters that say what is usual anyway: some authenticators choke on them.
    /// </summary>
    public static string UriOf(string productName, string deviceName, AccountId account, string base32Seed) =>
        $"otpauth://totp/{Uri.EscapeDataString(productName)}:{Uri.EscapeDataString($"{deviceName}@{account}")}?secret={base32Seed}&issuer={Uri.EscapeDataString(productName)}";
}
