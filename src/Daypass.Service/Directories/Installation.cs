namespace Daypass.Service.Directories;

/// <summary>An account of this installation: every node knows the set of them, so a stranger's account id costs no look-up.</summary>
internal sealed record Account
{
    public int Schema { get; init; } = 1;

    /// <summary>Twelve digits.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Twelve digits of the account whose CreateAccount made this one; null for one that an organization did not make.</summary>
    public string? ManagementAccount { get; init; }

    /// <summary>The account that the installation began with: only its principals may do what concerns the whole installation.</summary>
    public bool IsOperator { get; init; }
}

/// <summary>An access key id whose shape does not tell its account (imported, or chosen at bootstrap), and the account it belongs to.</summary>
internal sealed record ForeignKey(string AccessKeyId, string Account);

/// <summary>
/// A protected service: (name, region) is unique in the installation and belongs to one account. Its name is the service part of
/// signing scopes and of action names.
/// </summary>
internal sealed record ProtectedService
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    public required string Region { get; init; }

    public required string OwnerAccount { get; init; }

    public required DateTimeOffset Registered { get; init; }
}

/// <summary>A key of the ring, sealed under the master key. Times are real time; the rules are in <see cref="Keys.KeyRotation"/>.</summary>
internal sealed record StoredKey
{
    public int Schema { get; init; } = 1;

    public required string Purpose { get; init; }

    public required uint Id { get; init; }

    /// <summary>A name of <see cref="Tokens.SealingKeyState"/>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>When a key that was made known ahead takes over; null for the ten seconds that nodes need.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>When it stopped sealing; null before.</summary>
    public DateTimeOffset? Retired { get; init; }

    /// <summary>The same moment in policy time, which sessions expire by.</summary>
    public DateTimeOffset? RetiredPolicyTime { get; init; }

    /// <summary>When an operator said that somebody else may have the key; null for a key of good repute.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>When everything that it had sealed was found to be sealed under another key; only for keys whose work is stored.</summary>
    public DateTimeOffset? Resealed { get; init; }

    /// <summary>
    /// The last moment of policy time that a session may have been issued at which this key sealed; null for any. A restore sets it, for
    /// what the restored store cannot know to have been revoked.
    /// </summary>
    public DateTimeOffset? IssuedUntil { get; init; }

    public required byte[] SealedKey { get; init; }

    /// <summary>Of a key that signs, the public half, which takes the place of the pair when the key is retired; null for all others.</summary>
    public byte[]? SealedPublicKey { get; init; }
}

/// <summary>That this store was restored from a backup, and what the operator chose.</summary>
internal sealed record Restored
{
    public int Schema { get; init; } = 1;

    /// <summary>Real time of the machine that made the backup.</summary>
    public required DateTimeOffset BackupAt { get; init; }

    /// <summary>The epoch and sequence that the backup was made at.</summary>
    public required string BackupEpoch { get; init; }

    public required long BackupSequence { get; init; }

    public required DateTimeOffset RestoredAt { get; init; }

    /// <summary><c>none</c>, <c>before-backup</c> or <c>all</c>: which sessions of before are still accepted.</summary>
    public required string Sessions { get; init; }

    /// <summary><c>inactive</c>, <c>previous</c> (as the store has them that was there before) or <c>all</c>.</summary>
    public required string AccessKeys { get; init; }
}

/// <summary>That this store was copied to another one, which has taken its place: no node starts on it any more.</summary>
internal sealed record Moved
{
    public int Schema { get; init; } = 1;

    /// <summary>Where to, without secrets.</summary>
    public required string To { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>How far policy time is ahead of real time. Only grows.</summary>
internal sealed record ClockOffset(long Seconds);
