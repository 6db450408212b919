using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Daypass.Jose;

namespace Daypass.Core.Tests.Jose;

/// <summary>Random damage to tokens and key sets: never an exception, and never another token that is taken for true.</summary>
public class HostileTokens
{
    private const int Rounds = 20_000;
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly JwtRules Rules = new() { Issuer = "https://idp.example.com", Audiences = ["app"], Now = Now };
    private static readonly string Token = Sign("""{"alg":"ES256","kid":"k","typ":"JWT"}""", """{"iss":"https://idp.example.com","sub":"alice","aud":["app","b"],"iat":1799999999,"exp":1800000600,"x":{"y":[1,2.5,null,"\u00e9"]}}""");
    private static readonly string KeySet = Keys();

    [Fact]
    public void The_token_itself_is_taken() => Assert.Equal("alice", Verify(Token)!.Subject);

    [Theory]
    [InlineData("https://idp.example.com/")]
    [InlineData("https://IDP.example.com")]
    [InlineData("https://other.example.com")]
    [InlineData("")]
    public void A_token_is_not_taken_for_another_issuer_though_its_key_signed_it(string issuer)
    {
        var keys = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(KeySet), out _)!;
        Assert.Null(JwtVerifier.Verify(JsonWebToken.TryParse(Token, out _)!, keys, Rules with { Issuer = issuer }, out var fault));
        Assert.Equal((JwtFaultCode.BadClaim, "The claim iss is not the issuer whose keys signed it"), (fault!.Code, fault.Message));
    }

    [Fact]
    public void No_damaged_token_is_taken_and_none_throws()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var damaged = Damage(Token, random);
            if (damaged != Token)
                Assert.Null(Verify(damaged));
        }
    }

    [Fact]
    public void Damaged_claims_under_a_true_signature_never_throw()
    {
        var random = new Random(2);
        var header = """{"alg":"ES256","kid":"k"}""";
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Token.Split('.')[1]));
        for (var i = 0; i < Rounds / 10; i++)
        {
            if (Verify(Sign(i % 4 == 0 ? Damage(header, random) : header, Damage(claims, random))) is not { } taken)
                continue;
            // What is taken says all that it must say, in the types that it must have.
            Assert.Equal(Rules.Issuer, taken.Issuer);
            Assert.True(taken.ExpiresAt > Now);
            Assert.Equal("app", taken.Audience);
            Assert.InRange(taken.Subject.Length, 1, 255);
            Assert.All(taken.Claims.Names, name => _ = JwtClaims.ScalarOf(taken.Claims.Find(name)!.Value));
        }
    }

    [Fact]
    public void Damaged_key_sets_never_throw_and_never_hold_a_weak_key()
    {
        var random = new Random(3);
        for (var i = 0; i < Rounds; i++)
        {
            var set = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(Damage(KeySet, random)), out var fault);
            Assert.Equal(set is null, fault is not null);
            Assert.All(set?.Keys ?? [], key => Assert.True(key.Curve is null or "P-256"));
            _ = IssuerDocument.TryParse(Encoding.UTF8.GetBytes(Damage("""{"issuer":"https://idp.example.com","jwks_uri":"https://idp.example.com/keys"}""", random)));
        }
    }

    [Fact]
    public void Random_bytes_are_no_token_and_no_key_set()
    {
        var random = new Random(4);
        var bytes = new byte[512];
        for (var i = 0; i < Rounds; i++)
        {
            random.NextBytes(bytes);
            var length = random.Next(bytes.Length);
            Assert.Null(JsonWebToken.TryParse(Encoding.Latin1.GetString(bytes, 0, length), out _));
            Assert.Null(JsonWebKeySet.TryParse(bytes.AsMemory(0, length), out _));
        }
    }

    private static VerifiedToken? Verify(string text)
    {
        var set = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(KeySet), out _)!;
        return JsonWebToken.TryParse(text, out var fault) is { } token ? JwtVerifier.Verify(token, set, Rules, out fault) : Refused(fault);
    }

    private static VerifiedToken? Refused(JwtFault? fault)
    {
        Assert.NotNull(fault);
        return null;
    }

    // One to four times: a character changed, taken, doubled, or a piece moved.
    private static string Damage(string text, Random random)
    {
        const string Interesting = "{}[]\",:\\.=-_+/ \n\0\uFF11\uD800eE0129anul";
        var damaged = new StringBuilder(text);
        for (var times = random.Next(1, 5); times > 0 && damaged.Length > 1; times--)
        {
            var at = random.Next(damaged.Length);
            switch (random.Next(5))
            {
                case 0: damaged[at] = Interesting[random.Next(Interesting.Length)]; break;
                case 1: damaged.Remove(at, 1); break;
                case 2: damaged.Insert(at, Interesting[random.Next(Interesting.Length)]); break;
                case 3: damaged.Insert(random.Next(damaged.Length), damaged.ToString(at, Math.Min(random.Next(1, 40), damaged.Length - at))); break;
                default: damaged.Remove(at, Math.Min(random.Next(1, 20), damaged.Length - at)); break;
            }
        }
        return damaged.ToString();
    }

    private static string Sign(string header, string claims)
    {
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Encode(Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    private static string Keys()
    {
        var point = Key.ExportParameters(false).Q;
        using var rsa = RSA.Create(2048);
        var numbers = rsa.ExportParameters(false);
        return $$"""
            {"keys":[{"kty":"EC","kid":"k","crv":"P-256","use":"sig","x":"{{Encode(point.X)}}","y":"{{Encode(point.Y)}}"},
             {"kty":"RSA","kid":"r","alg":"RS256","n":"{{Encode(numbers.Modulus)}}","e":"AQAB"}]}
            """;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
