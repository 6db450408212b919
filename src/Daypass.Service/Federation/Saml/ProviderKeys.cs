using System.Security.Cryptography;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// The keys of a provider, ready for use: those that its metadata signs with, and those that open what is encrypted for it. Made once for each revision
/// of its document, for importing a key costs as much as using it.
/// </summary>
internal sealed class ProviderKeys
{
    private readonly SamlProvider _provider;
    private readonly List<(SamlPrivateKey Stored, KeyPool Keys)> _private;
    private readonly Vault _vault;

    private ProviderKeys(SamlProvider provider, Names.AccountId account, Vault vault)
    {
        (_provider, _vault) = (provider, vault);
        Signing = [.. provider.Certificates.Select(KeyOf).OfType<SamlSigningKey>()];
        _private = [.. provider.PrivateKeys.Select(key => (key, new KeyPool(() => Import(key, provider, account, vault))))];
    }

    public IReadOnlyList<SamlSigningKey> Signing { get; }

    /// <summary>
    /// Whether and how assertions are opened. Asked at each use: a key whose ring key was refused since opens nothing more.
    /// </summary>
    public IReadOnlyList<KeyPool> Decryption => [.. _private.Where(key => _vault.CanOpenSamlKey(key.Stored)).Select(key => key.Keys)];

    /// <summary>The keys of a provider that <paramref name="home"/> has.</summary>
    public static ProviderKeys Of(SamlProvider provider, AccountDirectory home, Vault vault)
    {
        var entry = home.Documents.FindEntry(DocumentKinds.SamlProvider, provider.Name);
        if (entry?.Derived is ProviderKeys known && ReferenceEquals(known._provider, provider))
            return known;
        var made = new ProviderKeys(provider, home.Account, vault);
        if (ReferenceEquals(entry?.Value, provider))
            entry.Derived = made;
        return made;
    }

    // One that was taken under other rules signs nothing any more, and does not keep the others from it.
    private static SamlSigningKey? KeyOf(string certificate)
    {
        try
        {
            return SamlSigningKey.Of(certificate);
        }
        catch (XmlRefusedException)
        {
            return null;
        }
    }

    private static RSA Import(SamlPrivateKey key, SamlProvider provider, Names.AccountId account, Vault vault)
    {
        var bytes = vault.OpenSamlKey(key, provider, account);
        try
        {
            var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(bytes, out _);
            return rsa;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
