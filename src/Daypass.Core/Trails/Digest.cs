namespace Daypass.Trails;

/// <summary>
/// What a digest file says: the log files of a span of time with their hashes, and which digest came before (CloudTrail User Guide,
/// "CloudTrail digest file structure"). Three members are Daypass's own, and other readers pass over them: <see cref="RetentionDays"/>,
/// <see cref="DigestLogFile.Marks"/> and <see cref="DigestLogFile.Last"/>.
/// </summary>
public sealed record Digest
{
    /// <summary>The only signature algorithm there is.</summary>
    public const string SignatureAlgorithm = "SHA256withRSA";

    /// <summary>The only hash algorithm there is.</summary>
    public const string HashAlgorithm = "SHA-256";

    /// <summary>Twelve digits of the account.</summary>
    public required string Account { get; init; }

    /// <summary>The end of the digest before; of a first one, the time of its oldest event. Whole seconds.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it was sealed, in whole seconds; later than that of the digest before.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The bucket that it belongs into.</summary>
    public required string Bucket { get; init; }

    /// <summary>The object key that it belongs under.</summary>
    public required string Key { get; init; }

    /// <summary>The fingerprint of the public key (<see cref="TrailPublicKey.Fingerprint"/>) that verifies its signature.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The time of the newest event in it; null when there is none.</summary>
    public DateTimeOffset? NewestEvent { get; init; }

    /// <summary>The time of the oldest event in it; null when there is none.</summary>
    public DateTimeOffset? OldestEvent { get; init; }

    /// <summary>The digest before; null in the first of a chain.</summary>
    public PreviousDigest? Previous { get; init; }

    /// <summary>For how many days events were kept when it was sealed: what is older may be gone, and is no finding. 0: for ever.</summary>
    public int RetentionDays { get; init; }

    /// <summary>The log files, in the order of the trail.</summary>
    public required IReadOnlyList<DigestLogFile> LogFiles { get; init; }
}

/// <summary>Which digest came before, and what it was.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Key">Its object key.</param>
/// <param name="Hash">SHA-256 of its content before compression, in lower-case hexadecimal.</param>
/// <param name="Signature">Its signature in lower-case hexadecimal.</param>
public sealed record PreviousDigest(string Bucket, string Key, string Hash, string Signature);

/// <summary>A log file as a digest lists it.</summary>
/// <param name="Bucket">The bucket that it belongs into.</param>
/// <param name="Key">The object key that it belongs under.</param>
/// <param name="Hash">SHA-256 of its content before compression, in lower-case hexadecimal.</param>
/// <param name="NewestEvent">The time of the newest event in it.</param>
/// <param name="OldestEvent">The time of the oldest event in it.</param>
/// <param name="Marks">
/// The first four bytes of the SHA-256 of each record, one behind the other, in order (<see cref="RecordMarks"/>). They prove nothing that the
/// hash does not; they tell where in the file something is wrong. Empty where a digest has none.
/// </param>
/// <param name="Last">The place of its last event in the order of the store that it was made of; 0 where a digest has none.</param>
public sealed record DigestLogFile(string Bucket, string Key, string Hash, DateTimeOffset NewestEvent, DateTimeOffset OldestEvent, ReadOnlyMemory<byte> Marks, long Last);
