using System.Collections.Frozen;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// The RetCodes of the uproject dialect for the errors of the catalogue, and its words for those that its clients know by them. Codes of 2000 and
/// above are tried again by some clients, so what is not one of the documented ones is 230: wrong, and wrong again the next time.
/// </summary>
internal static class UprojectCodes
{
    private const int MissingParameter = 220;
    private const int BadParameter = 230;

    // What clients look for in the message of an error that says its own RetCode.
    private static readonly FrozenDictionary<int, string> ByRetCode = new Dictionary<int, string>
    {
        [174] = "Token Not Exists",
        [11021] = "User Not Exist",
        [11162] = "Group Not Exist",
        [11208] = "User Already Exist",
        [11217] = "Policy Not Exist",
        [11277] = "Role Not Exist",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (int RetCode, string Words)> ByCode = new Dictionary<string, (int, string)>
    {
        ["InternalFailure"] = (130, ""),
        ["ServiceUnavailable"] = (150, ""),
        ["ConcurrentModification"] = (150, ""),
        ["Throttling"] = (153, ""),
        ["MissingAction"] = (160, ""),
        ["InvalidAction"] = (161, ""),
        ["MissingAuthenticationToken"] = (170, "Missing Signature"),
        ["SignatureDoesNotMatch"] = (171, "Signature VerifyAC Error"),
        ["InvalidClientTokenId"] = (172, "User Not Exists"),
        ["ExpiredToken"] = (174, "Token Not Exists"),
        ["AccessDenied"] = (299, ""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Their sentences speak of AWS's words for what the words above say already.
    private static readonly FrozenSet<string> Wordless = FrozenSet.ToFrozenSet(["MissingAuthenticationToken", "SignatureDoesNotMatch", "InvalidClientTokenId"], StringComparer.Ordinal);

    public static int Of(ApiError error) => error.Fields.Count > 0 ? Missing(error).Any() ? MissingParameter : BadParameter : Find(error).RetCode;

    public static string MessageOf(ApiError error)
    {
        if (error.Fields.Count > 0)
        {
            return Missing(error).Any()
                ? $"Missing params [{NamesOf(Missing(error))}]"
                : $"Params [{NamesOf(error.Fields)}] not valid: {string.Join("; ", error.Fields.Select(field => field.Message))}";
        }
        var (_, words) = Find(error);
        return words.Length == 0 ? error.Message : Wordless.Contains(error.Code) ? words : $"{words}: {error.Message}";
    }

    private static (int RetCode, string Words) Find(ApiError error) =>
        error.RetCode is { } own ? (own, ByRetCode.GetValueOrDefault(own, ""))
        : ByCode.TryGetValue(error.Code, out var entry) ? entry
        : (error.IsReceiver ? 130 : BadParameter, "");

    private static IEnumerable<Violation> Missing(ApiError error) => error.Fields.Where(field => field.IsAbsence);

    private static string NamesOf(IEnumerable<Violation> fields) => string.Join(", ", fields.Select(field => UprojectParameters.ToWire(field.Parameter)).Distinct());
}
