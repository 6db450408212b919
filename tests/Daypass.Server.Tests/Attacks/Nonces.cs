using Daypass.Names;
using Daypass.Server.Setup;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Server.Tests.Attacks;

/// <summary>What seals tokens draws from the system's randomness: the vault as the server makes it.</summary>
public sealed class Nonces
{
    [Fact]
    public void No_nonce_comes_twice_in_a_million_tokens()
    {
        var vault = new Vault(Ring(SessionTokenCodec.Purpose), Ring(Vault.SecretsPurpose));
        var claims = new SessionClaims
        {
            Kind = SessionKind.User, Account = AccountId.Of(123456789012), PrincipalId = "AIDAEXAMPLE", SessionName = "", SecretAccessKey = "secretEXAMPLE",
            IssuedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.UnixEpoch.AddHours(1),
        };
        var entropy = new ServerEntropy();
        var seen = new HashSet<(ulong, ulong, ulong)>(1_000_000);
        var bytes = new byte[4096];
        for (var i = 0; i < 1_000_000; i++)
        {
            Assert.True(Convert.TryFromBase64String(vault.SealSession(claims, "ASIAQEXAMPLEEXAMPLE2", entropy)!, bytes, out _));
            Assert.True(seen.Add((BitConverter.ToUInt64(bytes, 5), BitConverter.ToUInt64(bytes, 13), BitConverter.ToUInt64(bytes, 21))));
        }
    }

    private static KeyRing Ring(string purpose) => new(purpose, [new SealingKey(1, [.. Enumerable.Repeat((byte)7, 32)], SealingKeyState.Active)]);
}
