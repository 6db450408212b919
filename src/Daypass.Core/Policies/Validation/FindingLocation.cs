namespace Daypass.Policies.Validation;

/// <summary>A part of a policy that a finding is about.</summary>
/// <param name="Path">The way to it from the root; empty for the whole document and where the text is no JSON.</param>
/// <param name="Start">Its first character in the text as supplied.</param>
/// <param name="End">Just past its last character.</param>
public sealed record FindingLocation(IReadOnlyList<PathElement> Path, TextPosition Start, TextPosition End);
