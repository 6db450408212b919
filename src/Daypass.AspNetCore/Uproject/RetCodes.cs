using Daypass.Names;

namespace Daypass.AspNetCore;

/// <summary>
/// The codes of the API's gateway that this library answers with, which of them a refusal is, and the words that clients know them by. Codes of 2000
/// and above are tried again by some clients, and are the services' own.
/// </summary>
internal static class RetCodes
{
    public const int Failure = 130;
    public const int Unavailable = 150;
    public const int Throttled = 153;
    public const int MissingAction = 160;
    public const int UnknownAction = 161;
    public const int MissingSignature = 170;
    public const int WrongSignature = 171;
    public const int UnknownKey = 172;
    public const int WrongToken = 174;
    public const int MissingParameter = 220;
    public const int WrongParameter = 230;
    public const int NotAllowed = 299;

    public static int Of(DaypassRefusal refusal, bool isOfSession) => refusal.Code switch
    {
        // Whose key is no session's is not known; of a session's it is the token that is wrong, or not there.
        "InvalidClientTokenId" => isOfSession ? WrongToken : UnknownKey,
        "ExpiredToken" => WrongToken,
        "SignatureDoesNotMatch" => WrongSignature,
        "MissingAuthenticationToken" => MissingSignature,
        "MissingAction" => MissingAction,
        "AccessDenied" => NotAllowed,
        "SlowDown" or "Throttling" => Throttled,
        "ServiceUnavailable" => Unavailable,
        "MissingParameter" => MissingParameter,
        _ => WrongParameter,
    };

    /// <summary>Whether a request says that it is one of a session.</summary>
    public static bool IsOfSession(string? publicKey, string? securityToken) => securityToken is not null || (publicKey is not null && AccessKeyId.IsTemporary(publicKey));

    public static string MessageOf(int retCode, DaypassRefusal refusal) => retCode switch
    {
        MissingSignature => "Missing Signature",
        WrongSignature => "Signature VerifyAC Error",
        UnknownKey => "User Not Exists",
        WrongToken => $"Token Not Exists: {refusal.Message}",
        _ => refusal.Message,
    };
}
