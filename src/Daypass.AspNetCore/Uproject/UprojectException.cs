using Daypass.Signing;

namespace Daypass.AspNetCore;

/// <summary>Ends a call of the uproject dialect with a code of the API.</summary>
/// <param name="retCode">The code, not 0: the service's own, or one that all services have, such as 220 (missing parameter) and 230 (wrong value).</param>
/// <param name="message">One line for the caller.</param>
public sealed class UprojectException(int retCode, string message) : Exception(message)
{
    /// <summary>The code.</summary>
    public int RetCode { get; } = retCode is not 0 ? retCode : throw new ArgumentOutOfRangeException(nameof(retCode), "0 is for calls that have succeeded.");

    /// <summary>A parameter that must be there is not: 220.</summary>
    /// <param name="name">Its name.</param>
    public static UprojectException Missing(string name) => new(RetCodes.MissingParameter, RetCodes.Missing(name));

    /// <summary>A parameter's value is wrong: 230.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="why">What to change; may be left out.</param>
    public static UprojectException NotValid(string name, string? why = null) => new(RetCodes.WrongParameter, RetCodes.NotValid(name, why));
}
