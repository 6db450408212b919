using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.SignIn;

/// <summary>
/// The two calls of the console federation endpoint. No dialect finds them: they carry no signature, and only that endpoint knows how to
/// show what they are proven by (<see cref="ApiRequest.Shown"/>).
/// </summary>
internal static class SignInService
{
    public static readonly ApiService Service = new("signin", "console", "", "signin.amazonaws.com", "");

    public static readonly GetSigninToken GetSigninToken = new() { Service = Service };

    public static readonly ConsoleLogin ConsoleLogin = new() { Service = Service };

    /// <summary>What the trail adds to both, as CloudTrail does.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Additions(Caller caller) =>
        [new("MobileVersion", "No"), new("MFAUsed", caller.Session?.MfaAt is null ? "No" : "Yes")];
}
