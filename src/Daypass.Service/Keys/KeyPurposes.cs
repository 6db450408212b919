using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>
/// What the installation's keys are for; each purpose has a ring of its own. Keys that seal are there from the first start. Keys that sign
/// for others to verify are made when first needed: a pair, whose private half goes when it is retired and whose public half stays while
/// anything that it signed may be looked at.
/// </summary>
internal static class KeyPurposes
{
    /// <summary>Signs web identity tokens as RS256: RSA, 2048 bits.</summary>
    public const string WebIdentityRs256 = "web-identity-rs256";

    /// <summary>Signs web identity tokens as ES384: ECDSA over P-384.</summary>
    public const string WebIdentityEs384 = "web-identity-es384";

    /// <summary>Signs digests of the trail as SHA256withRSA: RSA, 2048 bits.</summary>
    public const string TrailDigest = "trail-digest";

    public static readonly IReadOnlyList<string> Sealing = [SessionTokenCodec.Purpose, Vault.SecretsPurpose];

    public static readonly IReadOnlyList<string> Signing = [WebIdentityRs256, WebIdentityEs384, TrailDigest];

    public static readonly IReadOnlyList<string> All = [.. Sealing, .. Signing];

    /// <summary>The longest web identity token (GetWebIdentityToken: 3600 seconds).</summary>
    public static readonly TimeSpan LongestWebIdentity = TimeSpan.FromHours(1);

    /// <summary>Whether the purpose's keys are pairs that sign.</summary>
    public static bool Signs(string purpose) => Signing.Contains(purpose);

    /// <summary>Whether verifiers outside the installation hold the public keys, and must have heard of a new one before it signs.</summary>
    public static bool IsPublishedOutside(string purpose) => purpose is WebIdentityRs256 or WebIdentityEs384;

    /// <summary>Whether what the purpose's keys seal is stored, and can be sealed anew; sessions are with their holders.</summary>
    public static bool IsStored(string purpose) => purpose == Vault.SecretsPurpose;

    /// <summary>How long a retired key stays; null for ever, as digests of the trail are verified years later.</summary>
    public static TimeSpan? KeptFor(string purpose) => purpose switch
    {
        Vault.SecretsPurpose => KeyRotation.LongestStaleness,
        WebIdentityRs256 or WebIdentityEs384 => KeyRotation.LongestStaleness + LongestWebIdentity,
        TrailDigest => null,
        _ => KeyRotation.LongestStaleness + KeyRotation.LongestSession,
    };
}
