using System.Text;
using Daypass.Jose;

namespace Daypass.Service.Tests.Federation;

/// <summary>
/// What hostile tokens and key sets cost: memory in proportion to what was sent, whatever they say of themselves. By the bytes that are allocated, which no load
/// of the machine changes; and work is bounded with it, for every step of reading makes something.
/// </summary>
public class TokenCosts
{
    private const long PerCharacter = 40;
    private const long Whatever = 192 * 1024;

    public static TheoryData<string> Attacks => [.. BrokenTokens.All.Keys];

    [Theory, MemberData(nameof(Attacks))]
    public void A_broken_token_costs_memory_in_proportion_to_its_length(string attack)
    {
        var issuer = new TestIssuer(now: 1_000_000);
        var token = BrokenTokens.All[attack].Write(issuer);
        var keys = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(issuer.KeySet), out _) ?? JsonWebKeySet.Empty;
        var rules = new JwtRules { Issuer = issuer.Url, Audiences = ["app", "second"], Now = DateTimeOffset.FromUnixTimeSeconds(issuer.Now) };
        Read(token, keys, rules);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(token, keys, rules);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (PerCharacter * token.Length) + Whatever);
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "10,000 keys", $$"""{"keys":[{{string.Join(',', Enumerable.Repeat("""{"kty":"oct","k":"AA"}""", 10_000))}}]}""" },
        { "200 keys of 8,192 bits that are none", $$"""{"keys":[{{string.Join(',', Enumerable.Repeat($$"""{"kty":"RSA","n":"{{new string('A', 1_000)}}","e":"AQAB"}""", 200))}}]}""" },
        { "a modulus of 200,000 digits", $$"""{"keys":[{"kty":"RSA","n":"{{new string('_', 200_000)}}","e":"AQAB"}]}""" },
        { "an exponent of 200,000 digits", $$"""{"keys":[{"kty":"RSA","n":"{{new string('_', 400)}}","e":"{{new string('_', 200_000)}}"}]}""" },
        { "nesting", "{\"keys\":" + new string('[', 200_000) },
        { "nesting in a key", "{\"keys\":[{\"kty\":\"RSA\",\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}]}" },
        { "one name many times", $$"""{{{string.Join(',', Enumerable.Repeat("\"keys\":[]", 20_000))}}}""" },
        { "escapes", "{\"keys\":[{\"kty\":\"" + string.Concat(Enumerable.Repeat("\\u0052", 40_000)) + "\"}]}" },
        { "larger than is read", new string(' ', 2_000_000) },
    };

    [Theory, MemberData(nameof(Bombs))]
    public void A_key_set_that_is_a_bomb_costs_memory_in_proportion_to_what_is_read_and_verifies_nothing(string bomb, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _ = JsonWebKeySet.TryParse(bytes, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var set = JsonWebKeySet.TryParse(bytes, out var fault);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(cost <= (PerCharacter * Math.Min(bytes.Length, JsonWebKeySet.MaxSize)) + Whatever, $"{bomb}: {cost}");
        Assert.True(set is null ? fault is not null : set.Keys.Count == 0);
    }

    private static void Read(string token, JsonWebKeySet keys, JwtRules rules)
    {
        if (JsonWebToken.TryParse(token, out _) is { } parsed)
            _ = JwtVerifier.Examine(parsed, keys, rules);
    }
}
