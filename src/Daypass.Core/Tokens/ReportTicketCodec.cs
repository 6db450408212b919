namespace Daypass.Tokens;

/// <summary>
/// Seals and opens the tickets that protected services report with. The ring is derived from that of session tokens: it rotates with it, and
/// a session key that is refused opens no ticket either.
/// </summary>
/// <param name="sessions">The ring of <see cref="SessionTokenCodec.Purpose"/>.</param>
public sealed class ReportTicketCodec(KeyRing sessions)
{
    /// <summary>The purpose of the derived ring.</summary>
    public const string Purpose = "report-ticket";

    private const string Context = "lease";

    private readonly Sealer _sealer = new(sessions.Derive(Purpose));

    /// <summary>The id of the key that seals: tickets are made anew when it changes.</summary>
    public uint KeyId { get; } = sessions.Active.Id;

    /// <summary>A sealed ticket.</summary>
    /// <param name="ticket">What it says.</param>
    /// <param name="nonce"><see cref="XAes256Gcm.NonceSize"/> random bytes.</param>
    public byte[] Seal(ReportTicket ticket, ReadOnlySpan<byte> nonce) => _sealer.Seal(ticket.Write(), Context, nonce);

    /// <summary>Opens a ticket; null for every kind of failure alike: version, key, length, a changed bit.</summary>
    public ReportTicket? Open(ReadOnlySpan<byte> blob) => _sealer.Open(blob, Context) is { } plain ? ReportTicket.Read(plain) : null;
}
