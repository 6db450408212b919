using Daypass.Names;
using Daypass.Signing;

namespace Daypass.AspNetCore.Uproject;

/// <summary>Which number of the API a refusal of this library is.</summary>
internal static class UprojectRefusals
{
    // Whose key is no session's is not known; of a session's it is the token that is wrong, or not there.
    public static int RetCodeOf(DaypassRefusal refusal, bool isOfSession) =>
        RetCodes.Find(refusal.Code) is not { } retCode ? RetCodes.WrongParameter
        : retCode == RetCodes.UnknownKey && isOfSession ? RetCodes.WrongToken
        : retCode;

    /// <summary>Whether a request says that it is one of a session.</summary>
    public static bool IsOfSession(string? publicKey, string? securityToken) => securityToken is not null || (publicKey is not null && AccessKeyId.IsTemporary(publicKey));
}
