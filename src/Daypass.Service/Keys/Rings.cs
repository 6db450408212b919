using Daypass.Service.SignIn;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>The key rings of one moment, ready for use. A purpose without any usable key has none, and nothing can be sealed for it.</summary>
/// <param name="sessions">Seals session tokens.</param>
/// <param name="secrets">Seals what is stored.</param>
/// <param name="issuedUntil">By the ids of session keys of which not every session is accepted: the last moment of issue that is.</param>
/// <param name="signing">The keys that sign, the newest first, by purpose.</param>
internal sealed class Rings(KeyRing? sessions, KeyRing? secrets, IReadOnlyDictionary<uint, DateTimeOffset>? issuedUntil = null, IReadOnlyDictionary<string, SigningKey[]>? signing = null)
{
    private readonly Dictionary<string, SigningKey> _signers = (signing ?? NoKeys).Values.Select(ring => Array.Find(ring, key => key is { IsActive: true, CanSign: true }))
        .OfType<SigningKey>().ToDictionary(key => key.Purpose, StringComparer.Ordinal);

    private readonly KeyRing? _secretKeys = secrets;

    public SessionTokenCodec? Sessions { get; } = sessions is null ? null : new SessionTokenCodec(sessions);

    /// <summary>Seals and opens what refusals carry. Of the same keys' children: no ring has to be made, kept and turned for it.</summary>
    public AuthorizationMessageCodec? Messages { get; } = sessions is null ? null : new AuthorizationMessageCodec(sessions);

    /// <summary>Seals and opens the tickets that services report with; of the same keys' children, too.</summary>
    public ReportTicketCodec? Tickets { get; } = sessions is null ? null : new ReportTicketCodec(sessions);

    /// <summary>Seals and opens sign-in tokens, of the same keys' children.</summary>
    public SigninTokenCodec? SigninTokens { get; } = sessions is null ? null : new SigninTokenCodec(sessions);

    /// <summary>Seals and opens what sign-ins at SAML providers carry along, of the same keys' children.</summary>
    public SamlRequestCodec? SamlRequests { get; } = sessions is null ? null : new SamlRequestCodec(sessions);

    /// <summary>Seals and opens codes that hand sessions over, of the same keys' children.</summary>
    public HandOverCodec? HandOvers { get; } = sessions is null ? null : new HandOverCodec(sessions);

    public Sealer? Secrets { get; } = secrets is null ? null : new Sealer(secrets);

    /// <summary>The claims of a session token; null for every kind of "this is none" alike.</summary>
    public SessionClaims? OpenSession(string token, string accessKeyId)
    {
        if (Sessions?.Open(token, accessKeyId) is not { } claims)
            return null;
        return SessionTokenCodec.KeyIdOf(token) is { } id && IsTooLate(id, claims.IssuedAt) ? null : claims;
    }

    /// <summary>What an encoded authorization message holds; null for every kind of "this is none" alike.</summary>
    public OpenedMessage? OpenMessage(string encoded, DateTimeOffset now) =>
        Messages?.Open(encoded, now) is { } opened && !IsTooLate(opened.KeyId, opened.SealedAt) ? opened : null;

    /// <summary>What a ticket says; null for every kind of "this is none" alike.</summary>
    public ReportTicket? OpenTicket(byte[] blob) =>
        Tickets?.Open(blob) is { } ticket && !IsTooLate(Sealer.KeyIdOf(blob)!.Value, ticket.From) ? ticket : null;

    private bool IsTooLate(uint key, DateTimeOffset issued) => issuedUntil is { Count: > 0 } && issuedUntil.TryGetValue(key, out var until) && issued > until;

    /// <summary>The key that signs for a purpose; null where there is none, or none that opens here.</summary>
    public SigningKey? SigningKey(string purpose) => _signers.GetValueOrDefault(purpose);

    /// <summary>The keys of a purpose, the newest first: also those to come, those that have signed, and those of ill repute.</summary>
    public IReadOnlyList<SigningKey> SigningKeys(string purpose) => (signing ?? NoKeys).GetValueOrDefault(purpose) ?? [];

    private static readonly IReadOnlyDictionary<string, SigningKey[]> NoKeys = new Dictionary<string, SigningKey[]>();

    /// <summary>Whether the key that sealed a stored secret is here and not refused.</summary>
    public bool HasSecretKey(uint? id) => id is { } known && _secretKeys?.FindToOpen(known) is not null;
}
