using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.SignIn;

/// <summary>
/// The calls of the console federation endpoint and of the page of roles. No dialect finds them: they carry no signature, and only those endpoints know how to
/// show what they are proven by (<see cref="ApiRequest.Shown"/>).
/// </summary>
internal static class SignInService
{
    public static readonly ApiService Service = new("signin", "console", "", "signin.amazonaws.com", "");

    public static readonly GetSigninToken GetSigninToken = new() { Service = Service };

    public static readonly ConsoleLogin ConsoleLogin = new() { Service = Service };

    public static readonly ListOfferedRoles ListOfferedRoles = new() { Service = Service };

    public static readonly RedeemHandOver RedeemHandOver = new() { Service = Service };

    /// <summary>What the trail adds to both, as CloudTrail does.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Additions(Caller caller) =>
        [new("MobileVersion", "No"), new("MFAUsed", caller.Session?.MfaAt is null ? "No" : "Yes")];
}
