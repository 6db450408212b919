using System.Collections.Frozen;

namespace Daypass.Signing;

/// <summary>
/// The numbers by which clients of UCloud's API know how a call went, which of them each error of AWS's is, and the words that clients look for beside
/// them. From that API's page of common codes, and from what its official clients compare with. Codes of 2000 and above are services' own;
/// some clients try those again.
/// </summary>
public static class RetCodes
{
    /// <summary>A fault of the server.</summary>
    public const int Failure = 130;

    /// <summary>Not available for the moment.</summary>
    public const int Unavailable = 150;

    /// <summary>Too many calls.</summary>
    public const int Throttled = 153;

    /// <summary>The parameter <c>Action</c> is missing.</summary>
    public const int MissingAction = 160;

    /// <summary>There is no such action.</summary>
    public const int UnknownAction = 161;

    /// <summary>The signature is missing.</summary>
    public const int MissingSignature = 170;

    /// <summary>The signature is wrong.</summary>
    public const int WrongSignature = 171;

    /// <summary>Nobody has this <c>PublicKey</c>.</summary>
    public const int UnknownKey = 172;

    /// <summary>The <c>SecurityToken</c> is missing, wrong, of another key, or over.</summary>
    public const int WrongToken = 174;

    /// <summary>A parameter is missing.</summary>
    public const int MissingParameter = 220;

    /// <summary>A parameter's value is wrong; and whatever has no other number, since clients do not try it again.</summary>
    public const int WrongParameter = 230;

    /// <summary>There is no such project.</summary>
    public const int NoSuchProject = 292;

    /// <summary>No policy allows it, or one denies it.</summary>
    public const int NotAllowed = 299;

    /// <summary>There is no such user.</summary>
    public const int NoSuchUser = 11021;

    /// <summary>There is no such group.</summary>
    public const int NoSuchGroup = 11162;

    /// <summary>There is a user of this name.</summary>
    public const int UserExists = 11208;

    /// <summary>There is no such policy.</summary>
    public const int NoSuchPolicy = 11217;

    /// <summary>There is no such role.</summary>
    public const int NoSuchRole = 11277;

    private static readonly FrozenDictionary<string, int> ByErrorCode = new Dictionary<string, int>
    {
        ["InternalFailure"] = Failure,
        ["ServiceUnavailable"] = Unavailable,
        ["ConcurrentModification"] = Unavailable,
        ["Throttling"] = Throttled,
        ["SlowDown"] = Throttled,
        ["MissingAction"] = MissingAction,
        ["InvalidAction"] = UnknownAction,
        ["MissingAuthenticationToken"] = MissingSignature,
        ["SignatureDoesNotMatch"] = WrongSignature,
        ["InvalidClientTokenId"] = UnknownKey,
        ["ExpiredToken"] = WrongToken,
        ["MissingParameter"] = MissingParameter,
        ["AccessDenied"] = NotAllowed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<int, string> Words = new Dictionary<int, string>
    {
        [MissingSignature] = "Missing Signature",
        [WrongSignature] = "Signature VerifyAC Error",
        [UnknownKey] = "User Not Exists",
        [WrongToken] = "Token Not Exists",
        [NoSuchUser] = "User Not Exist",
        [NoSuchGroup] = "Group Not Exist",
        [UserExists] = "User Already Exist",
        [NoSuchPolicy] = "Policy Not Exist",
        [NoSuchRole] = "Role Not Exist",
    }.ToFrozenDictionary();

    // Their sentences speak of AWS's words for what the words above say already.
    private static readonly FrozenSet<string> Wordless = FrozenSet.ToFrozenSet(["MissingAuthenticationToken", "SignatureDoesNotMatch", "InvalidClientTokenId"], StringComparer.Ordinal);

    /// <summary>The number of an error; null for one that has none of its own.</summary>
    /// <param name="errorCode">AWS's code, such as <c>AccessDenied</c>.</param>
    public static int? Find(string errorCode) => ByErrorCode.TryGetValue(errorCode, out var retCode) ? retCode : null;

    /// <summary>The message of an answer: the words that clients look for, and behind them the sentence if it says more.</summary>
    /// <param name="retCode">The number of the answer.</param>
    /// <param name="errorCode">AWS's code of the same error.</param>
    /// <param name="sentence">What is said to AWS's clients.</param>
    public static string MessageOf(int retCode, string errorCode, string sentence) =>
        !Words.TryGetValue(retCode, out var words) ? sentence : Wordless.Contains(errorCode) ? words : $"{words}: {sentence}";

    /// <summary>The message for a parameter that is missing: <c>Missing params [X]</c>.</summary>
    /// <param name="names">Its name, or several.</param>
    public static string Missing(params IEnumerable<string> names) => $"Missing params [{string.Join(", ", names)}]";

    /// <summary>The message for a parameter with a wrong value: <c>Params [X] not valid: ...</c>.</summary>
    /// <param name="name">Its name, or several, separated by commas.</param>
    /// <param name="why">What is wrong; null to say nothing.</param>
    public static string NotValid(string name, string? why) => why is null ? $"Params [{name}] not valid" : $"Params [{name}] not valid: {why}";
}
