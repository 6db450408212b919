namespace Daypass.Leases;

/// <summary>
/// How a protected service asks for leases: one signed Query call to Daypass for up to <see cref="MaxProofs"/> callers.
/// <code>
/// POST /  Action=AcquireLeases  Version=2026-11-22  ServiceName=s3  Region=us-east-1
///         Proofs.member.N.AccessKeyId  .Date (yyyyMMdd)  .SessionToken (if any)  .StringToSign  .Signature  .KnownVersion (renewals)
/// </code>
/// signed as the service's own user or role, scope service <see cref="SigningService"/>, <c>Accept: application/json</c>. The answer's
/// <c>Leases</c> has one entry for each proof, in order: <c>Status</c> is one of the words below; <c>Lease</c> is the text of a
/// <see cref="Lease"/> when granted; <c>Code</c> and <c>Message</c> are AWS's when refused. <c>OwnerAccount</c> is the account that
/// the service is registered under.
/// </summary>
public static class LeaseProtocol
{
    /// <summary>The API version of Daypass's own actions.</summary>
    public const string ApiVersion = "2026-11-22";

    /// <summary>The service part of the signing scope of Daypass's own actions.</summary>
    public const string SigningService = "daypass";

    /// <summary>The action.</summary>
    public const string Action = "AcquireLeases";

    /// <summary>The most proofs in one call.</summary>
    public const int MaxProofs = 100;

    /// <summary>A new lease is in the answer.</summary>
    public const string Granted = "Granted";

    /// <summary>The lease of <c>KnownVersion</c> is still true: its times start again.</summary>
    public const string Unchanged = "Unchanged";

    /// <summary>The caller is not who it says, or no longer is.</summary>
    public const string Refused = "Refused";
}
