namespace Daypass.Signing;

/// <summary>One reason to refuse a signed request: AWS's code and AWS's text for it.</summary>
/// <param name="Code">The code on the wire.</param>
/// <param name="Message">One line for the caller; empty where AWS sends none. May quote what the caller sent: encode it for the wire.</param>
public sealed record SigningError(SigningErrorCode Code, string Message);
