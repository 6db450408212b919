namespace Daypass.Policies;

/// <summary>Why a policy was refused.</summary>
/// <param name="Message">The text AWS gives with <c>MalformedPolicyDocument</c>.</param>
/// <param name="Position">Where in the text the fault is, as near as can be told.</param>
public sealed record PolicyError(string Message, TextPosition Position);
