namespace Daypass.Signing;

/// <summary>What a service expects of a Signature Version 4. The defaults are those of STS and IAM.</summary>
public sealed record SigV4Rules
{
    /// <summary>The service name that the credential scope must have, for example <c>sts</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The region that the credential scope must have; null accepts any well-formed one (1 to 63 letters, digits, <c>-</c>, <c>_</c>).</summary>
    public string? Region { get; init; }

    /// <summary>How far the request's time may be from now, to either side, in whole minutes.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// S3's canonical form: the path is encoded once and its dots and doubled slashes stay. All others normalise the path and
    /// encode it again.
    /// </summary>
    public bool IsS3 { get; init; }

    /// <summary>
    /// Whether X-Amz-Expires (1 to 604,800 seconds) says how long a presigned URL lives, as at S3. STS ignores it: its presigned
    /// URLs live as long as <see cref="Skew"/>.
    /// </summary>
    public bool HonoursExpires { get; init; }

    /// <summary>
    /// Whether every x-amz-* header that is present must be signed. Off only behind a proxy that adds such headers of its own.
    /// </summary>
    public bool RequireSignedAmzHeaders { get; init; } = true;

    /// <summary>
    /// Whether clients append X-Amz-Security-Token to a presigned URL after signing it, as AWS IoT has them do. Off: a token in
    /// the query is part of what is signed.
    /// </summary>
    public bool QueryTokenIsUnsigned { get; init; }
}
