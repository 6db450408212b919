using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Ldap;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>
/// Seals stored secrets anew that a retired key had sealed, account by account in small commits. It keeps no place: what is done is under
/// the active key already, so a run that was cut off is simply run again. Reads the store past the directories: all accounts there are
/// would push out those that are used. Called by: <see cref="KeyJob"/>.
/// </summary>
internal sealed class SecretResealer(IStore store, DirectoryCache directories, Vault vault, IEntropy entropy, Action<string> report)
{
    private const int SecretsPerCommit = 100;
    private const int MaxTries = 16;
    private static readonly string[] KindsWithSecrets = [DocumentKinds.AccessKey.Name, DocumentKinds.MfaDevice.Name, DocumentKinds.SamlProvider.Name, DocumentKinds.LdapProvider.Name];

    /// <summary>True when nothing that is stored is sealed with the key any more.</summary>
    public async Task<bool> RunAsync(StoredKey retired, CancellationToken cancellationToken)
    {
        var clean = true;
        foreach (var account in directories.Installation.Documents.All(DocumentKinds.Account))
        {
            if (AccountId.TryParse(account.Id, out var id))
                clean &= await ResealAccountAsync(retired, id, cancellationToken);
        }
        return clean;
    }

    private async Task<bool> ResealAccountAsync(StoredKey retired, AccountId account, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var set = await store.LoadAsync(SetId.Of(account), cancellationToken);
            var found = set is null ? [] : Find(retired, set);
            if (found.Count == 0)
                return true;
            var puts = found.Select(document => Reseal(document, account)).OfType<(Expectation Read, Put Put)>().ToList();
            if (puts.Count < found.Count)
            {
                report($"The account {account} has {found.Count - puts.Count} access keys, MFA devices, SAML or LDAP providers whose stored secrets do not open with the key {retired.Id:X8}: they were changed or moved, and the key stays for them.");
                // What can be sealed anew is, below; the others would be found again and again.
                if (puts.Count == 0)
                    return false;
            }
            foreach (var chunk in puts.Chunk(SecretsPerCommit))
                await CommitAsync(set!, chunk, cancellationToken);
        }
        return false;
    }

    private static List<(object Value, Document Stored)> Find(StoredKey retired, DocumentSet set) =>
    [
        .. set.Documents.Where(document => KindsWithSecrets.Contains(document.Key.Kind, StringComparer.Ordinal))
            .Select(document => (Value: DocumentKinds.Read(document)!, document))
            .Where(found => SecretsOf(found.Value).Any(secret => Sealer.KeyIdOf(secret) == retired.Id)),
    ];

    private static IEnumerable<byte[]> SecretsOf(object value) => value switch
    {
        MfaDevice device => [device.SealedSeed],
        SamlProvider provider => provider.PrivateKeys.Select(key => key.SealedKey),
        LdapProvider provider => [provider.SealedBindPassword],
        _ => [((AccessKey)value).SealedSecret],
    };

    private static IEnumerable<uint?> KeyIdsOf(object value) => SecretsOf(value).Select(secret => Sealer.KeyIdOf(secret));

    private (Expectation Read, Put Put)? Reseal((object Value, Document Stored) found, AccountId account)
    {
        if (BodyOf(found.Value, account) is not { } body || KeyIdsOf(DocumentKinds.Read(found.Stored with { Body = body })!).SequenceEqual(KeyIdsOf(found.Value)))
            return null;
        return (new Expectation(found.Stored.Key, found.Stored.Revision), new Put(found.Stored.Key, body));
    }

    // The document with its secret under the active key; null when it does not open.
    private byte[]? BodyOf(object value, AccountId account) => value switch
    {
        MfaDevice device => vault.ResealSeed(device, account, entropy) is { } seed ? DocumentKinds.MfaDevice.Write(device with { SealedSeed = seed }) : null,
        SamlProvider provider => Reseal(provider, account) is { } keys ? DocumentKinds.SamlProvider.Write(provider with { PrivateKeys = keys }) : null,
        AccessKey key => vault.ResealSecret(key, account, entropy) is { } secret ? DocumentKinds.AccessKey.Write(key with { SealedSecret = secret }) : null,
        LdapProvider provider => vault.ResealBindPassword(provider, account, entropy) is { } password ? DocumentKinds.LdapProvider.Write(provider with { SealedBindPassword = password }) : null,
        _ => null,
    };

    private List<SamlPrivateKey>? Reseal(SamlProvider provider, AccountId account)
    {
        List<SamlPrivateKey?> keys = [.. provider.PrivateKeys.Select(key => vault.ResealSamlKey(key, provider, account, entropy) is { } sealedKey ? key with { SealedKey = sealedKey } : null)];
        return keys.Contains(null) ? null : [.. keys.OfType<SamlPrivateKey>()];
    }

    // A conflict is somebody who wrote one of these keys meanwhile: the account is looked at again.
    private async Task CommitAsync(DocumentSet set, (Expectation Read, Put Put)[] chunk, CancellationToken cancellationToken) =>
        await directories.CommitAsync(
            new Commit
            {
                Id = Identifiers.Uuid(entropy),
                Set = set.Id,
                Epoch = set.Position.Epoch,
                Reads = [.. chunk.Select(change => change.Read)],
                Puts = [.. chunk.Select(change => change.Put)],
            },
            cancellationToken);
}
