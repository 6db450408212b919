using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>A moment as keys are judged by it. Policy time is what sessions expire by; it can be moved ahead of real time.</summary>
internal readonly record struct KeyMoment(DateTimeOffset Real, DateTimeOffset Policy);

/// <summary>What is to be done with a key now.</summary>
/// <param name="Name">As the trail has it.</param>
/// <param name="Key">The key, as it is.</param>
/// <param name="Puts">The keys that change, as they will be.</param>
/// <param name="IsDeleted">Whether the key goes.</param>
/// <param name="NeedsUnused">Only when nothing stored is sealed with it any more: whoever does the step sees to that first.</param>
internal sealed record KeyStep(string Name, StoredKey Key, IReadOnlyList<StoredKey> Puts, bool IsDeleted = false, bool NeedsUnused = false);

/// <summary>
/// The rules of a key's life, purely: (documents, now) -> changes.
/// <code>
/// PrePublished   every node learns it before the first one uses it
/// Active         seals or signs; one for each purpose
/// DecryptOnly    opens (or its public half verifies) what it made, until nothing of that can be left
/// (gone)         the document is deleted
/// Compromised    refused at once, from any state; goes when a retired key would
/// </code>
/// Nothing here is exact to the second, and nothing rests on nodes having the same clock: a node that meets a key before it heard of it
/// looks at the feed and tries again.
/// </summary>
internal static class KeyRotation
{
    /// <summary>How long a new key is known before it seals: ten times what a node's view is late while the store answers.</summary>
    public static readonly TimeSpan PrePublication = TimeSpan.FromSeconds(10);

    /// <summary>The longest session that there is (GetSessionToken: 129600 seconds).</summary>
    public static readonly TimeSpan LongestSession = TimeSpan.FromHours(36);

    /// <summary>
    /// The longest that a node may go on without the store (--max-staleness), and an hour for clocks that differ: so long after a key was
    /// retired, a node that was cut off may still have sealed with it.
    /// </summary>
    public static readonly TimeSpan LongestStaleness = TimeSpan.FromHours(24 + 1);

    /// <summary>How long a compromised key of stored secrets still opens, for what nodes sealed with it before they heard.</summary>
    public static readonly TimeSpan RefusalDelay = TimeSpan.FromMinutes(10);

    /// <summary>When a key that is not yet active becomes so, or the others did, in real time.</summary>
    public static DateTimeOffset ActiveFrom(StoredKey key) => key.ActiveFrom ?? (key.Retired is null && Is(key, SealingKeyState.PrePublished) ? key.Created + PrePublication : key.Created);

    /// <summary>When a retired key may go at the earliest, in real time; null while it is in use, and for those that stay.</summary>
    public static DateTimeOffset? MayGo(StoredKey key) => key.Retired + KeyPurposes.KeptFor(key.Purpose);

    public static bool Is(StoredKey key, SealingKeyState state) => key.State == state.ToString();

    /// <summary>The steps that are due. Each is one commit; after one of them the rules are asked again.</summary>
    public static IEnumerable<KeyStep> StepsDue(IEnumerable<StoredKey> keys, KeyMoment now) =>
        keys.GroupBy(key => key.Purpose).SelectMany(ring => StepsOfRing([.. ring], now));

    /// <summary>The key takes over, and what sealed before it only opens from now on.</summary>
    public static IReadOnlyList<StoredKey> Activate(IEnumerable<StoredKey> ring, StoredKey key, KeyMoment now) =>
    [
        key with { State = nameof(SealingKeyState.Active) },
        .. ring.Where(other => other.Id != key.Id && other.Purpose == key.Purpose && Is(other, SealingKeyState.Active)).Select(other => Retire(other, SealingKeyState.DecryptOnly, now)),
    ];

    /// <summary>
    /// The key is in somebody else's hands. Sessions end at once. Stored secrets are sealed anew first: refusing them now would lock out
    /// their owners and protect nobody, for whoever has the key and the store has read them.
    /// </summary>
    public static StoredKey Revoke(StoredKey key, KeyMoment now) =>
        Retire(key, KeyPurposes.IsStored(key.Purpose) && !Is(key, SealingKeyState.PrePublished) ? SealingKeyState.DecryptOnly : SealingKeyState.Compromised, now) with { Revoked = now.Real };

    /// <summary>The key as it is when it seals or signs no more.</summary>
    public static StoredKey Retire(StoredKey key, SealingKeyState state, KeyMoment now) => key with
    {
        State = state.ToString(),
        Retired = key.Retired ?? now.Real,
        RetiredPolicyTime = key.RetiredPolicyTime ?? now.Policy,
        // What signs no more needs no private key: from here on nobody can sign anything of before.
        SealedKey = key.SealedPublicKey ?? key.SealedKey,
        SealedPublicKey = null,
    };

    private static IEnumerable<KeyStep> StepsOfRing(List<StoredKey> ring, KeyMoment now)
    {
        // The oldest first: should there ever be two, the newest is the one that stays.
        foreach (var key in ring.Where(key => Is(key, SealingKeyState.PrePublished) && now.Real >= ActiveFrom(key)).OrderBy(key => key.Created))
            yield return new KeyStep("ActivateKey", key, Activate(ring, key, now));
        foreach (var key in ring.Where(key => key.Retired is not null))
        {
            if (IsOver(key, now))
                yield return new KeyStep("DeleteKey", key, [], IsDeleted: true, NeedsUnused: KeyPurposes.IsStored(key.Purpose));
            else if (KeyPurposes.IsStored(key.Purpose) && Is(key, SealingKeyState.DecryptOnly) && key.Resealed is null)
                yield return new KeyStep("ResealSecrets", key, [key with { Resealed = now.Real }], NeedsUnused: true);
            else if (Is(key, SealingKeyState.DecryptOnly) && now.Real >= key.Revoked + RefusalDelay)
                yield return new KeyStep("RefuseKey", key, [key with { State = nameof(SealingKeyState.Compromised) }], NeedsUnused: true);
        }
    }

    // In both times. Policy time that is moved ahead ends sessions early, but sealed with a stale node's key they may be issued still; and
    // a store that was restored may have its policy time from before.
    private static bool IsOver(StoredKey key, KeyMoment now) =>
        now.Real >= key.Retired + KeyPurposes.KeptFor(key.Purpose) && now.Policy >= key.RetiredPolicyTime + KeyPurposes.KeptFor(key.Purpose);
}
