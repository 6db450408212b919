using System.Security.Cryptography;
using System.Text;

namespace Daypass.Service.Revocations;

/// <summary>What a revocation names. The words are those of the API.</summary>
internal enum RevocationKind
{
    /// <summary>One session, and what came of it.</summary>
    Session,

    /// <summary>All sessions that a long-term key led to.</summary>
    AccessKey,

    /// <summary>All sessions of a role, and what came of them.</summary>
    Role,

    /// <summary>All sessions of a user, and what its keys and sessions led to.</summary>
    User,

    /// <summary>All sessions that carry a source identity.</summary>
    SourceIdentity,

    /// <summary>All sessions that an identity provider's word for one subject led to.</summary>
    Subject,

    /// <summary>All sessions that an identity provider's word led to, whoever it was for.</summary>
    Provider,

    /// <summary>All sessions of the account's principals, and what came of them.</summary>
    All,
}

/// <summary>
/// That sessions are over: those of one target that were issued before a moment. A document of the installation's set, one for each target of an
/// account, so every node has it; the rules are in <see cref="RevocationIndex"/>. It ends what passed through <see cref="Account"/> and nothing else.
/// </summary>
internal sealed record Revocation
{
    public int Schema { get; init; } = 1;

    /// <summary>Twelve digits of the account that it was made in.</summary>
    public required string Account { get; init; }

    /// <summary>A name of <see cref="RevocationKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>An access key id, a unique id, a source identity, a provider's ARN with or without a space and a subject; empty for all sessions of the account.</summary>
    public string Target { get; init; } = "";

    /// <summary>The role's or user's ARN as it was, to show it.</summary>
    public string? PrincipalArn { get; init; }

    /// <summary>Policy time before which sessions were issued that are over.</summary>
    public required DateTimeOffset IssuedBefore { get; init; }

    /// <summary>Whether everything is meant that was issued before this was written: then the feed's order decides, and not only clocks.</summary>
    public bool IsUpToNow { get; init; }

    /// <summary>The revision of a revocation in the same place that was up to its now and gave way to this one; 0 without any.</summary>
    public long UpTo { get; init; }

    /// <summary>Policy time at which it was made.</summary>
    public required DateTimeOffset RevokedAt { get; init; }

    /// <summary>Real time at which it was made.</summary>
    public required DateTimeOffset RevokedAtRealTime { get; init; }

    /// <summary>The ARN of whoever made it.</summary>
    public required string RevokedBy { get; init; }

    public string? Reason { get; init; }

    // What an identity provider calls its subjects may have any characters.
    public static string NameOf(string account, string kind, string target) =>
        $"{account}/{kind}/{(kind == nameof(RevocationKind.Subject) ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target))) : target)}";
}
