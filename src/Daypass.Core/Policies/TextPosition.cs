namespace Daypass.Policies;

/// <summary>A place in a policy's text as it was supplied.</summary>
/// <param name="Offset">Characters before it, from 0.</param>
/// <param name="Line">From 1; a line ends with LF.</param>
/// <param name="Column">From 1, in characters.</param>
public readonly record struct TextPosition(int Offset, int Line, int Column);
