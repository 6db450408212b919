using Daypass.Names;

namespace Daypass.Service.Federation.Preview;

/// <summary>A certificate, and what it would be shown for.</summary>
/// <param name="Leaf">As the header of a live call has it: Base64 of its DER.</param>
/// <param name="Chain">Those between it and the anchor, with commas between them; null when there are none.</param>
/// <param name="Anchor">The trust anchor that is meant; null for the one that vouches for it.</param>
/// <param name="Profile">The profile that is meant; null for all of the account.</param>
internal sealed record CertificateQuestion(string Leaf, string? Chain, Arn? Anchor, Arn? Profile);
