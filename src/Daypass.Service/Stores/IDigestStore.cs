using Daypass.Names;

namespace Daypass.Service.Stores;

/// <summary>
/// The trail in the store's order, and the digests that seal it. Does not own: what a digest says. Called by: the sealing of trails, and the
/// actions that show what was sealed. Every method throws <see cref="StoreUnavailableException"/> when the engine cannot do its work now.
/// </summary>
internal interface IDigestStore
{
    /// <summary>
    /// A place in the trail's order such that every event up to it, of any node, is there to be read: none can still arrive at or before it.
    /// </summary>
    ValueTask<long> HorizonAsync(CancellationToken cancellationToken);

    /// <summary>Accounts, in the order of their numbers, that have events which no digest covers.</summary>
    ValueTask<IReadOnlyList<AccountId>> UnsealedAsync(AccountId after, int count, CancellationToken cancellationToken);

    /// <summary>An account's events behind <paramref name="after"/> up to <paramref name="until"/>, in the trail's order.</summary>
    ValueTask<IReadOnlyList<OrderedEvent>> ReadAsync(AccountId account, long after, long until, int count, CancellationToken cancellationToken);

    /// <summary>The account's newest digest; null when there is none.</summary>
    ValueTask<StoredDigest?> NewestAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>The digests of an account behind a number, in their order.</summary>
    ValueTask<IReadOnlyList<StoredDigest>> DigestsAsync(AccountId account, long after, int count, CancellationToken cancellationToken);

    /// <summary>Stores a digest; false, and nothing happens, when the account has one of that number already. Durable when it returns true.</summary>
    ValueTask<bool> AddAsync(StoredDigest digest, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the digests that ended before a moment and whose next one did, too: so the oldest that stays is as old, and says where the one
    /// behind it begins. Returns how many.
    /// </summary>
    ValueTask<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>An event's record at its place in the trail's order.</summary>
internal readonly record struct OrderedEvent(long Id, DateTimeOffset Time, ReadOnlyMemory<byte> Record);

/// <summary>A digest as it is stored.</summary>
internal sealed record StoredDigest
{
    public required AccountId Account { get; init; }

    /// <summary>1 for the first of the account, then one more each.</summary>
    public required long Number { get; init; }

    /// <summary>Policy time, whole seconds.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>
    /// The place of the last event that it seals. It only finds accounts with unsealed events: what counts is in the content, which is signed.
    /// </summary>
    public required long Until { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public required string Signature { get; init; }

    /// <summary>The digest file's content before compression.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }
}
