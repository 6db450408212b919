using System.Buffers.Text;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Tokens;

namespace Daypass.Core.Tests.Tokens;

/// <summary>The encoded messages of refusals: nobody reads, changes, forges or measures them.</summary>
public sealed class AuthorizationMessageTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, XAes256Gcm.NonceSize).Select(number => (byte)number)];
    private static readonly byte[] Random = [.. Enumerable.Range(7, AuthorizationMessageCodec.KeyRandom).Select(number => (byte)number)];
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Caller = AccountId.Of(111122223333);
    private static readonly AccountId Owner = AccountId.Of(444455556666);
    private static readonly AccountId Third = AccountId.Of(777788889999);
    private static readonly AuthorizationMessage Message = new(new ExplainedDenial(Caller, Owner, """{"caller":"Ünïcode ✓"}""", """{"owner":1}"""), Now);
    private static readonly MessageOrigin Origin = new("photos", "us-east-1", Owner);
    private static readonly AuthorizationMessageCodec Codec = new(RingOf((1, 0x11, SealingKeyState.Active)));

    [Fact]
    public void What_was_sealed_comes_back_and_each_side_has_its_own_text()
    {
        var opened = Codec.Open(Codec.Seal(Message, Nonce), Now)!;
        Assert.Equal(Message, opened.Message);
        Assert.Null(opened.Origin);
        Assert.Equal((Message.Denial.CallerText, Message.Denial.OwnerText), (opened.Message.Denial.TextFor(Caller), opened.Message.Denial.TextFor(Owner)));
        Assert.Null(opened.Message.Denial.TextFor(Third));
        Assert.Null(opened.Message.Denial.TextFor(default));
    }

    [Fact]
    public void A_services_message_comes_back_with_the_services_name()
    {
        var opened = Codec.Open(Leased().Seal(Message, Nonce), Now)!;
        Assert.Equal((Message, Origin), (opened.Message, opened.Origin));
    }

    [Theory]
    [InlineData(0, 2048)]
    [InlineData(1536 - 320, 2048)]
    [InlineData(1536 - 320 + 1, 4096)]
    [InlineData(3072 - 320 + 1, 6827)]
    [InlineData(5120 - 320 + 1, 10240)]
    [InlineData(AuthorizationMessage.LongRoom, 10240)]
    public void A_message_has_one_of_few_lengths_whoever_made_it_and_whatever_it_says(int text, int length)
    {
        foreach (var written in new[] { new string('t', text), string.Concat(Enumerable.Repeat("ab", text))[..text] })
        {
            var message = Message with { Denial = Message.Denial with { CallerText = written, OwnerText = null } };
            foreach (var sealedMessage in SealedByAll(message))
            {
                Assert.Equal(length, sealedMessage.Length);
                Assert.Equal(text == 0 ? null : written, Codec.Open(sealedMessage, Now)!.Message.Denial.CallerText);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1536)]
    [InlineData(AuthorizationMessage.OneRoom)]
    public void Where_the_length_must_tell_nothing_it_is_one(int text)
    {
        var message = Message with { Denial = Message.Denial with { CallerText = new string('t', text), OwnerText = null }, IsOfOneSize = true };
        Assert.All(SealedByAll(message), sealedMessage => Assert.Equal(4096, sealedMessage.Length));
        var longer = message with { Denial = message.Denial with { CallerText = new string('t', AuthorizationMessage.OneRoom + 1) } };
        Assert.Throws<ArgumentException>(() => Codec.Seal(longer, Nonce));
    }

    private static string[] SealedByAll(AuthorizationMessage message) =>
        [Codec.Seal(message, Nonce), Leased().Seal(message, Nonce), Leased(new MessageOrigin(new string('s', 63), new string('r', 63), Owner)).Seal(message, Nonce)];

    [Fact]
    public void What_does_not_fit_is_not_cut() =>
        Assert.Throws<ArgumentException>(() => Codec.Seal(Message with { Denial = Message.Denial with { CallerText = new string('t', AuthorizationMessage.LongRoom) } }, Nonce));

    [Fact]
    public void A_message_with_any_bit_changed_is_none()
    {
        foreach (var encoded in new[] { Codec.Seal(Message, Nonce), Leased().Seal(Message, Nonce) })
        {
            var blob = Base64Url.DecodeFromChars(encoded);
            // All of the parts in front, one of each byte behind them.
            for (var bit = 0; bit < blob.Length * 8; bit += bit < 400 * 8 ? 1 : 9)
            {
                blob[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Null(Codec.Open(Base64Url.EncodeToString(blob), Now));
                blob[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    public static TheoryData<string> Garbage =>
    [
        "", "A", "AQ", "not base64!", new string('A', 2048), new string('A', 4096), new string('A', 6827), new string('A', 10240), new string('A', 10241), "_____w", new string('A', 6826) + "=", "Ünïcode",
        Base64Url.EncodeToString([2, 0xff, 0xff, .. new byte[5117]]), Base64Url.EncodeToString([2, 0, 0, .. new byte[5117]]), Base64Url.EncodeToString([1, .. new byte[5119]]),
    ];

    [Theory]
    [MemberData(nameof(Garbage))]
    public void Garbage_is_no_message(string text) => Assert.Null(Codec.Open(text, Now));

    [Fact]
    public void A_message_has_one_text_only()
    {
        var encoded = Codec.Seal(Message, Nonce);
        Assert.Null(Codec.Open(encoded + "=", Now));
        Assert.Null(Codec.Open(encoded + "\n", Now));
        Assert.Null(Codec.Open(encoded.Insert(100, " "), Now));
        // 5120 bytes leave two bits of the last character unused.
        var spare = encoded[..^1] + (char)(encoded[^1] + 1);
        Assert.Null(Codec.Open(spare, Now));
    }

    [Fact]
    public void A_message_ends_with_its_lifetime_and_does_not_come_from_the_future()
    {
        foreach (var encoded in new[] { Codec.Seal(Message, Nonce), Leased().Seal(Message, Nonce) })
        {
            Assert.NotNull(Codec.Open(encoded, Now + AuthorizationMessage.Lifetime - TimeSpan.FromSeconds(1)));
            Assert.Null(Codec.Open(encoded, Now + AuthorizationMessage.Lifetime));
            Assert.NotNull(Codec.Open(encoded, Now - AuthorizationMessage.MaxClockSkew));
            Assert.Null(Codec.Open(encoded, Now - AuthorizationMessage.MaxClockSkew - TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public void A_service_cannot_explain_for_longer_than_its_key_lives_however_it_dates_its_messages()
    {
        var end = Now + AuthorizationMessageCodec.KeyLifetime;
        var encoded = Leased().Seal(Message with { IssuedAt = end }, Nonce);
        Assert.NotNull(Codec.Open(encoded, end - TimeSpan.FromSeconds(1)));
        Assert.Null(Codec.Open(encoded, end));
    }

    [Fact]
    public void A_service_cannot_speak_of_the_callers_of_another_account()
    {
        var lease = Leased();
        foreach (var caller in new[] { Owner, Third, default })
            Assert.Null(Codec.Open(lease.Seal(Message with { Denial = Message.Denial with { Caller = caller } }, Nonce), Now));
    }

    [Fact]
    public void A_service_cannot_put_its_words_under_the_key_of_another()
    {
        var mine = Leased();
        var theirs = Codec.MakeKey(Origin with { Service = "videos" }, Caller, Now, [.. Random.Select(number => (byte)(number + 1))]);
        Assert.Null(Codec.Open((mine with { SealedKey = theirs.SealedKey }).Seal(Message, Nonce), Now));
        var (blob, other) = (Base64Url.DecodeFromChars(mine.Seal(Message, Nonce)), Base64Url.DecodeFromChars(theirs.Seal(Message, Nonce)));
        other.AsSpan(0, 3 + theirs.SealedKey.Length).CopyTo(blob);
        Assert.Null(Codec.Open(Base64Url.EncodeToString(blob), Now));
    }

    [Fact]
    public void A_sealed_key_is_no_message_and_a_message_no_sealed_key()
    {
        var lease = Leased();
        Assert.Null(Codec.Open(Base64Url.EncodeToString([1, .. lease.SealedKey, .. new byte[5119 - lease.SealedKey.Length]]), Now));
        var own = Base64Url.DecodeFromChars(Codec.Seal(Message, Nonce));
        Assert.Null(Codec.Open((lease with { SealedKey = own[1..1001] }).Seal(Message, Nonce), Now));
    }

    [Fact]
    public void What_a_service_seals_may_be_anything_and_harms_nobody()
    {
        var lease = Leased();
        var head = (byte[])[2, 0, (byte)lease.SealedKey.Length, .. lease.SealedKey];
        using var cipher = new XAes256Gcm(lease.Key);
        for (var fill = 0; fill < 256; fill++)
        {
            var body = Enumerable.Repeat((byte)fill, 5120 - head.Length - XAes256Gcm.NonceSize - XAes256Gcm.TagSize).ToArray();
            var (ciphertext, tag) = (new byte[body.Length], new byte[XAes256Gcm.TagSize]);
            cipher.Seal(Nonce, body, ciphertext, tag, head);
            Assert.Null(Codec.Open(Base64Url.EncodeToString([.. head, .. Nonce, .. ciphertext, .. tag]), Now));
        }
    }

    [Fact]
    public void Keys_rotate_and_are_refused_along_with_those_of_sessions()
    {
        foreach (var encoded in new[] { Codec.Seal(Message, Nonce), Leased().Seal(Message, Nonce) })
        {
            Assert.NotNull(new AuthorizationMessageCodec(RingOf((1, 0x11, SealingKeyState.DecryptOnly), (2, 0x22, SealingKeyState.Active))).Open(encoded, Now));
            Assert.Null(new AuthorizationMessageCodec(RingOf((1, 0x11, SealingKeyState.Compromised), (2, 0x22, SealingKeyState.Active))).Open(encoded, Now));
            Assert.Null(new AuthorizationMessageCodec(RingOf((2, 0x22, SealingKeyState.Active))).Open(encoded, Now));
            Assert.Null(new AuthorizationMessageCodec(RingOf((1, 0x33, SealingKeyState.Active))).Open(encoded, Now));
        }
    }

    [Fact]
    public void The_key_of_session_tokens_itself_opens_and_seals_no_message()
    {
        var ring = RingOf((1, 0x11, SealingKeyState.Active));
        var body = Base64Url.DecodeFromChars(Codec.Seal(Message, Nonce))[1..];
        Assert.Null(new Sealer(ring).Open(body, "daypass"));
        Assert.Null(new Sealer(new KeyRing(AuthorizationMessageCodec.Purpose, [new SealingKey(1, Key(0x11), SealingKeyState.Active)])).Open(body, "daypass"));
        Assert.NotNull(new Sealer(ring.Derive(AuthorizationMessageCodec.Purpose)).Open(body, "daypass"));
        Assert.Null(new Sealer(ring.Derive("another")).Open(body, "daypass"));
    }

    private static LeaseExplanation Leased(MessageOrigin? origin = null) => Codec.MakeKey(origin ?? Origin, Caller, Now, Random);

    private static byte[] Key(byte fill) => [.. Enumerable.Repeat(fill, XAes256Gcm.KeySize)];

    private static KeyRing RingOf(params (uint Id, byte Fill, SealingKeyState State)[] keys) =>
        new(SessionTokenCodec.Purpose, keys.Select(key => new SealingKey(key.Id, Key(key.Fill), key.State)));
}
