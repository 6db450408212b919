using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>The key rings of one moment, ready for use. A purpose without any usable key has none, and nothing can be sealed for it.</summary>
internal sealed class Rings(KeyRing? sessions, KeyRing? secrets)
{
    private readonly KeyRing? _secretKeys = secrets;

    public SessionTokenCodec? Sessions { get; } = sessions is null ? null : new SessionTokenCodec(sessions);

    public Sealer? Secrets { get; } = secrets is null ? null : new Sealer(secrets);

    /// <summary>Whether the key that sealed a stored secret is here and not refused.</summary>
    public bool HasSecretKey(uint? id) => id is { } known && _secretKeys?.FindToOpen(known) is not null;
}
