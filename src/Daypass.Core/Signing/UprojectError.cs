namespace Daypass.Signing;

/// <summary>Why a request of this API could not be read.</summary>
/// <param name="Message">One line for the caller; may quote names that the caller sent, shortened.</param>
/// <param name="Parameter">The parameter that is wrong, if it is one.</param>
public sealed record UprojectError(string Message, string? Parameter = null);
