using System.Text;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Keys;
using Daypass.Service.Mfa;
using Daypass.Service.SignIn;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline;

/// <summary>
/// Seals and opens what must not be readable at rest or on the way: session tokens and stored secrets. One key ring a purpose; the rings
/// are asked for at every use, so a key that is rotated or refused is so at once.
/// </summary>
/// <param name="rings">The rings in force.</param>
/// <param name="master">Seals new ring keys; null where none are made.</param>
internal sealed class Vault(Func<Rings> rings, MasterKeySource? master = null)
{
    /// <summary>The purpose that stored secrets' key ring must have.</summary>
    public const string SecretsPurpose = "secret";

    /// <summary>A vault whose rings stay as they are.</summary>
    public Vault(KeyRing sessions, KeyRing secrets)
        : this(Always(new Rings(sessions, secrets)))
    {
    }

    /// <summary>What ring keys are sealed under.</summary>
    public MasterKeySource Master { get => field ?? throw new InvalidOperationException("This vault makes no ring keys."); } = master;

    /// <summary>Makes keys that sign; null where there are none but those of the rings.</summary>
    public SigningKeys? Signing { get; init; }

    /// <summary>Makes the key that signs for a purpose, if there is none. No I/O where there is one.</summary>
    /// <inheritdoc cref="SigningKeys.GetAsync"/>
    public async ValueTask PrepareToSignAsync(string purpose, CancellationToken cancellationToken)
    {
        if (SigningKey(purpose) is null && Signing is not null)
            await Signing.GetAsync(purpose, cancellationToken);
    }

    /// <summary>The key that signs for a purpose; null where there is none, or none that opens here.</summary>
    public SigningKey? SigningKey(string purpose) => rings().SigningKey(purpose);

    /// <summary>Whether a key, by its thumbprint, is one that this installation vouches with for its principals to others.</summary>
    public bool VouchesWith(string keyId) => Outbound.OutboundFederation.Keys.SelectMany(rings().SigningKeys).Any(key => key.WebKey.KeyId == keyId);

    /// <summary>A session token; null when it would be too long.</summary>
    public string? SealSession(SessionClaims claims, string accessKeyId, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return (rings().Sessions ?? throw NoKey()).Seal(claims, accessKeyId, nonce);
    }

    public SessionClaims? OpenSession(string token, string accessKeyId) => rings().OpenSession(token, accessKeyId);

    public string SealSigninToken(ShownSession session, DateTimeOffset notAfter, DateTimeOffset signedInUntil, IEntropy entropy)
    {
        Span<byte> random = stackalloc byte[SigninTokenCodec.RandomLength];
        entropy.Fill(random);
        return (rings().SigninTokens ?? throw NoKey()).Seal(session, notAfter, signedInUntil, random);
    }

    public OpenedSigninToken? OpenSigninToken(string token, DateTimeOffset now) => rings().SigninTokens?.Open(token, now);

    /// <summary>The ID of a question to a SAML provider.</summary>
    public string SealSamlRequest(SamlRequest request, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return (rings().SamlRequests ?? throw NoKey()).Seal(request, nonce);
    }

    public SamlRequest? OpenSamlRequest(string id, DateTimeOffset now) => rings().SamlRequests?.Open(id, now);

    /// <summary>A code that takes a session to the program that has the secret behind the challenge.</summary>
    public string SealHandOver(ShownSession session, string challenge, DateTimeOffset notAfter, IEntropy entropy)
    {
        Span<byte> random = stackalloc byte[HandOverCodec.RandomLength];
        entropy.Fill(random);
        return (rings().HandOvers ?? throw NoKey()).Seal(session, challenge, notAfter, random);
    }

    public OpenedHandOver? OpenHandOver(HandedCode handed, DateTimeOffset now) => rings().HandOvers?.Open(handed, now);

