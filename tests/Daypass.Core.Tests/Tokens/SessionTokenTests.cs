using Daypass.Names;
using Daypass.Tokens;

namespace Daypass.Core.Tests.Tokens;

public class SessionTokenTests
{
    private const string KeyId = "ASIAQAAAAAAAAAEXAMPL";
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, XAes256Gcm.NonceSize).Select(number => (byte)number)];
    private static readonly KeyRing Ring = RingOf(SessionTokenCodec.Purpose, (1, 0x11, SealingKeyState.Active));
    private static readonly SessionTokenCodec Codec = new(Ring);

    [Fact]
    public void Everything_that_was_sealed_comes_back()
    {
        var claims = Claims() with
        {
            SourceIdentity = "alice",
            MfaAt = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
            Policy = """{"Version":"2012-10-17","Statement":[]}""",
            PolicySyntax = "uproject",
            PolicyArns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            Tags = [KeyValuePair.Create("Project", "Ünïcode ✓"), KeyValuePair.Create("Empty", "")],
            TransitiveTagKeys = ["Project"],
        };

        var opened = Codec.Open(Codec.Seal(claims, KeyId, Nonce)!, KeyId)!;

        Assert.Equivalent(claims, opened, strict: true);
    }

    [Fact]
    public void A_session_without_policy_and_tags_has_a_token_of_at_most_512_characters()
    {
        var longest = Claims() with
        {
            SessionName = new string('n', 64),
            Chain = [new("AKIAQAAAAAAAAAEXAMPL", "AIDA" + new string('A', 17), DateTimeOffset.UnixEpoch.AddYears(60)) { Account = AccountId.Of(AccountId.Limit - 1) }],
            RevocationsSeen = long.MaxValue,
        };

        Assert.InRange(Codec.Seal(longest, KeyId, Nonce)!.Length, 1, 512);
    }

    [Fact]
    public void What_would_not_fit_is_refused_and_not_cut() =>
        Assert.Null(Codec.Seal(Claims() with { Policy = new string('p', SessionTokenCodec.MaxLength) }, KeyId, Nonce));

    [Fact]
    public void What_fits_is_known_before_it_is_sealed()
    {
        var spare = SessionTokenCodec.MaxSize - SessionTokenCodec.SizeOf(Claims() with { Policy = new string('p', 128) });
        var largest = Claims() with { Policy = new string('p', 128 + spare) };
        Assert.Equal(SessionTokenCodec.MaxSize, SessionTokenCodec.SizeOf(largest));
        Assert.InRange(Codec.Seal(largest, KeyId, Nonce)!.Length, SessionTokenCodec.MaxLength - 3, SessionTokenCodec.MaxLength);
        Assert.Null(Codec.Seal(largest with { Policy = largest.Policy + "p" }, KeyId, Nonce));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(255)]
    public void Claims_of_another_version_are_none(byte version)
    {
        var writer = new ClaimsWriter();
        writer.Write(Claims());
        Assert.Null(ClaimsReader.Read([version, .. writer.Written[1..]]));
    }

    [Fact]
    public void A_flag_that_is_neither_yes_nor_no_is_no_token()
    {
        var writer = new ClaimsWriter();
        writer.Write(Claims() with { Tags = [KeyValuePair.Create("k", "v")] });
        Assert.NotNull(ClaimsReader.Read(writer.Written));
        Assert.Null(ClaimsReader.Read([.. writer.Written[..^1], 2]));
    }

    [Fact]
    public void A_token_of_the_largest_length_opens()
    {
        var size = 2000;
        string? token = null;
        while (Codec.Seal(Claims() with { Policy = new string('p', size + 1) }, KeyId, Nonce) is { } longer)
        {
            token = longer;
            size++;
        }
        Assert.InRange(token!.Length, SessionTokenCodec.MaxLength - 4, SessionTokenCodec.MaxLength);
        Assert.NotNull(Codec.Open(token, KeyId));
    }

    [Fact]
    public void A_token_cut_anywhere_does_not_open()
    {
        var token = Codec.Seal(Claims(), KeyId, Nonce)!;
        for (var length = 0; length < token.Length; length++)
            Assert.Null(Codec.Open(token[..length], KeyId));
    }

    [Fact]
    public void A_token_with_any_bit_changed_does_not_open()
    {
        var blob = Convert.FromBase64String(Codec.Seal(Claims(), KeyId, Nonce)!);
        for (var bit = 0; bit < blob.Length * 8; bit++)
        {
            blob[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Codec.Open(Convert.ToBase64String(blob), KeyId));
            blob[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("extended by a byte")]
    [InlineData("with a line break inside")]
    [InlineData("with a space behind it")]
    [InlineData("with more padding")]
    [InlineData("in the URL alphabet")]
    public void A_token_written_in_another_way_does_not_open(string how)
    {
        // 58 bytes of claims more or less decide the padding; this one ends on a padded group.
        var token = Enumerable.Range(0, 3).Select(extra => Codec.Seal(Claims() with { SessionName = new string('s', 10 + extra) }, KeyId, Nonce)!).First(candidate => candidate.EndsWith('='));
        var damaged = how switch
        {
            "extended by a byte" => Convert.ToBase64String([.. Convert.FromBase64String(token), 0]),
            "with a line break inside" => token.Insert(4, "\n"),
            "with a space behind it" => token + " ",
            "with more padding" => token + "====",
            _ => token.Replace('+', '-').Replace('/', '_') is var url && url != token ? url : token + "-_-_",
        };
        Assert.Null(Codec.Open(damaged, KeyId));
    }

    [Fact]
    public void Spare_bits_behind_the_last_byte_do_not_make_a_second_token()
    {
        var token = Enumerable.Range(0, 3).Select(extra => Codec.Seal(Claims() with { SessionName = new string('s', 10 + extra) }, KeyId, Nonce)!).First(candidate => candidate.EndsWith('='));
        var last = token.TrimEnd('=').Length - 1;
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var twin = token.ToCharArray();
        twin[last] = alphabet[alphabet.IndexOf(twin[last]) ^ 1];
        Assert.Equal(Convert.FromBase64String(token), Convert.FromBase64String(new string(twin)));

        Assert.Null(Codec.Open(new string(twin), KeyId));
        Assert.NotNull(Codec.Open(token, KeyId));
    }

    [Fact]
    public void A_token_does_not_open_with_the_access_key_of_another_session() =>
        Assert.Null(Codec.Open(Codec.Seal(Claims(), KeyId, Nonce)!, "ASIAQAAAAAAAAAEXAMPM"));

    [Fact]
    public void What_was_sealed_for_another_purpose_is_no_session_token()
    {
        var other = new Sealer(RingOf("explanation", (1, 0x11, SealingKeyState.Active)));
        Assert.Null(Codec.Open(Convert.ToBase64String(other.Seal(new byte[200], KeyId, Nonce)), KeyId));
    }

    [Fact]
    public void A_token_of_another_installation_does_not_open()
    {
        var other = new SessionTokenCodec(RingOf(SessionTokenCodec.Purpose, (1, 0x22, SealingKeyState.Active)));
        Assert.Null(Codec.Open(other.Seal(Claims(), KeyId, Nonce)!, KeyId));
    }

    [Fact]
    public void The_ciphertext_of_one_token_does_not_open_under_the_nonce_of_another()
    {
        var one = Convert.FromBase64String(Codec.Seal(Claims(), KeyId, Nonce)!);
        var two = Convert.FromBase64String(Codec.Seal(Claims(), KeyId, [.. Nonce.Reverse()])!);
        two.AsSpan(5, XAes256Gcm.NonceSize).CopyTo(one.AsSpan(5));
        Assert.Null(Codec.Open(Convert.ToBase64String(one), KeyId));
    }

    [Theory]
    [InlineData(SealingKeyState.DecryptOnly, true)]
    [InlineData(SealingKeyState.PrePublished, true)]
    [InlineData(SealingKeyState.Compromised, false)]
    public void An_older_key_opens_unless_it_is_compromised(SealingKeyState state, bool opens)
    {
        var token = Codec.Seal(Claims(), KeyId, Nonce)!;
        var rotated = new SessionTokenCodec(RingOf(SessionTokenCodec.Purpose, (1, 0x11, state), (2, 0x22, SealingKeyState.Active)));

        Assert.Equal(opens, rotated.Open(token, KeyId) is not null);
        Assert.Equal(2u, Sealer.KeyIdOf(Convert.FromBase64String(rotated.Seal(Claims(), KeyId, Nonce)!)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(0, 255)]
    [InlineData(4, 0)]
    [InlineData(4, 2)]
    [InlineData(1, 255)]
    public void A_seal_of_another_version_or_of_a_key_that_is_not_there_does_not_open(int at, byte value)
    {
        var blob = Convert.FromBase64String(Codec.Seal(Claims(), KeyId, Nonce)!);
        Assert.Equal<byte>([1, 0, 0, 0, 1], blob[..5]);
        blob[at] = value;
        Assert.Null(Codec.Open(Convert.ToBase64String(blob), KeyId));
    }

    [Fact]
    public void A_ring_without_exactly_one_active_key_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RingOf("session", (1, 0x11, SealingKeyState.DecryptOnly)));
        Assert.Throws<ArgumentException>(() => RingOf("session", (1, 0x11, SealingKeyState.Active), (2, 0x22, SealingKeyState.Active)));
        Assert.Throws<ArgumentException>(() => RingOf("session", (1, 0x11, SealingKeyState.Active), (1, 0x22, SealingKeyState.DecryptOnly)));
    }

    [Fact]
    public void Any_bytes_under_the_right_key_are_claims_or_nothing_but_never_an_exception()
    {
        var sealer = new Sealer(Ring);
        var chance = new Random(20261122);
        for (var round = 0; round < 20_000; round++)
        {
            var plaintext = new byte[chance.Next(0, 300)];
            chance.NextBytes(plaintext);
            if (plaintext.Length > 0)
                plaintext[0] = ClaimsWriter.Version;
            Codec.Open(Convert.ToBase64String(sealer.Seal(plaintext, KeyId, Nonce)), KeyId);
        }
    }

    private static SessionClaims Claims() => new()
    {
        Kind = SessionKind.AssumedRole,
        Account = AccountId.Of(123456789012),
        PrincipalId = "AROAEXAMPLEEXAMPLE234",
        SessionName = "session",
        SecretAccessKey = "EXAMPLE/secret/of/a/session/EXAMPLE/40ch",
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
        ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1_790_003_600),
        RevocationsSeen = 4711,
        Chain =
        [
            new("AKIAQAAAAAAAAAEXAMPL", "AIDAEXAMPLEEXAMPLE234", DateTimeOffset.FromUnixTimeSeconds(1_780_000_000)) { Account = AccountId.Of(123456789012) },
            new("ASIAQAAAAAAAAAEXAMPL", "AROAEXAMPLEEXAMPLE567", DateTimeOffset.FromUnixTimeSeconds(1_790_000_000))
            {
                Kind = AncestorKind.Session, Account = AccountId.Of(1), RevocationsSeen = 4710, HasSourceIdentity = true,
            },
        ],
    };

    private static KeyRing RingOf(string purpose, params (uint Id, byte Fill, SealingKeyState State)[] keys) =>
        new(purpose, keys.Select(key => new SealingKey(key.Id, Enumerable.Repeat(key.Fill, XAes256Gcm.KeySize).ToArray(), key.State)));
}
