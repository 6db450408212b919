namespace Daypass.AspNetCore;

/// <summary>The codes of the API's gateway that this library answers with, and which of them a refusal is.</summary>
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

    /// <param name="code">The refusal's.</param>
    /// <param name="hasToken">Whether the request has a token: then it is the token that is not known.</param>
    public static int Of(string code, bool hasToken) => code switch
    {
        "InvalidClientTokenId" => hasToken ? WrongToken : UnknownKey,
        "ExpiredToken" => WrongToken,
        "SignatureDoesNotMatch" => WrongSignature,
        "MissingAuthenticationToken" => MissingSignature,
        "MissingAction" => MissingAction,
        "InvalidAction" => UnknownAction,
        "AccessDenied" => NotAllowed,
        "SlowDown" or "Throttling" => Throttled,
        "ServiceUnavailable" => Unavailable,
        "MissingParameter" => MissingParameter,
        _ => WrongParameter,
    };
}