    /// <summary>An encoded authorization message; null where there is no key to seal it with: a refusal must not fail for want of its explanation.</summary>
    public string? SealMessage(AuthorizationMessage message, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return rings().Messages?.Seal(message, nonce);
    }

    public OpenedMessage? OpenMessage(string encoded, DateTimeOffset now) => rings().OpenMessage(encoded, now);

    /// <summary>The id of the key that explanation keys are sealed with; null where there is none.</summary>
    public uint? MessageKeyId => rings().Messages?.KeyId;

    /// <summary>With what a service explains its refusals of a lease's caller; null where there is no key to seal it with.</summary>
    public LeaseExplanation? MakeExplanationKey(MessageOrigin origin, AccountId caller, DateTimeOffset now, IEntropy entropy)
    {
        Span<byte> random = stackalloc byte[AuthorizationMessageCodec.KeyRandom];
        entropy.Fill(random);
        var key = rings().Messages?.MakeKey(origin, caller, now, random);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(random);
        return key;
    }

    /// <summary>The id of the key that report tickets are sealed with; null where there is none.</summary>
    public uint? TicketKeyId => rings().Tickets?.KeyId;

    /// <summary>With what a service reports what a lease's caller does; null where there is no key to seal it with.</summary>
    public byte[]? SealTicket(ReportTicket ticket, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        return rings().Tickets?.Seal(ticket, nonce);
    }

    public ReportTicket? OpenTicket(byte[] blob) => rings().OpenTicket(blob);

    public byte[] SealSecret(string secret, AccountId account, string userId, string accessKeyId, IEntropy entropy) =>
        SealSecret(Encoding.UTF8.GetBytes(secret), Context(account, userId, accessKeyId), entropy);

    /// <summary>
    /// Whether the key that sealed a stored secret is here and not refused. Asked at every call: the signing key of a caller who was here
    /// before is known, and must not outlive the key that its secret was stored under.
    /// </summary>
    public bool CanOpenSecret(AccessKey key) => rings().HasSecretKey(Sealer.KeyIdOf(key.SealedSecret));

    /// <summary>The secret access key of a stored key. A row moved to another owner or id does not open.</summary>
    /// <exception cref="InvalidDataException">The sealed secret was changed or moved.</exception>
    public string OpenSecret(AccessKey key, AccountId account) =>
        rings().Secrets?.Open(key.SealedSecret, Context(account, key.UserId, key.Id)) is { } secret
            ? Encoding.UTF8.GetString(secret)
            : throw new InvalidDataException($"The stored secret of the access key {key.Id} does not open: it was changed or moved.");

    /// <summary>The same secret under the active key; null when it does not open.</summary>
    public byte[]? ResealSecret(AccessKey key, AccountId account, IEntropy entropy)
    {
        var context = Context(account, key.UserId, key.Id);
        return rings().Secrets?.Open(key.SealedSecret, context) is { } secret ? SealSecret(secret, context, entropy) : null;
    }

    public byte[] SealSeed(ReadOnlySpan<byte> seed, AccountId account, string deviceId, IEntropy entropy) => SealSecret(seed.ToArray(), SeedContext(account, deviceId), entropy);

    /// <summary>Whether the key that sealed a device's seed is here and not refused.</summary>
    public bool CanOpenSeed(MfaDevice device) => rings().HasSecretKey(Sealer.KeyIdOf(device.SealedSeed));

    /// <summary>The seed of an MFA device. A row moved to another account or device does not open.</summary>
    /// <exception cref="InvalidDataException">The sealed seed was changed or moved.</exception>
    public byte[] OpenSeed(MfaDevice device, AccountId account) =>
        rings().Secrets?.Open(device.SealedSeed, SeedContext(account, device.Id))
        ?? throw new InvalidDataException($"The stored seed of the MFA device {device.Id} does not open: it was changed or moved.");

