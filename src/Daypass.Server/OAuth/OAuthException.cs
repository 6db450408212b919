using System.Collections.Frozen;
using Daypass.Service.Pipeline;

namespace Daypass.Server.OAuth;

/// <summary>A refusal as OAuth clients read it: RFC 6749, section 5.2, and RFC 8693, section 2.2.2.</summary>
internal sealed class OAuthException(string error, string description, int status = StatusCodes.Status400BadRequest) : Exception(description)
{
    private const int TooManyRequests = StatusCodes.Status429TooManyRequests;

    /// <summary>What refusals of the API are here. All others are a request that cannot be carried out as it was asked.</summary>
    private static readonly FrozenDictionary<string, (string Error, int Status)> Known = new Dictionary<string, (string, int)>
    {
        // Unwilling to issue for this target; who may assume a role and whether there is one is one answer.
        ["AccessDenied"] = ("invalid_target", StatusCodes.Status400BadRequest),
        ["OutboundWebIdentityFederationDisabledException"] = ("invalid_target", StatusCodes.Status400BadRequest),
        ["IDPCommunicationError"] = ("temporarily_unavailable", StatusCodes.Status503ServiceUnavailable),
        ["ServiceUnavailable"] = ("temporarily_unavailable", StatusCodes.Status503ServiceUnavailable),
        ["Throttling"] = ("temporarily_unavailable", TooManyRequests),
        ["InternalFailure"] = ("server_error", StatusCodes.Status500InternalServerError),
    }.ToFrozenDictionary();

    public string Error { get; } = error;

    public int Status { get; } = status;

    /// <summary>The description in the characters that RFC 6749 gives it.</summary>
    public string Description { get; } = string.Concat(description.Select(character => character is >= ' ' and <= '~' and not '"' and not '\\' ? character : '\''));

    public static OAuthException InvalidRequest(string description) => new("invalid_request", description);

    public static OAuthException InvalidTarget(string description) => new("invalid_target", description);

    public static OAuthException InvalidClient() =>
        new("invalid_client", "no clients are registered here: leave out their secret (token_endpoint_auth_method none); the subject_token is the proof", StatusCodes.Status401Unauthorized);

    /// <summary>
    /// The refusal of a call. A token that is not good is <c>invalid_request</c> and nothing else (RFC 8693, section 2.2.2).
    /// </summary>
    public static OAuthException Of(ApiError error)
    {
        var (name, status) = Known.GetValueOrDefault(error.Code, ("invalid_request", StatusCodes.Status400BadRequest));
        return new OAuthException(name, error.Message, status);
    }
}
