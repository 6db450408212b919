namespace Daypass.Signing;

/// <summary>
/// A body is not what its request announced or signed. Thrown by the reading of it, since that is when it shows; every later read
/// throws it again. What was read before must not be kept.
/// </summary>
/// <param name="code">S3's code on the wire.</param>
/// <param name="message">One line for the caller.</param>
public sealed class PayloadException(PayloadErrorCode code, string message) : IOException(message)
{
    /// <summary>S3's code on the wire.</summary>
    public PayloadErrorCode Code { get; } = code;
}
