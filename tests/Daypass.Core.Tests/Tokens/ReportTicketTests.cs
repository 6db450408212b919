using Daypass.Names;
using Daypass.Tokens;

namespace Daypass.Core.Tests.Tokens;

public sealed class ReportTicketTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, XAes256Gcm.NonceSize).Select(number => (byte)number)];
    private static readonly ReportTicket Ticket = new()
    {
        Origin = new MessageOrigin("photos", "us-east-1", AccountId.Of(111122223333)),
        Account = AccountId.Of(444455556666),
        AccessKeyId = "ASIAQAAAAAAAAAEXAMPL",
        Username = "Ünïcode",
        Identity = """{"type":"AssumedRole"}""",
        ForeignIdentity = """{"type":"AWSAccount"}""",
        From = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
        Until = DateTimeOffset.FromUnixTimeSeconds(1_790_003_600),
    };

    private static readonly byte[] Sealed = CodecOf(1, SealingKeyState.Active).Seal(Ticket, Nonce);

    [Fact]
    public void Everything_that_was_sealed_comes_back() => Assert.Equal(Ticket, CodecOf(1, SealingKeyState.Active).Open(Sealed));

    [Fact]
    public void A_ticket_of_a_retired_key_opens_and_one_of_a_refused_key_does_not()
    {
        Assert.NotNull(With(SealingKeyState.DecryptOnly).Open(Sealed));
        Assert.Null(With(SealingKeyState.Compromised).Open(Sealed));
    }

    [Fact]
    public void Another_installations_ticket_is_none() => Assert.Null(CodecOf(2, SealingKeyState.Active).Open(Sealed));

    [Fact]
    public void What_the_same_key_sealed_for_another_purpose_is_none()
    {
        var ring = Ring(1, SealingKeyState.Active);
        foreach (var other in (KeyRing[])[ring, ring.Derive(AuthorizationMessageCodec.Purpose)])
            Assert.Null(CodecOf(1, SealingKeyState.Active).Open(new Sealer(other).Seal(Ticket.Write(), "lease", Nonce)));
        Assert.Null(CodecOf(1, SealingKeyState.Active).Open(new Sealer(ring.Derive(ReportTicketCodec.Purpose)).Seal(Ticket.Write(), "another", Nonce)));
    }

    [Fact]
    public void What_a_later_version_wrote_is_none()
    {
        var plain = Ticket.Write();
        plain[0]++;
        Assert.Null(ReportTicket.Read(plain));
        Assert.Null(ReportTicket.Read([]));
    }

    private static ReportTicketCodec CodecOf(byte seed, SealingKeyState state) => new(Ring(seed, state));

    private static KeyRing Ring(byte seed, SealingKeyState state) => new(SessionTokenCodec.Purpose, [Key(1, seed, state)]);

    private static ReportTicketCodec With(SealingKeyState state) => new(new KeyRing(SessionTokenCodec.Purpose, [Key(1, 1, state), Key(2, 9, SealingKeyState.Active)]));

    private static SealingKey Key(uint id, byte seed, SealingKeyState state) => new(id, [.. Enumerable.Repeat(seed, XAes256Gcm.KeySize)], state);
}
