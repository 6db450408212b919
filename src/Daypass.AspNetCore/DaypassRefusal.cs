namespace Daypass.AspNetCore;

/// <summary>Why a request was refused, in AWS's words, for the service to write in its own format.</summary>
/// <param name="Code">
/// AWS's code: <c>AccessDenied</c>, <c>SignatureDoesNotMatch</c>, <c>InvalidClientTokenId</c>, <c>ExpiredToken</c>, <c>IncompleteSignature</c>,
/// <c>ServiceUnavailable</c>, <c>SlowDown</c>, a code of <see cref="Signing.SigningErrorCode"/> or of <see cref="Signing.PayloadErrorCode"/>.
/// </param>
/// <param name="Status">The HTTP status that goes with it, 400 to 503.</param>
/// <param name="Message">
/// One line for the caller. May quote what the caller sent: encode it for the wire. For <c>AccessDenied</c> by policies it ends with the
/// encoded authorization message, which is made when it is first read.
/// </param>
public sealed record DaypassRefusal(string Code, int Status, string Message)
{
    private readonly Lazy<string>? _explained;

    internal DaypassRefusal(string code, int status, string sentence, Func<string> explain)
        : this(code, status, sentence) => _explained = new Lazy<string>(() => $"{sentence} Encoded authorization failure message: {explain()}");

    /// <inheritdoc cref="DaypassRefusal(string, int, string)" path="/param[@name='Message']"/>
    public string Message
    {
        get => _explained?.Value ?? field;
        init => (_explained, field, Sentence) = (null, value, value);
    } = Message;

    /// <summary>The message without the encoded authorization message: for answers that tell of many refusals at once, and for logs.</summary>
    public string Sentence { get; private init; } = Message;

    /// <summary>Whether the request's time was too far from now, which S3 has a code of its own for (RequestTimeTooSkewed).</summary>
    public bool IsClockSkew { get; init; }
}
