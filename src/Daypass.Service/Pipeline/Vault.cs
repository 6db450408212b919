using System.Text;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>Seals and opens what must not be readable at rest or on the way: session tokens and stored secrets. One key ring a purpose.</summary>
internal sealed class Vault(KeyRing sessions, KeyRing secrets)
{
    /// <summary>The purpose that stored secrets' key ring must have.</summary>
    public const string SecretsPurpose = "secret";

    private readonly SessionTokenCodec _sessions = new(sessions);
    private readonly Sealer _secrets = new(secrets);

    /// <summary>A session token; null when it would be too long.</summary>
    public string? SealSession(SessionClaims claims, string accessKeyId, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return _sessions.Seal(claims, accessKeyId, nonce);
    }

    public SessionClaims? OpenSession(string token, string accessKeyId) => _sessions.Open(token, accessKeyId);

    public byte[] SealSecret(string secret, AccountId account, string userId, string accessKeyId, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return _secrets.Seal(Encoding.UTF8.GetBytes(secret), Context(account, userId, accessKeyId), nonce);
    }

    /// <summary>The secret access key of a stored key. A row moved to another owner or id does not open.</summary>
    /// <exception cref="InvalidDataException">The sealed secret was changed or moved.</exception>
    public string OpenSecret(AccessKey key, AccountId account) =>
        _secrets.Open(key.SealedSecret, Context(account, key.UserId, key.Id)) is { } secret
            ? Encoding.UTF8.GetString(secret)
            : throw new InvalidDataException($"The stored secret of the access key {key.Id} does not open: it was changed or moved.");

    private static string Context(AccountId account, string userId, string accessKeyId) => $"{account}|{userId}|{accessKeyId}";
}
