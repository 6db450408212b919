using Daypass.Signing;

namespace Daypass.AspNetCore;

/// <summary>The refusals of this library, and the HTTP status of each code.</summary>
internal static class Refusals
{
    public static DaypassRefusal NoMatch { get; } = Of(SigningErrors.NoMatch);

    public static DaypassRefusal UnknownKey { get; } = Of(SigningErrors.UnknownKey);

    public static DaypassRefusal BadToken { get; } = Of(SigningErrors.BadToken);

    public static DaypassRefusal TokenExpired { get; } = Of(SigningErrors.TokenExpired);

    /// <summary>No node says who the caller is, and what was known of it is too old.</summary>
    public static DaypassRefusal Unavailable { get; } = new("ServiceUnavailable", 503, "The request cannot be authenticated at the moment. Try again.");

    /// <summary>It may, and the trail would not know of it.</summary>
    public static DaypassRefusal NotRecorded { get; } = new("ServiceUnavailable", 503, "The request cannot be recorded at the moment. Try again.");

    public static DaypassRefusal SlowDown { get; } = new("SlowDown", 503, "Please reduce your request rate.");

    public static DaypassRefusal BodyTooLong { get; } = new("RequestEntityTooLarge", 413, "The request body is too long.");

    /// <summary>A request that anybody on the way could send again.</summary>
    public static DaypassRefusal PlainHttp { get; } = new("InvalidRequest", 400, "This request must come over https: its signature does not keep who reads it from sending it again.");

    public static DaypassRefusal MissingContentHash { get; } = new("InvalidRequest", 400, "Missing required header for this request: x-amz-content-sha256");

    public static DaypassRefusal Of(SigningError error) => Of(error.Code.ToString(), error.Message);

    public static DaypassRefusal Of(PayloadException failure) => Of(failure.Code.ToString(), failure.Message);

    public static DaypassRefusal Of(string code, string message) => new(code, StatusOf(code), message);

    public static DaypassRefusal AccessDenied(string sentence, Func<string>? explain) =>
        explain is null ? new("AccessDenied", 403, sentence) : new("AccessDenied", 403, sentence, explain);

    // The statuses of AWS: STS and IAM for signatures, the error table of S3 for bodies.
    private static int StatusOf(string code) => code switch
    {
        "AccessDenied" or "SignatureDoesNotMatch" or "InvalidClientTokenId" or "ExpiredToken" or "MissingAuthenticationToken" => 403,
        "MissingContentLength" => 411,
        "NotImplemented" => 501,
        "ServiceUnavailable" => 503,
        _ => 400,
    };
}