    /// <summary>The same seed under the active key; null when it does not open.</summary>
    public byte[]? ResealSeed(MfaDevice device, AccountId account, IEntropy entropy)
    {
        var context = SeedContext(account, device.Id);
        return rings().Secrets?.Open(device.SealedSeed, context) is { } seed ? SealSecret(seed, context, entropy) : null;
    }

    /// <summary>A provider's private key (PKCS#8); the bytes are wiped.</summary>
    public byte[] SealSamlKey(byte[] key, AccountId account, string providerId, string keyId, IEntropy entropy) => SealSecret(key, SamlContext(account, providerId, keyId), entropy);

    /// <summary>Whether the key that sealed a provider's private key is here and not refused.</summary>
    public bool CanOpenSamlKey(SamlPrivateKey key) => rings().HasSecretKey(Sealer.KeyIdOf(key.SealedKey));

    /// <summary>A provider's private key. A row moved to another account, provider or id does not open.</summary>
    /// <exception cref="InvalidDataException">The sealed key was changed or moved.</exception>
    public byte[] OpenSamlKey(SamlPrivateKey key, SamlProvider provider, AccountId account) =>
        rings().Secrets?.Open(key.SealedKey, SamlContext(account, provider.Id, key.KeyId))
        ?? throw new InvalidDataException($"The private key {key.KeyId} of the SAML provider {provider.Name} does not open: it was changed or moved.");

    /// <summary>The same key under the active key; null when it does not open.</summary>
    public byte[]? ResealSamlKey(SamlPrivateKey key, SamlProvider provider, AccountId account, IEntropy entropy)
    {
        var context = SamlContext(account, provider.Id, key.KeyId);
        return rings().Secrets?.Open(key.SealedKey, context) is { } opened ? SealSecret(opened, context, entropy) : null;
    }

    public byte[] SealBindPassword(string password, AccountId account, string providerId, IEntropy entropy) =>
        SealSecret(Encoding.UTF8.GetBytes(password), BindContext(account, providerId), entropy);

    /// <summary>The password that a provider's directory is searched with; null where its key is not here or was refused.</summary>
    /// <exception cref="InvalidDataException">The sealed password was changed or moved.</exception>
    public string? OpenBindPassword(LdapProvider provider, AccountId account) =>
        !rings().HasSecretKey(Sealer.KeyIdOf(provider.SealedBindPassword)) ? null
        : rings().Secrets?.Open(provider.SealedBindPassword, BindContext(account, provider.Id)) is { } password ? Encoding.UTF8.GetString(password)
        : throw new InvalidDataException($"The stored bind password of the LDAP provider {provider.Name} does not open: it was changed or moved.");

    /// <summary>The same password under the active key; null when it does not open.</summary>
    public byte[]? ResealBindPassword(LdapProvider provider, AccountId account, IEntropy entropy)
    {
        var context = BindContext(account, provider.Id);
        return rings().Secrets?.Open(provider.SealedBindPassword, context) is { } password ? SealSecret(password, context, entropy) : null;
    }

    private byte[] SealSecret(byte[] secret, string context, IEntropy entropy)
    {
        Span<byte> nonce = stackalloc byte[XAes256Gcm.NonceSize];
        entropy.Fill(nonce);
        var blob = (rings().Secrets ?? throw NoKey()).Seal(secret, context, nonce);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(secret);
        return blob;
    }

    private static ApiException NoKey() => Errors.Unavailable("This node has no key to seal with; its operator must see to the master key file. Try again later.");

    private static Func<Rings> Always(Rings rings) => () => rings;

    // No account's digits begin so: what is sealed as the one never opens as the other.
    private static string SeedContext(AccountId account, string deviceId) => $"mfa|{account}|{deviceId}";

    private static string SamlContext(AccountId account, string providerId, string keyId) => $"saml|{account}|{providerId}|{keyId}";

    private static string BindContext(AccountId account, string providerId) => $"ldap|{account}|{providerId}";

    private static string Context(AccountId account, string userId, string accessKeyId) => $"{account}|{userId}|{accessKeyId}";
}
