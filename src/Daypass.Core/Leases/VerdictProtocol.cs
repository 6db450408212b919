namespace Daypass.Leases;

/// <summary>
/// How a protected service has requests verified whose signature has no derived key, as that of the uproject dialect
/// (<see cref="Signing.UprojectSignature"/>): one signed Query call to Daypass for up to <see cref="MaxRequests"/> requests.
/// <code>
/// POST /  Action=VerifyRequests  Version=2026-11-22  ServiceName=uhost  Region=us-east-1
///         Requests.member.N.AccessKeyId  .SessionToken (if any)  .Text (base64url of the signed UTF-8, without the secret)  .Signature  .KnownVersion (of the lease that is held)
/// </code>
/// signed and answered as <see cref="LeaseProtocol"/> says, with <c>Verdicts</c> for its <c>Leases</c>. A verdict is for one text and is
/// given anew each time: <see cref="LeaseProtocol.Granted"/> brings the caller's lease, which has no signing key, and
/// <see cref="LeaseProtocol.Unchanged"/> says that the one of <c>KnownVersion</c> is still true.
/// </summary>
public static class VerdictProtocol
{
    /// <summary>The action.</summary>
    public const string Action = "VerifyRequests";

    /// <summary>The most requests in one call.</summary>
    public const int MaxRequests = 100;

    /// <summary>Bytes of the longest signed text: 128 KiB, so that a call has room for several.</summary>
    public const int MaxTextBytes = 128 * 1024;

    /// <summary>Whether the service has asked for refusals too often to be told why: the code of such a refusal.</summary>
    public const string Throttled = "Throttling";
}
