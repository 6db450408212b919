namespace Daypass.Policies;

/// <summary>A document in its place: attached, inline, passed or set on a resource.</summary>
/// <param name="Document">The compiled text; it may be shared by many policies.</param>
/// <param name="Id">The policy's ARN, or the name of an inline policy.</param>
/// <param name="Arn">The ARN that messages may name; null for inline policies.</param>
/// <param name="PrincipalBindings">
/// The unique ids (AIDA..., AROA...) that the user, role and role session ARNs in <c>Principal</c> stood for when the policy was
/// written, by the ARN as written. A bound ARN matches only a caller with that id, so a re-created name inherits no trust. An ARN without a
/// binding is compared as text.
/// </param>
public sealed record Policy(PolicyDocument Document, string Id, string? Arn, IReadOnlyDictionary<string, string>? PrincipalBindings = null);
