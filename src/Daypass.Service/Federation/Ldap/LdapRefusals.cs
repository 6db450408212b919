namespace Daypass.Service.Federation.Ldap;

/// <summary>
/// Why a password was not accepted, in words for the trail. Callers get one answer for all of them: most of these say that there is such a user, and some that the
/// password was right.
/// </summary>
internal static class LdapRefusals
{
    public const string NoSuchUser = nameof(NoSuchUser);
    public const string SeveralUsers = nameof(SeveralUsers);
    public const string TooManyTries = nameof(TooManyTries);
    public const string WrongPassword = nameof(WrongPassword);
    public const string Other = nameof(Other);

    private const string Marker = ", data ";

    // Active Directory answers invalidCredentials to all of them and says which in the diagnostic message: "80090308: LdapErr: DSID-0C090447, comment:
    // AcceptSecurityContext error, data 52e, v3839". The number is Windows' own error in hexadecimal (Microsoft, "System Error Codes").
    private static readonly Dictionary<string, string> ByData = new(StringComparer.OrdinalIgnoreCase)
    {
        ["525"] = NoSuchUser,
        ["52e"] = WrongPassword,
        ["52f"] = "AccountRestricted",
        ["530"] = "NotAtThisTime",
        ["531"] = "NotFromThisMachine",
        ["532"] = "PasswordExpired",
        ["533"] = "AccountDisabled",
        ["701"] = "AccountExpired",
        ["773"] = "PasswordMustBeChanged",
        ["775"] = "AccountLocked",
    };

    // RFC 4511, appendix A.
    private static readonly Dictionary<int, string> ByCode = new() { [8] = "StrongerAuthenticationRequired", [49] = WrongPassword, [50] = "InsufficientAccessRights", [53] = "UnwillingToPerform" };

    /// <summary>The word for what a server answered to a bind.</summary>
    /// <param name="code">The result code.</param>
    /// <param name="diagnostic">The diagnostic message, whatever it holds.</param>
    public static string Of(int code, string diagnostic)
    {
        var start = diagnostic.IndexOf(Marker, StringComparison.Ordinal);
        if (code == 49 && start >= 0)
        {
            var data = diagnostic[(start + Marker.Length)..];
            var end = data.IndexOf(',', StringComparison.Ordinal);
            return ByData.GetValueOrDefault(end < 0 ? data : data[..end], WrongPassword);
        }
        return ByCode.GetValueOrDefault(code, Other);
    }
}
