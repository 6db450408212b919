namespace Daypass.Policies.Comparing;

/// <summary>What one dimension contributes to a request.</summary>
/// <param name="Text">What it is, to choose between samples of a class.</param>
/// <param name="Put">Puts it into a request.</param>
internal sealed record Sample(string Text, Action<RequestDraft> Put);
