using System.Buffers;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>What requests say of a provider's encrypted assertions: the mode, and the private keys that open them.</summary>
/// <param name="Mode">Null to leave it.</param>
/// <param name="Add">PEM.</param>
/// <param name="Remove">The id of a key.</param>
internal sealed record SamlEncryption(string? Mode, string? Add, string? Remove)
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly TextRule KeyRule = TextRules.SessionPolicy with { Maximum = 16_384, IsSecret = true };
    private static readonly TextRule IdRule = TextRule.Of(22, 64, "[A-Z0-9]+", IdCharacters);

    public static readonly IReadOnlyList<string> Secrets = ["AddPrivateKey"];

    /// <summary>With the two parameters that a new provider can have.</summary>
    public static SamlEncryption ReadNew(Parameters wire) => new(wire.Word("AssertionEncryptionMode", "Required", "Allowed"), wire.Text("AddPrivateKey", KeyRule), null);

    public static SamlEncryption Read(Parameters wire) => ReadNew(wire) with { Remove = wire.Text("RemovePrivateKey", IdRule) };

    /// <summary>The provider as it is then. What is removed makes room for what is added.</summary>
    /// <exception cref="ApiException">InvalidInput, NoSuchEntity, LimitExceeded.</exception>
    public SamlProvider ChangeIn(SamlProvider provider, Scene scene)
    {
        var left = Remove is null ? provider.PrivateKeys : Without(provider);
        var keys = Add is null ? left : [.. left, NewKey(provider, scene)];
        Quotas.PrivateKeysPerSamlProvider.AdmitSize(keys.Count);
        var changed = provider with { PrivateKeys = keys, AssertionEncryptionMode = Mode ?? provider.AssertionEncryptionMode };
        return changed.RequiresEncryption && keys.Count == 0
            ? throw Errors.InvalidInput("With AssertionEncryptionMode Required and no private key the provider could let nobody in. Add a private key, or set the mode to Allowed.")
            : changed;
    }

    private List<SamlPrivateKey> Without(SamlProvider provider) =>
        provider.PrivateKeys.Any(key => key.KeyId == Remove)
            ? [.. provider.PrivateKeys.Where(key => key.KeyId != Remove)]
            : throw Errors.NoSuchEntity($"The SAML provider has no private key with the ID {Remove}.");

    private SamlPrivateKey NewKey(SamlProvider provider, Scene scene)
    {
        // What it is instead is not said: it was meant to be a secret.
        var key = SamlPrivateKey.Read(Add!) ?? throw Errors.InvalidInput("The value of AddPrivateKey is no RSA private key of 2048 to 4096 bits in PEM without a passphrase.");
        var id = NewId(scene);
        return new SamlPrivateKey(id, scene.NowInSeconds, scene.Vault.SealSamlKey(key, scene.Home.Account, provider.Id, id, scene.Entropy));
    }

    /// <summary>An id of providers and of their keys: letters and digits.</summary>
    public static string NewId(Scene scene) => Identifiers.Uuid(scene.Entropy).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
