namespace Daypass.Policies;

/// <summary>One entry of a principal element.</summary>
/// <param name="Kind">What the entry names.</param>
/// <param name="Text">The entry as written; a URN as the ARN that it stands for.</param>
/// <param name="Position">Where it begins in the policy's text.</param>
public sealed record PrincipalPattern(PrincipalPatternKind Kind, string Text, TextPosition Position);
